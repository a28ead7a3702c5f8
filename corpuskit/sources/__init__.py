"""Bytes to Documents: find files, cut work into splits, open archives, decode, read.

A split stands alone: `read_split` gives the same documents wherever it runs. What
cannot be read is data: a document that is not kept, with a reason `read.<rule>` and
one line in its extra metadata that names the file and says what to do.
"""

from typing import TYPE_CHECKING

from corpuskit._room import lazy_names

if TYPE_CHECKING:
    from corpuskit.sources.encoding import Decoded as Decoded
    from corpuskit.sources.encoding import decode as decode
    from corpuskit.sources.kinds import Format as Format
    from corpuskit.sources.kinds import formats as formats
    from corpuskit.sources.names import shown_path as shown_path
    from corpuskit.sources.options import ReadOptions as ReadOptions
    from corpuskit.sources.planning import in_ranges as in_ranges
    from corpuskit.sources.planning import plan as plan
    from corpuskit.sources.reading import InputFile as InputFile
    from corpuskit.sources.reading import read as read
    from corpuskit.sources.reading import read_split as read_split
    from corpuskit.sources.split import Input as Input
    from corpuskit.sources.split import Split as Split
    from corpuskit.sources.spooling import spool as spool

__all__ = [
    "Decoded",
    "Format",
    "Input",
    "InputFile",
    "ReadOptions",
    "Split",
    "decode",
    "formats",
    "in_ranges",
    "plan",
    "read",
    "read_split",
    "shown_path",
    "spool",
]

# Public names and the modules they live in, loaded on first use.
_HOMES = {
    "Decoded": "encoding",
    "Format": "kinds",
    "Input": "split",
    "InputFile": "reading",
    "ReadOptions": "options",
    "Split": "split",
    "decode": "encoding",
    "formats": "kinds",
    "in_ranges": "planning",
    "plan": "planning",
    "read": "reading",
    "read_split": "reading",
    "shown_path": "names",
    "spool": "spooling",
}


__getattr__ = lazy_names(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
