"""Date, author and source from the lines around a page's title.

For pages whose head does not name them. Lines are read as those of plain text: by their
labels, or as a date or a byline with hardly anything else. A date of the last change is
no date of publication.
"""

import re
from typing import Final

import msgspec

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_anchors import find_title
from corpuskit.clean.blocks_hints import Place
from corpuskit.clean.head_lines import is_label_line, label_values
from corpuskit.clean.meta import Fields
from corpuskit.dates import find_date

_N_BELOW: Final = 8
_N_ABOVE: Final = 2
_LONGEST: Final = 160
_PROSE: Final = 200
_LABEL_CHARS: Final = 30
_OUTSIDE: Final = int(
    Place.NAV | Place.FOOTER | Place.HIDDEN | Place.DIALOG | Place.COMMENT
)
_DIGIT = re.compile(r"\d")
_COLON = re.compile("[:：]")
_WIDE = re.compile("[\u2e80-\ud7ff]")
_BY = re.compile(
    r"(?:(?:[Ww]ritten|[Ww]ords|[Pp]osted|[Pp]ublished|[Rr]eported) )?"
    r"(?:(?:[Bb]y|BY)(?::?\s+|(?<=y)(?=[A-Z][a-z]))"
    r"|(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|[Aa]f|[Oo]d|[Аа]втор):?\s+)"
)
_BY_INSIDE = re.compile(r"(?<=[\s,|•·])by\s+")
_SAID = re.compile(
    r"(?:published|posted|written|date|on|publié|veröffentlicht|publicado|pubblicato"
    r"|опубликовано|geplaatst|opublikowano)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:updated?|modified|revised|reviewed|changed|aktualisiert|mis à jour"
    r"|joined|registered|member since|actualizad[oa]|atualizad[oa]|aggiornat[oa]"
    r"|обновлено|bijgewerkt|zaktualizowano)"
    r"\W{0,3}(?:(?:on|at|am|le|el|em|il|op|date|alle)\W{0,3})?$",
    re.IGNORECASE,
)
_NAME_END = re.compile(
    r"\s*(?:[|•·–—/(\[;:@\t]|(?<!\w)\d|\s-\s|(?:[Ll]ast )?[Uu]pdated"
    r"|(?:First )?[Pp]ublished|[Pp]osted|\b(?:on|in|at|for|am|le|el|il)\b|\.\s"
    r"|Reviewed|Staff [Ww]riter).*",
    re.DOTALL,
)
_AND = re.compile(r"\s(?:and|und|et|y|e|og|och|en|i|и|&)\s")
_PARTICLES = frozenset(
    (
        *("de", "van", "von", "der", "den", "ter", "la", "le", "da", "di", "do", "dos"),
        *("del", "du", "bin", "ibn", "al", "el", "and", "und", "et", "y", "e", "i"),
        *("og", "och", "en", "и", "&"),
    )
)
_ALONE = frozenset(("by", "by:", "written by", "von", "par", "por"))
_MONTH_FIRST: Final = frozenset(
    (
        "",
        "en",
        "en-us",
        "en-ph",
        "zh",
        "zh-cn",
        "zh-tw",
        "zh-hans",
        "zh-hant",
        "ja",
        "ko",
    )
)
_MOST_WORDS: Final = 12
_MOST_BEFORE_BY: Final = 16
_NO_NAMES = frozenset(("staff", "admin", "editor", "author", "the"))


def with_byline(fields: Fields, blocks: Blocks) -> Fields:
    """The fields, and what lines around the title say where the head is silent."""
    if fields.created and fields.author and fields.site:
        return fields
    lines = near_title(blocks, fields.title)
    author, site = _labelled(lines) if not (fields.author and fields.site) else ("", "")
    return msgspec.structs.replace(
        fields,
        created=fields.created or _created(lines, _day_first(fields.language)),
        author=fields.author or author or _author(lines),
        site=fields.site or site,
    )


def _day_first(language: str) -> bool | None:
    """How pages of a language write `03/04/2024`; None leaves it to the reader."""
    return None if language in _MONTH_FIRST else True


