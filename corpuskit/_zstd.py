"""Zstandard: the standard library's module where there is one, else its backport."""

import sys
from types import ModuleType

zstd: ModuleType
if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["zstd"]
