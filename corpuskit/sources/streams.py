"""A stream of bytes to Documents: unpacks, opens archives, tells rows from pages."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpuskit.document import Document
from corpuskit.errors import ReadError
from corpuskit.sources.faults import Origin, fault, fault_of
from corpuskit.sources.kinds import (
    HEAD_BYTES,
    is_asset,
    is_json,
    is_rows,
    packing_of,
    unpacked_name,
)
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.pages import document_of_bytes, over_limit
from corpuskit.sources.split import Input
from corpuskit.sources.unpack import Budget, Reader, unpack


@dataclass(frozen=True, slots=True)
class Job:
    """How one stream is read.

    Attributes:
        name: file name that tells the kind where the content does not.
        options: what the user set.
        budget: what may still be unpacked.
        depth: how many packings and archives it lies in.
        stop: bytes to read of a range; -1 to read all.
        first_row: number of the first row of the range.
    """

    name: str
    options: ReadOptions
    budget: Budget
    depth: int = 0
    stop: int = -1
    first_row: int = 0

    @classmethod
    def of(cls, item: Input, size_bytes: int, options: ReadOptions) -> "Job":
        """The job of a file of this size."""
        stop = item.stop - item.start if item.stop >= 0 else size_bytes
        budget = Budget.of(size_bytes, options)
        return cls(item.name, options, budget, 0, stop, item.first_row)

    def inside(self, name: str) -> "Job":
        """The job of what is packed in this one."""
        return replace(self, name=name, depth=self.depth + 1, stop=-1, first_row=0)


def read_stream(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    """The documents of a stream, told apart by its content, then by its name."""
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    packing = packing_of(head)
    if packing and job.depth > job.options.max_nesting:
        error = "packed too many times over: unpack it first"
        yield fault(origin, "limit", error)
    elif packing in ("zip", "tar"):
        yield from _archive(stream, packing, origin, job)
    elif packing:
        yield from _packed(stream, packing, origin, job)
    elif is_asset(job.name):
        yield fault(origin, "format", "a style sheet or script: exclude it")
    elif is_rows(head, job.name):
        yield from _rows(stream, origin, job)
    else:
        yield from _whole(stream, head, origin, job)


def _packed(
    stream: Reader, packing: str, origin: Origin, job: Job
) -> Iterator[Document]:
    unpacked = unpack(stream, packing, job.budget)
    inner = io.BufferedReader(unpacked, HEAD_BYTES)
    reading = read_stream(inner, origin, job.inside(unpacked_name(job.name)))
    n_documents = 0
    for document in reading:
        if unpacked.fault and document.reason == "read.empty":
            continue  # nothing came before the damage: that is the one thing to say
        n_documents += 1
        yield document
    if unpacked.fault:
        yield fault_of(origin, unpacked.fault, number=n_documents)


def _archive(
    stream: Reader, packing: str, origin: Origin, job: Job
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


def _rows(stream: Reader, origin: Origin, job: Job) -> Iterator[Document]:
    from corpuskit.sources.jsonl import read_jsonl

    rows = read_jsonl(
        stream, origin, job.options, stop=job.stop, first_row=job.first_row
    )
    n_rows = 0
    for document in rows:
        n_rows += 1
        yield document
    if not n_rows and not job.first_row:
        yield fault(origin, "empty", "nothing in it: remove it or fetch it again")


def _whole(stream: Reader, head: bytes, origin: Origin, job: Job) -> Iterator[Document]:
    limit = job.options.max_document_bytes
    if job.stop > limit:
        yield fault_of(origin, over_limit(job.stop, job.options))
        return
    data = stream.read(limit + 1 if job.stop < 0 else job.stop)
    if len(data) > limit:
        yield fault_of(origin, over_limit(0, job.options))
    elif is_json(head, job.name):
        from corpuskit.sources.json_file import read_json

        yield from read_json(data, origin, job.options)
    else:
        yield document_of_bytes(data, origin, job.name, options=job.options)
