"""The visual language in one place. It knows nothing of forms, records or actions: see README.md beside this file."""

from .immortal import keep_constants

keep_constants()
