"""Word files (DOCX) to Documents: their paragraphs and tables, in order.

Read with the zip and XML readers of the standard library: parts stream through them,
and text in content controls, text boxes and accepted changes is not passed over.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from corpuskit.dates import to_created
from corpuskit.document import Document, Metadata, dump_extra, text_hash, well_formed
from corpuskit.errors import ReadError
from corpuskit.sources.archives import ZIP_FAULTS
from corpuskit.sources.faults import Origin
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.pages import over_limit
from corpuskit.sources.unpack import Budget

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RELATIONS, _PROPERTIES = "_rels/.rels", "docProps/core.xml"
_USUAL_PART = "word/document.xml"
_CHUNK_BYTES = 1 << 16
_FAULTS = (*ZIP_FAULTS, zlib.error, lzma.LZMAError, OSError, expat.ExpatError)

# What stands for elements without text of their own, where they begin and end.
_BEGIN = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "txbxContent": "\n",
}
_END = {"p": "\n", "tc": "\t", "tr": "\n"}
# Properties, removed text, readings above characters, and what old programs show
# in the place of a text box.
_HIDDEN = frozenset(("rPr", "pPr", "del", "moveFrom", "rt", "Fallback", "sectPr"))

_Event = tuple[str, str, dict[str, str]]


def read_docx(
    file: BinaryIO, origin: Origin, options: ReadOptions, budget: Budget
) -> Document | None:
    """The document of a Word file; None for a zip archive that is none.

    Args:
        file: the file; it is read out of order.
        origin: where it comes from.
        options: the limit of its text.
        budget: what its parts may unpack to.

    Raises:
        ReadError: the file is damaged, encrypted, or over a limit.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            part = _main_part(archive, budget)
            if not part:
                return None
            if archive.getinfo(part).flag_bits & 1:
                raise ReadError("encrypted: remove its password", rule="encrypted")
            text = well_formed(_text(_events(archive, part, budget), options))
            told = _properties(archive, budget)
    except _FAULTS as error:
        what = str(error) or type(error).__name__
        problem = f"damaged Word file ({what}): fetch it again"
        raise ReadError(problem, rule="truncated") from error
    if not text:
        raise ReadError("no text in it: exclude it", rule="empty")
    return _document(text, told, origin).with_extra(size_bytes=file.seek(0, 2))


def _main_part(archive: zipfile.ZipFile, budget: Budget) -> str:
    """The path of the part with the text; "" where there is none."""
    names = set(archive.namelist())
    events = _events(archive, _RELATIONS, budget) if _RELATIONS in names else ()
    for kind, _, values in events:
        target = values.get("Target", "").lstrip("/")
        is_main = values.get("Type", "").endswith("/officeDocument")
        if kind == "begin" and is_main and target in names:
            return target if target.startswith("word/") else ""
    return _USUAL_PART if _USUAL_PART in names else ""


def _events(archive: zipfile.ZipFile, part: str, budget: Budget) -> Iterator[_Event]:
    """What a part holds in order: `begin`, `end` (with a name) and `text`.

    Raises:
        ReadError: the budget is spent, or the part declares entities.
    """
    events: list[_Event] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, values: events.append(
        ("begin", _local(name), values)
    )
    parser.EndElementHandler = lambda name: events.append(("end", _local(name), {}))
    parser.CharacterDataHandler = lambda text: events.append(("text", text, {}))
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK_BYTES):
            budget.left -= len(chunk)
            if budget.left < 0:
                error = (
                    "unpacks to more than the limit: raise --max-unpacked to read it"
                )
                raise ReadError(error, rule="limit")
            parser.Parse(chunk)
            yield from events
            events.clear()
    parser.Parse(b"", True)
    yield from events


def _refuse(*declaration: Any) -> None:  # noqa: ANN401 - expat's own
    raise ReadError("declares entities, as no Word file does", rule="truncated")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _text(events: Iterator[_Event], options: ReadOptions) -> str:
    """The text of the main part: a line a paragraph, cells parted by tabs."""
    pieces: list[str] = []
    n_hidden = n_cells = size = 0
    is_text = False
    for kind, name, _ in events:
        if kind == "text":
            piece = name if is_text and not n_hidden else ""
        else:
            step = 1 if kind == "begin" else -1
            n_hidden += step * (name in _HIDDEN)
            n_cells += step * (name == "tc")
            is_text = kind == "begin" and name == "t"
            piece = (_BEGIN if kind == "begin" else _END).get(name, "")
            piece = "" if n_hidden else " " if n_cells and piece == "\n" else piece
        if piece:
            size += len(piece)
            pieces.append(piece)
            if size > options.max_document_bytes:
                raise over_limit(0, options)
    lines = "".join(pieces).replace(" \t", "\t").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _properties(archive: zipfile.ZipFile, budget: Budget) -> dict[str, str]:
    """Title, creator and dates, by the names of their elements."""
    told: dict[str, str] = {}
    if _PROPERTIES not in archive.namelist():
        return told
    open_name = ""
    for kind, name, _ in _events(archive, _PROPERTIES, budget):
        if kind == "text":
            words = well_formed(told.get(open_name, "") + name).split()
            told[open_name] = " ".join(words)
        else:
            open_name = name if kind == "begin" else ""
    return told


def _document(text: str, told: dict[str, str], origin: Origin) -> Document:
    modified = told.get("modified", "")
    return Document(
        id=origin.id(),
        text=text,
        source=origin.source,
        title=told.get("title", ""),
        created=to_created(told.get("created", "")) or to_created(modified),
        n_chars=len(text),
        sha256=text_hash(text),
        metadata=Metadata(
            path=origin.shown,
            media_type=MEDIA_TYPE,
            encoding="utf-8",
            author=told.get("creator", ""),
            extra=dump_extra({"modified": modified} if modified else {}),
        ),
    )
