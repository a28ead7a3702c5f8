"""A stream of bytes to Documents: unpacks, opens archives, tells rows from pages."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from corpuskit.document import Document
from corpuskit.errors import ReadError
from corpuskit.sources.faults import Origin, fault, fault_of
from corpuskit.sources.kinds import HEAD_BYTES, kind_of, unpacked_name
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.pages import Found, document_of_bytes, over_limit
from corpuskit.sources.split import Input
from corpuskit.sources.unpack import Budget, Reader, seekable_copy, unpack


class Job(msgspec.Struct, frozen=True):
    """How one stream is read.

    Attributes:
        name: file name that tells the kind where the content does not.
        options: what the user set.
        budget: what may still be unpacked.
        depth: how many packings and archives it lies in.
        stop: bytes to read of a range; -1 to read all.
        first_row: number of the first row of the range.
        groups: row groups to read of a Parquet file; None for all.
        label: the encoding of a page or text, as a web server said.
    """

    name: str
    options: ReadOptions
    budget: Budget
    depth: int = 0
    stop: int = -1
    first_row: int = 0
    groups: range | None = None
    label: str = ""

    @classmethod
    def of(cls, item: Input, size_bytes: int, options: ReadOptions) -> "Job":
        """The job of a file of this size."""
        budget = Budget.of(size_bytes, options)
        if item.unit == "group":
            groups = range(item.start, item.stop)
            return cls(item.name, options, budget, stop=size_bytes, groups=groups)
        stop = item.stop - item.start if item.stop >= 0 else size_bytes
        return cls(item.name, options, budget, stop=stop, first_row=item.first_row)

    def inside(self, name: str) -> "Job":
        """The job of what is packed in this one."""
        return replace(self, name=name, depth=self.depth + 1, stop=-1, label="")


def read_stream(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    """The documents of a stream, told apart by its content, then by its name."""
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    kind = kind_of(head, job.name)
    if kind in _PACKED and job.depth > job.options.max_nesting:
        error = "packed too many times over: raise --max-depth or unpack it"
        yield fault(origin, "limit", error)
    elif kind in ("zip", "tar"):
        yield from _archive(stream, kind, origin, job)
    elif kind in _PACKED:
        yield from _packed(stream, kind, origin, job)
    elif kind in _REFUSED:
        yield fault(origin, *_refused(kind, job.name))
    elif kind in _ROWS:
        yield from _rows(stream, kind, origin, job)
    else:
        yield from _whole(stream, kind, origin, job)


def _packed(
    stream: Reader, packing: str, origin: Origin, job: Job
) -> Iterator[Document]:
    unpacked = unpack(stream, packing, job.budget)
    inner = io.BufferedReader(unpacked, HEAD_BYTES)
    reading = read_stream(inner, origin, job.inside(unpacked_name(job.name)))
    n_documents = job.first_row
    for document in reading:
        if unpacked.fault and document.reason == "read.empty":
            continue  # nothing came before the damage: that is the one thing to say
        n_documents += 1
        yield document
    if unpacked.fault:
        yield fault_of(origin, unpacked.fault, number=n_documents)


def _archive(
    stream: BinaryIO, packing: str, origin: Origin, job: Job
) -> Iterator[Document]:
    from corpuskit.sources.archives import members

    n_files = 0
    try:
        for member in members(stream, packing, job.budget, job.options):
            n_files += 1
            place = origin.member(member.name)
            if member.unpacked:
                yield from read_stream(member.stream(), place, job.inside(member.name))
            problem = member.fault or (member.unpacked and member.unpacked.fault)
            if problem:
                yield fault_of(place, problem, number=1)
    except ReadError as error:
        yield fault_of(origin, error)
        return
    if not n_files:
        yield fault(origin, "empty", "an archive with no files to read: exclude it")


def _refused(kind: str, name: str) -> tuple[str, str]:
    """The rule and the line for a file of a kind that is not read."""
    if kind == "ole" and name.lower().endswith(".docx"):
        return "encrypted", "encrypted: remove its password"
    return _REFUSED[kind]


def _docx(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    from corpuskit.sources.docx import read_docx

    with seekable_copy(stream) as file:
        try:
            document = read_docx(file, origin, job.options, job.budget)
        except ReadError as error:
            document = fault_of(origin, error)
        if document:
            yield document
            return
        file.seek(0)
        yield from _archive(file, "zip", origin, job)


def _pdf(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    from corpuskit.sources.pdf import read_pdf

    with seekable_copy(stream) as file:
        yield from read_pdf(file, origin, job.options, job.budget)


def _rows(stream: Reader, kind: str, origin: Origin, job: Job) -> Iterator[Document]:
    """The documents of a file that streams many."""
    n_rows = 0
    for document in _ROWS[kind](stream, origin, job):
        n_rows += 1
        yield document
    if not n_rows and not job.first_row and job.groups is None:
        yield fault(origin, "empty", "nothing in it: remove it or fetch it again")


def _jsonl(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    from corpuskit.sources.jsonl import read_jsonl

    stop, first_row = job.stop, job.first_row
    return read_jsonl(stream, origin, job.options, stop=stop, first_row=first_row)


def _csv(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    from corpuskit.sources.tables import read_csv

    return read_csv(stream, origin, job.name, job.options)


def _parquet(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    from corpuskit.sources.tables import read_parquet

    with seekable_copy(stream) as file:
        yield from read_parquet(file, origin, job.options, job.groups)


def _warc(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    from corpuskit.sources.warc import read_warc

    return read_warc(stream, origin, job.options, job.first_row)


def _mbox(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    from corpuskit.sources.mail import read_mbox

    return read_mbox(stream, origin, job.options)


_PACKED = frozenset(("gzip", "bzip2", "xz", "zstandard", "zip", "tar"))
_ROWS = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "warc": _warc,
    "mbox": _mbox,
    "docx": _docx,
    "pdf": _pdf,
}
_REFUSED = {
    "asset": ("format", "a style sheet or script: exclude it"),
    "ole": ("binary", "an old or encrypted office file: save it as DOCX or text"),
}


def _whole(stream: Reader, kind: str, origin: Origin, job: Job) -> Iterator[Document]:
    """The documents of a file that must be read whole."""
    limit = job.options.max_document_bytes
    if job.stop > limit:
        yield fault_of(origin, over_limit(job.stop, job.options))
        return
    data = stream.read(limit + 1 if job.stop < 0 else job.stop)
    if len(data) > limit:
        yield fault_of(origin, over_limit(0, job.options))
    elif kind == "json":
        from corpuskit.sources.json_file import read_json

        yield from read_json(data, origin, job.options)
    elif kind == "mail":
        from corpuskit.sources.mail import document_of_mail

        yield document_of_mail(data, origin, job.options)
    else:
        found = Found(origin, job.name, label=job.label)
        yield document_of_bytes(data, found, job.options)
