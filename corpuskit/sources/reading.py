"""Read splits: open each input, see what it is, and give its documents."""

import contextlib
import hashlib
import io
import os
import stat
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import msgspec
from msgspec.structs import replace

from corpuskit.document import Document
from corpuskit.errors import ReadError
from corpuskit.sources.faults import Origin, fault, fault_of
from corpuskit.sources.kinds import HEAD_BYTES
from corpuskit.sources.names import is_url
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.planning import plan
from corpuskit.sources.slices import Slice
from corpuskit.sources.split import Input, Split
from corpuskit.sources.streams import Job, read_stream
from corpuskit.sources.unpack import Reader

_SMALL_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 20


class InputFile(msgspec.Struct, frozen=True):
    """What was read, for the manifest.

    Attributes:
        path: the path as people see it.
        size_bytes: size, of the range where only one was read.
        sha256: of the bytes as they lie on the disk, in hexadecimal; for row groups
            of the whole file.
        documents: how many came out, dropped ones too.
        start: first byte of the range; 0 for a whole file.
    """

    path: str
    size_bytes: int
    sha256: str
    documents: int
    start: int = 0


def read(
    paths: Sequence[str | os.PathLike[str]] | str | os.PathLike[str],
    **options: Any,  # noqa: ANN401 - the fields of ReadOptions
) -> Iterator[Document]:
    """The documents of files, folders, globs or `-`, as found.

    Inputs that cannot be read come as documents that are not kept, with a reason
    `read.<rule>`. Takes the fields of `ReadOptions` by name.
    """
    chosen = ReadOptions(**options)
    wanted = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    with _standard_input("-" in wanted) as spooled:
        for split in plan(wanted, chosen, spooled=spooled):
            yield from read_split(split, chosen)


@contextlib.contextmanager
def _standard_input(is_wanted: bool) -> Iterator[str]:
    """The path of a copy of standard input, for as long as it is read."""
    if not is_wanted:
        yield ""
        return
    import sys
    import tempfile

    from corpuskit.sources.spooling import spool

    with tempfile.TemporaryDirectory() as folder:
        yield spool(sys.stdin.buffer, folder)


def read_split(
    split: Split,
    options: ReadOptions | None = None,
    log: list[InputFile] | None = None,
) -> Iterator[Document]:
    """The documents of a split, in order.

    Args:
        split: what to read.
        options: how.
        log: takes an entry for each input that was opened, with its hash.
    """
    chosen = options or ReadOptions()
    for item in split.inputs:
        origin = Origin(item.source, item.name, item.shown)
        if item.rule:
            yield fault(origin, item.rule, item.error)
            continue
        n_documents, n_logged = 0, len(log or ())
        try:
            for document in _documents(item, origin, chosen, log):
                n_documents += 1
                yield document
        except (OSError, ReadError) as error:
            yield fault_of(origin, error, number=item.first_row + n_documents)
        if log and len(log) > n_logged:
            log[-1] = replace(log[-1], documents=n_documents)


def _documents(
    item: Input, origin: Origin, options: ReadOptions, log: list[InputFile] | None
) -> Iterator[Document]:
    """The documents of one input, which is added to the log when it was opened."""
    if is_url(item.path):
        yield from _remote_documents(item, origin, options, log)
        return
    with _open_regular(item.path) as file:
        size = os.fstat(file.fileno()).st_size
        job = Job.of(item, size, options)
        if item.stop < 0 and size <= _SMALL_BYTES:
            # What is written to the file from now on is not read.
            data = file.read(size)
            if log is not None:
                digest = hashlib.sha256(data).hexdigest()
                log.append(InputFile(item.shown, len(data), digest, 0))
            buffer = min(HEAD_BYTES, max(size, 1))
            raw: Any = io.BytesIO(data)
            yield from read_stream(io.BufferedReader(raw, buffer), origin, job)
            return
        if log is not None:
            log.append(_entry(item, file))
        if item.unit == "record":
            raw = Slice(file, item.start, item.stop)
            file = io.BufferedReader(raw, HEAD_BYTES)
        else:
            file.seek(item.start if item.stop >= 0 and item.unit == "byte" else 0)
        yield from read_stream(file, origin, job)


def _remote_documents(
    item: Input, origin: Origin, options: ReadOptions, log: list[InputFile] | None
) -> Iterator[Document]:
    """The documents behind a URL; the log has the hash of as much as was read."""
    from corpuskit.sources.remote import is_web
    from corpuskit.sources.remote_stream import RemoteStream

    raw: Any = RemoteStream(item.path, options.max_unpacked_bytes)
    with io.BufferedReader(raw, HEAD_BYTES) as stream:
        size = raw.size_bytes or item.size_bytes or options.max_unpacked_bytes
        job = replace(Job.of(item, size, options), stop=-1, label=raw.charset)
        for document in read_stream(stream, origin, job):
            is_page = document.metadata.path == item.shown and not document.url
            if is_page and is_web(item.path) and "size_bytes" in document.extra():
                yield replace(document, url=item.shown)
            else:
                yield document
        if log is not None:
            log.append(InputFile(item.shown, raw.n_bytes, raw.digest(), 0))


def _open_regular(path: str) -> Reader:
    """Opens a file, never a pipe or a device.

    Raises:
        ReadError: it is no regular file.
    """
    # Without O_NONBLOCK, opening a pipe would wait for its writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise ReadError("not a regular file: give files or folders", rule="not_file")
    return io.BufferedReader(io.FileIO(number), HEAD_BYTES)


def _entry(item: Input, file: BinaryIO) -> InputFile:
    size = os.fstat(file.fileno()).st_size
    is_range = item.unit != "group" and item.stop >= 0
    start, stop = (item.start, item.stop) if is_range else (0, size)
    file.seek(start)
    digest = hashlib.sha256()
    left = stop - start
    while chunk := file.read(min(left, _CHUNK_BYTES)):
        digest.update(chunk)
        left -= len(chunk)
    file.seek(0)
    return InputFile(item.shown, stop - start - left, digest.hexdigest(), 0, start)
