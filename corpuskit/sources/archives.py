"""The files inside zip and tar archives, one after the other, never on the disk."""

import contextlib
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from corpuskit.errors import ReadError
from corpuskit.sources.kinds import HEAD_BYTES
from corpuskit.sources.names import is_hidden, is_wanted, shown_path, sort_key
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.unpack import Budget, Readable, Reader, Unpacked, seekable_copy

_UTF8_NAME = 0x800
_OFFICE = "[Content_Types].xml"
_SMALL_BYTES = 4 << 20
ZIP_FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive.

    Attributes:
        name: its path inside the archive, valid text.
        size_bytes: its size as the archive says.
        unpacked: its bytes; None where they cannot be had.
        fault: why not.
    """

    name: str
    size_bytes: int
    unpacked: Unpacked | None = None
    fault: ReadError | None = None

    def stream(self) -> Reader:
        """The bytes of the member, to read once."""
        assert self.unpacked is not None
        return io.BufferedReader(self.unpacked, HEAD_BYTES)


def members(
    stream: BinaryIO, packing: str, budget: Budget, options: ReadOptions
) -> Iterator[Member]:
    """The wanted files of a zip (in natural order) or tar archive (as they lie).

    Each must be read before the next is asked for. Folders, links and hidden files
    are passed over.

    Raises:
        ReadError: the archive is damaged, or holds more files than the limit.
    """
    walk = _zip_members if packing == "zip" else _tar_members
    for n_files, member in enumerate(walk(stream, budget, options), 1):
        if n_files > options.max_members:
            limit = f"more than {options.max_members:,} files: raise --max-files"
            raise ReadError(limit, rule="limit")
        yield member


def _takes(name: str, options: ReadOptions) -> bool:
    if any(map(is_hidden, name.split("/"))):
        return False
    return is_wanted(name, options.include, options.exclude)


def _zip_members(
    stream: BinaryIO, budget: Budget, options: ReadOptions
) -> Iterator[Member]:
    with contextlib.ExitStack() as stack:
        seekable = stack.enter_context(seekable_copy(stream))
        try:
            archive = stack.enter_context(zipfile.ZipFile(seekable))
        except ZIP_FAULTS as error:
            raise _damaged(error) from error
        names = _shown_names(archive.infolist())
        for info in _in_order(archive):
            name = names[info.filename]
            if name and not name.endswith("/") and _takes(name, options):
                yield _zip_member(archive, info, name, budget)


def _shown_names(infos: list[zipfile.ZipInfo]) -> dict[str, str]:
    """The names of members; old archives wrote them in the encoding of their place."""
    names = {info.filename: shown_path(info.filename) for info in infos}
    old = [
        info.filename
        for info in infos
        if not info.flag_bits & _UTF8_NAME and not info.filename.isascii()
    ]
    if old:
        from corpuskit.sources.encoding import decode

        # zipfile took them for code page 437, which has a character for each byte.
        raw = decode("\n".join(old).encode("cp437", "replace"))
        decoded = raw.text.split("\n")
        if len(decoded) == len(old) and not raw.n_replaced:
            names.update(zip(old, decoded, strict=True))
    return names


def _in_order(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Pages of a book in reading order; else files in natural order.

    Raises:
        ReadError: the archive is a damaged book, or an office document.
    """
    infos = {info.filename: info for info in archive.infolist()}
    if _OFFICE in infos:
        error = "an office document: export it as text or as a web page"
        raise ReadError(error, rule="binary")
    if _small_file(archive, "mimetype").strip() != b"application/epub+zip":
        return sorted(infos.values(), key=lambda info: sort_key(info.filename))
    from corpuskit.sources.epub import CONTAINER, package_path, spine

    package = package_path(_small_file(archive, CONTAINER))
    order = spine(_small_file(archive, package), package)
    return [infos[name] for name in dict.fromkeys(order) if name in infos]


def _small_file(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a file in the archive; none where it is missing."""
    try:
        with archive.open(name) as file:
            return file.read(_SMALL_BYTES)
    except KeyError:
        return b""
    except (*ZIP_FAULTS, zlib.error) as error:
        raise _damaged(error) from error


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget
) -> Member:
    if info.flag_bits & 1:
        error = ReadError("encrypted: unpack it with its password", rule="encrypted")
        return Member(name, info.file_size, fault=error)
    try:
        file = archive.open(info)
    except (*ZIP_FAULTS, zlib.error) as error:
        return Member(name, info.file_size, fault=_damaged(error))
    return _member(name, info.file_size, file, budget)


def _member(name: str, size_bytes: int, file: object, budget: Budget) -> Member:
    unpacked = Unpacked(cast(Readable, file), budget, (*ZIP_FAULTS, tarfile.TarError))
    return Member(name, size_bytes, unpacked)


def _tar_members(
    stream: BinaryIO, budget: Budget, options: ReadOptions
) -> Iterator[Member]:
    try:
        with tarfile.open(
            fileobj=stream, mode="r|", errors="surrogateescape"
        ) as archive:
            for info in archive:
                name = shown_path(info.name).removeprefix("./")
                file = archive.extractfile(info) if info.isreg() else None
                if file and _takes(name, options):
                    yield _member(name, info.size, file, budget)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> ReadError:
    what = str(error) or type(error).__name__
    return ReadError(f"damaged archive ({what}): fetch it again", rule="truncated")
