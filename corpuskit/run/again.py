"""A document of a finished run cleaned once more, to tell what was removed from it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from corpuskit.clean import CleanOptions, clean
from corpuskit.clean.removed import Removed, removed_from
from corpuskit.document import Document
from corpuskit.run.followed import followed

_READING = ("encoding", "text_key", "id_key")


def removed_again(
    document: Document, options: Mapping[str, Any]
) -> list[Removed] | None:
    """What cleaning takes off the input of a document.

    None where the input is not there any more or has changed, where a later step did
    more than cut lines, and where the run redacted: what it removed must not come back.

    Args:
        document: as the run wrote it.
        options: of the run, as its manifest has them.
    """
    if options.get("redact"):
        return None
    found = _input_of(document, options)
    cleaning = _cleaning(options)
    if found is None or cleaning is None:
        return None
    done = clean(found, cleaning)
    lines = set(done.text.split("\n"))
    if not lines.issuperset(document.text.split("\n")):
        return None
    return removed_from(
        followed(done, done.with_text(document.text), "clean.boilerplate")
    )


def _input_of(document: Document, options: Mapping[str, Any]) -> Document | None:
    """The document as it was found, from the file that its path names."""
    from corpuskit.sources import read

    path = Path(document.metadata.path)
    files = [place for place in (path, *path.parents) if place.is_file()]
    if not files:
        return None
    reading = {name: str(options.get(name, "")) for name in _READING}
    number = document.id.rpartition("#")[2]
    for found in read([files[0]], **reading):
        is_place = found.metadata.path == document.metadata.path
        if found.id == document.id:
            return found
        if is_place and found.id.rpartition("#")[2] == number:
            return found
    return None


def _cleaning(options: Mapping[str, Any]) -> CleanOptions | None:
    """How the run cleaned; None where its options are not understood."""
    values = {
        name: options[name]
        for name in CleanOptions.__struct_fields__
        if name in options
    }
    values["explain"] = True
    if isinstance(keep := values.get("keep"), str):
        values["keep"] = [name.strip() for name in keep.split(",") if name.strip()]
    if isinstance(form := values.get("form"), str) and form != "none":
        values["form"] = form.upper()
    try:
        return msgspec.convert(values, CleanOptions)
    except msgspec.ValidationError:
        return None
