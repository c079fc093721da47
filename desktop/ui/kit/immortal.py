"""A guard against one fault of the Qt binding under Python 3.11.

PySide6 6.12.0 (6.11.3 does not) hands back `None`, `True` and `False` without owning a reference to them: it counts on
Python 3.12, where they are immortal. Under 3.11 their counts fall with every void call and the interpreter aborts
("deallocating None") after some thousand painter calls, or at exit. Raising the counts once by a very large number
makes them what they are in 3.12.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 60


def keep_constants() -> None:
    """Make the constants immortal on CPython before 3.12; does nothing elsewhere, and nothing the second time."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12) or sys.getrefcount(None) > _PLENTY // 2:
        return
    for constant in (None, True, False, NotImplemented, ...):
        ctypes.c_ssize_t.from_address(id(constant)).value += _PLENTY
