"""A guard against one fault of the Qt binding under Python 3.11.

PySide6 6.12.0 gives back `None` from every void call without owning a reference to it (it counts on Python 3.12, where
`None` is immortal). Under 3.11 the count falls by one per call and the interpreter aborts ("deallocating None") after
some thousand painter calls. Raising the count once by a very large number makes `None` what it is in 3.12.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 60


def keep_none() -> None:
    """Make `None` immortal on CPython before 3.12; does nothing elsewhere, and nothing the second time."""
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12) and sys.getrefcount(None) < _PLENTY // 2:
        ctypes.c_ssize_t.from_address(id(None)).value += _PLENTY
