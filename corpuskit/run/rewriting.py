"""The second pass where texts stay: records go on as they lie in the spool.

A record that nothing was decided about is not looked at, and of one that was the text
is neither decoded nor encoded: it is the same bytes before and after. Documents that
are still in memory are encoded now, and only where they are wanted.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from corpuskit import _interrupts
from corpuskit.document import Document, decode_record, encode
from corpuskit.run.spool import AnySplit, HeldSplit, SpoolSplit
from corpuskit.run.tally import Tally
from corpuskit.write.corpus import Record, Wants

# A quote inside a JSON string stands behind a backslash: neither can be in a value.
_TEXT, _AFTER_TEXT = b',"text":"', b'","source":"'
_TOGETHER = 256


def rewrite(
    split: AnySplit,
    apply: Callable[[Document, Any], Document],
    *,
    wants: Wants,
    tally: Tally,
) -> Iterator[list[Record]]:
    """The finished records of a split of the spool, some at a time.

    Args:
        split: records or documents, and what was decided about them.
        apply: gives the document after a decision; it is shown an empty text, and
            leaves id and text as they are.
        wants: what the sink needs; it takes encoded records.
        tally: counts of all documents before the decisions; changed to those after.
    """
    if isinstance(split, HeldSplit):
        records = _encoded(split, apply, wants, tally)
    else:
        records = _rewritten(split, apply, wants, tally)
    while some := list(islice(records, _TOGETHER)):
        yield some


def _encoded(
    split: HeldSplit,
    apply: Callable[[Document, Any], Document],
    wants: Wants,
    tally: Tally,
) -> Iterator[Record]:
    for position, document in enumerate(split.held):
        if position in split.decisions:
            _interrupts.check()
            before, document = document, apply(document, split.decisions[position])
            tally.recount(before, document)
        yield wants.record(document)


def _rewritten(
    split: SpoolSplit,
    apply: Callable[[Document, Any], Document],
    wants: Wants,
    tally: Tally,
) -> Iterator[Record]:
    dropped = frozenset(split.dropped)
    for position, line in enumerate(split.lines()):
        if position not in split.decisions:
            yield wants.encoded(line, keep=position not in dropped)
            continue
        _interrupts.check()
        begin = line.index(_TEXT) + len(_TEXT)
        end = line.rindex(_AFTER_TEXT)
        before = decode_record(line[:begin] + line[end:])
        after = apply(before, split.decisions[position])
        tally.recount(before, after)
        if after.keep or wants.dropped:
            bare = encode(after)
            line = bare[:begin] + line[begin:end] + bare[begin:]
        yield wants.encoded(line, keep=after.keep)
