"""Passages: paragraphs or lines that stand in more than one place of a corpus."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from corpuskit.dedup.cuts import CutOptions, Cuts, Spans
from corpuskit.dedup.keys import make_keys
from corpuskit.document import Document

_FIRST_WIDE = 0x2E80
_WIDE_WEIGHT = 3
_BLOCK_CHARS = 1 << 17
_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")

_PASSAGE = np.dtype(
    [
        ("hash", "<u8", 2),
        ("position", "<u4"),  # of the document in its split
        ("begin", "<u4"),
        ("end", "<u4"),
    ]
)
_Table = npt.NDArray[np.void]
# Bytes that finding repeats takes for each passage.
_PASSAGE_BYTES = 96


@dataclass(frozen=True, slots=True)
class PassageSummary:
    """What a split says about its passages.

    Attributes:
        path: scratch file with one `_PASSAGE` each.
        n_passages: how many they are.
    """

    path: Path
    n_passages: int


def summarize_passages(
    documents: Iterable[Document], scratch: Path, options: CutOptions
) -> PassageSummary:
    """Sums up the passages of one split; dropped documents only count."""
    n_passages = 0
    with tempfile.NamedTemporaryFile(
        suffix=".passages", dir=scratch, delete=False
    ) as file:
        for block in _blocks(documents):
            table = _passages(block, options)
            n_passages += len(table)
            file.write(table.tobytes())
    return PassageSummary(Path(file.name), n_passages)


def find_repeats(
    summaries: Sequence[PassageSummary],
    reference: Sequence[PassageSummary],
    options: CutOptions,
) -> Cuts:
    """All passages but the first ones, in the order of the splits.

    Args:
        summaries: of the splits in order.
        reference: of splits that come before them and are not cut.
        options: those of the summaries; the result does not depend on the memory.
    """
    every = [*reference, *summaries]
    total = sum(summary.n_passages for summary in every)
    n_parts = 1 + total * _PASSAGE_BYTES // options.memory
    found: list[dict[int, list[tuple[int, int]]]] = [{} for _ in summaries]
    for part in range(n_parts):
        tables = [_read(summary, part, n_parts) for summary in every]
        splits = np.repeat(np.arange(len(every)), [len(table) for table in tables])
        table = np.concatenate([np.zeros(0, _PASSAGE), *tables])
        repeats = _later(table["hash"])
        repeats = repeats[splits[repeats] >= len(reference)]
        rows = table[repeats]
        for split, position, begin, end in zip(
            (splits[repeats] - len(reference)).tolist(),
            rows["position"].tolist(),
            rows["begin"].tolist(),
            rows["end"].tolist(),
            strict=True,
        ):
            found[split].setdefault(position, []).append((begin, end))
    return Cuts([_sorted(spans) for spans in found])


def _read(summary: PassageSummary, part: int, n_parts: int) -> _Table:
    table = np.fromfile(summary.path, _PASSAGE)
    own = table["hash"][:, 0] % np.uint64(n_parts) == part
    return np.asarray(table[own])


def _later(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """The places of all hashes that stood at a place before."""
    order = np.lexsort((hashes[:, 1], hashes[:, 0]))
    ordered = hashes[order]
    same = (ordered[1:] == ordered[:-1]).all(axis=1)
    return np.sort(order[1:][same])


def _sorted(found: dict[int, list[tuple[int, int]]]) -> dict[int, Spans]:
    return {position: tuple(sorted(spans)) for position, spans in found.items()}


_Block = list[tuple[int, Document]]


def _blocks(documents: Iterable[Document]) -> Iterator[_Block]:
    block: _Block = []
    n_chars = 0
    for position, document in enumerate(documents):
        if document.keep and document.text:
            block.append((position, document))
            n_chars += len(document.text)
        if n_chars >= _BLOCK_CHARS:
            yield block
            block, n_chars = [], 0
    if block:
        yield block


def _passages(block: _Block, options: CutOptions) -> _Table:
    """The passages of some documents that are long enough."""
    rows, texts, sites = [], [], []
    for position, document in block:
        site = _site(document) if options.per_site else b""
        for begin, end in _spans(document.text, options.kind):
            rows.append((position, begin, end))
            texts.append(document.text[begin:end])
            sites.append(site)
    keys = make_keys(texts)
    ends = np.cumsum(keys.counts)
    wide = np.concatenate([[0], np.cumsum(keys.codes >= _FIRST_WIDE)])
    n_wide = wide[ends] - wide[ends - keys.counts]
    weights = keys.counts + (_WIDE_WEIGHT - 1) * n_wide
    long = np.flatnonzero(weights >= options.least)
    table = np.zeros(len(long), _PASSAGE)
    codes = keys.codes.data.cast("B")
    digests = [
        sha256(sites[row] + codes[2 * begin : 2 * end]).digest()[:16]
        for row, begin, end in zip(
            long.tolist(),
            (ends - keys.counts)[long].tolist(),
            ends[long].tolist(),
            strict=True,
        )
    ]
    table["hash"] = np.frombuffer(b"".join(digests), "<u8").reshape(-1, 2)
    places = np.array(rows, np.int64).reshape(-1, 3)[long]
    for column, name in enumerate(("position", "begin", "end")):
        table[name] = places[:, column]
    return table


def _spans(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """Where passages begin and end, each with what separates it from the next."""
    if kind == "line":
        begin = 0
        for line in text.splitlines(keepends=True):
            yield begin, begin + len(line)
            begin += len(line)
        return
    breaks = [match.end() for match in _EMPTY_LINES.finditer(text)]
    yield from pairwise([0, *breaks, len(text)])


def _site(document: Document) -> bytes:
    """The site that a document belongs to, as the first part of what is hashed."""
    host = urlsplit(document.url).netloc or document.metadata.site
    return host.lower().encode("utf-8", "surrogatepass") + b"\0\0"
