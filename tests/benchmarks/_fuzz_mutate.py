"""Mutations that keep a file's outer form: what is packed is changed, then packed."""

import io
import zipfile
import zlib
from collections.abc import Callable

from tests.made_files import PACKERS

Mutate = Callable[[bytes, int], bytes]


def mutate(data: bytes, limit: int, seed: int, change: Mutate) -> bytes:
    """The data changed: as it is, or inside what it is packed in.

    Args:
        data: an input.
        limit: most bytes of what comes out.
        seed: chooses; every third one changes the packed bytes themselves.
        change: changes plain bytes to at most so many.
    """
    if seed % 3:
        inner = _inside_zip(data, limit, seed, change) or _inside(data, limit, change)
        if inner and len(inner) <= limit:
            return inner
    return change(data, limit)


def _inside_zip(data: bytes, limit: int, seed: int, change: Mutate) -> bytes:
    if not data.startswith(b"PK"):
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()[:20]
            files = [(info.filename, archive.read(info)[:limit]) for info in infos]
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError,
            NotImplementedError, RuntimeError):  # fmt: skip
        return b""
    if not files:
        return b""
    place = seed // 3 % len(files)
    files[place] = (files[place][0], change(files[place][1], limit))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in dict(files).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _inside(data: bytes, limit: int, change: Mutate) -> bytes:
    from corpuskit.sources.kinds import packing_of
    from corpuskit.sources.options import ReadOptions
    from corpuskit.sources.unpack import Budget, unpack

    packing = packing_of(data)
    if packing not in PACKERS:
        return b""
    content = unpack(io.BytesIO(data), packing, Budget.of(1, ReadOptions())).read(limit)
    return PACKERS[packing](change(content or b"", limit))
