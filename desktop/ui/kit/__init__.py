"""The visual language in one place. It knows nothing of forms, records or actions: see README.md beside this file."""
