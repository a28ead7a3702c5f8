"""The second pass where texts stay: records go on as they lie in the spool.

A record that nothing was decided about is not looked at, and of one that was the text
is neither decoded nor encoded: it is the same bytes before and after.
"""

from collections.abc import Callable, Iterator
from typing import Any

from corpuskit import _interrupts
from corpuskit.document import Document, decode_record, encode
from corpuskit.run.spool import SpoolSplit
from corpuskit.run.tally import Tally
from corpuskit.write.corpus import Record, Wants

# A quote inside a JSON string stands behind a backslash: neither can be in a value.
_TEXT, _AFTER_TEXT = b',"text":"', b'","source":"'
_TOGETHER = 256


def rewrite(
    split: SpoolSplit,
    apply: Callable[[Document, Any], Document],
    *,
    wants: Wants,
    tally: Tally,
) -> Iterator[list[Record]]:
    """The finished records of a split of the spool, some at a time.

    Args:
        split: the records, and what was decided about them.
        apply: gives the document after a decision; it is shown an empty text, and
            leaves id and text as they are.
        wants: what the sink needs; it takes encoded records.
        tally: counts of all documents before the decisions; changed to those after.
    """
    dropped = frozenset(split.dropped)
    records: list[Record] = []
    for position, line in enumerate(split.lines()):
        if len(records) == _TOGETHER:
            yield records
            records = []
        if position not in split.decisions:
            records.append(wants.encoded(line, keep=position not in dropped))
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
        records.append(wants.encoded(line, keep=after.keep))
    yield records