def near_title(blocks: Blocks, title: str) -> list[str]:
    """The short texts below the title up to the first long one, then those above."""
    at = _title_end(blocks, title)
    if at < 0:
        return []
    texts, owners, places = blocks.text, blocks.owner, blocks.place
    lines = []
    for i in range(at + 1, min(at + 1 + _N_BELOW, len(texts))):
        if len(texts[i]) > _PROSE:
            break
        if len(texts[i]) <= _LONGEST and not places[owners[i]] & _OUTSIDE:
            lines.append(texts[i])
    for i in range(at - 1, max(at - 1 - _N_ABOVE, -1), -1):
        if len(texts[i]) <= _LONGEST and not places[owners[i]] & _OUTSIDE:
            lines.append(texts[i])
    return lines


def _title_end(blocks: Blocks, title: str) -> int:
    """The last block of the `h1` that is the title, or of the first; -1 for none."""
    wanted, found, element = title.lower(), -1, 0
    for _ in range(blocks.tag.count("h1")):
        element = blocks.tag.index("h1", element + 1)
        first, last = blocks.first[element], blocks.last[element]
        if first == last:
            continue
        text = blocks.text[first].lower()
        if text in wanted or wanted in text:
            return last - 1
        found = last - 1 if found < 0 else found
    return found if found >= 0 else find_title(blocks, title)


def _created(lines: list[str], day_first: bool | None) -> str:
    """The first date of publication among the lines."""
    before = ""
    for line in lines:
        is_other, before = _CHANGED.search(before), line[-_LABEL_CHARS:]
        if is_other or not _DIGIT.search(line):
            continue
        is_dated = _BY.match(line) or _SAID.match(line) or _by_after(line)
        if (is_dated or is_label_line(line)) and (
            created := _published(line, day_first)
        ):
            return created
    return ""


def _published(line: str, day_first: bool | None) -> str:
    """The first date of a line that is not that of a change."""
    while found := find_date(line, day_first=day_first):
        if not _CHANGED.search(line[: found.start]):
            return found.created
        line = line[found.end :]
    return ""


def _labelled(lines: list[str]) -> tuple[str, str]:
    """Author and source by labels; a lone label may be that of a picture."""
    author = site = ""
    for line in lines:
        found = label_values(line) if _COLON.search(line) else []
        if not found or not is_label_line(line):
            continue
        for label, value in found:
            if label == "author":
                author = author or value
            elif label == "source" and (_WIDE.search(line) or len(found) > 1):
                site = site or value
    return author, site


def _author(lines: list[str]) -> str:
    """The name after the first `By`."""
    before = ""
    for line in lines:
        name = ""
        if before.lower() in _ALONE:
            name = _name(line, alone=False)
        elif by := _BY.match(line) or _by_after(line):
            found = find_date(line) if _DIGIT.search(line) else None
            end = found.start if found and found.start > by.end() else len(line)
            name = _name(line[by.end() : end], alone=bool(found))
        if name:
            return name
        before = line
    return ""


def _by_after(line: str) -> re.Match[str] | None:
    """The `by` after a date with hardly anything else before it: `3 May 2024 by`."""
    by = _BY_INSIDE.search(line)
    if not by or not (found := find_date(line[: by.start()])):
        return None
    rest = by.start() - (found.end - found.start)
    return by if rest <= _MOST_BEFORE_BY else None


def _name(written: str, *, alone: bool) -> str:
    """The names that a text begins with, "" where it is none; one word if `alone`."""
    name = _NAME_END.sub("", written.replace("\xa0", " ")).strip(" ,.")
    if not _AND.search(name):
        name = name.partition(",")[0]
    words = name.replace(",", " ").split()
    if not (1 if alone else 2) <= len(words) <= _MOST_WORDS:
        return ""
    if any(not w[0].isupper() and w not in _PARTICLES for w in words):
        return ""
    if _DIGIT.search(name):
        return ""
    is_name = len(words[0]) > 1 and words[0].lower() not in _NO_NAMES
    return name if is_name else ""
