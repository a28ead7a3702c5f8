"""Whether a plain text is a flattened page at all, or text from end to end.

A book, a letter, a README or a poem must come out whole, so nothing is cut without
evidence: lines that only frames of pages have (share buttons, log-in links, copyright
notices, lists of related articles), or a title with a line of labels below it. With
only some evidence the trees must be surer, and find a frame of some size.
"""

import re
from enum import IntEnum
from typing import Final

from corpuskit._patterns import pattern
from corpuskit.clean.head_lines import Head, is_menu, is_trail
from corpuskit.clean.lines_split import Lines, ends_sentence
from corpuskit.clean.lines_words import KINDS, count_units
from corpuskit.scripts import UNSPACED

_FRAME_KINDS: Final = sum(
    1 << number
    for number, kind in enumerate(KINDS)
    if kind in ("rights", "share", "account", "related", "comment", "legal")
)
_RIGHTS = re.compile(
    r"(?:powered by\b|copyright\b|©|\(c\)\s|版权所有|all rights reserved"
    r"|[^\n]{0,12}ICP[备証证]).*"
    r"|.{0,60}(?:©|all rights reserved\.?|版权所有|無断転載(?:を)?禁(?:止|じます)。?)",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"ICP[备備证證]案?\s?\d{5,}", re.IGNORECASE)
_TYPED = re.compile(r"([=~^\-`#*+])\1{3,}|```.*|\.\. [a-z-]+::.*")
_TYPED_MARKS: Final = "=~^-`#*+."
_CODE_ENDS: Final = ("{", "}", ";", "(", "[", "\\", "=", "):", "),", "],", "},", "',")
_CODE_STARTS: Final = (
    *("def ", "class ", "import ", "from ", "return ", "const ", "var ", "let "),
    *("public ", "static ", "#include", "//", "/*", "<?", "}", ")", "]"),
)
_MIN_TYPED: Final = 3
_CODE_SHARE: Final = 0.3
_MAX_RIGHTS: Final = 120
_MAX_UNITS: Final = 8
_MAX_CHARS: Final = 60
_MIN_SHARE: Final = 0.34
_TAIL: Final = 8
_ENOUGH: Final = 3.0
_SOME: Final = 2.0
_MIN_RATE: Final = 0.01
_MANY_TEXTS: Final = 4
_RIGHTS_WEIGHT: Final = 1.5
_MAX_MENUS: Final = 2
_MIN_BESIDE: Final = 1.0
_MAX_NAME: Final = 32
_MIN_MENU: Final = 8
_MIN_SENTENCE: Final = 40
_NAME = pattern(
    rf"[{UNSPACED}]{{1,10}}"
    rf"|(?![{UNSPACED}])[^\W\d_]+(?:[ '’&+/-]{{1,3}}[^\W\d_]+){{0,2}}"
)


class Evidence(IntEnum):
    """How much speaks for a flattened page."""

    NONE = 0
    HEAD = 1
    SOME = 2
    FRAME = 3


def find_evidence(lines: Lines, head: Head) -> Evidence:
    """What speaks for a flattened page: a frame around the text, or at least a head."""
    frame = {
        text: kinds[0] & _FRAME_KINDS
        for text, kinds in zip(lines.texts, lines.kinds, strict=True)
        if is_frame_line(text, kinds)
    }
    last = lines.texts[-_TAIL:]
    has_rights = any(map(is_rights_line, last))
    is_licensed = any(map(_is_licence, last))
    notice = max(_RIGHTS_WEIGHT * has_rights, _SOME * is_licensed)
    weight = len(frame) + notice + head.is_page_head
    needed = max(_ENOUGH, _MIN_RATE * len(lines.texts))
    if needed > weight >= needed - _MAX_MENUS and (frame or has_rights):
        menus = sum(is_menu(text) or is_trail(text) for text in lines.texts)
        weight += min(menus, _MAX_MENUS)
    if _MIN_BESIDE <= weight < _ENOUGH:
        weight += count_menus(lines)
    if weight >= _SOME and is_authored(lines):
        return Evidence.NONE
    is_varied = len(frame) >= _MANY_TEXTS or len(set(frame.values())) > 1
    if weight >= needed and (has_rights or is_varied):
        return Evidence.FRAME
    if weight >= _SOME:
        return Evidence.SOME
    return Evidence.HEAD if head.is_page_head else Evidence.NONE


def count_menus(lines: Lines) -> int:
    """How many long menus a text with some sentences has, at most two.

    A menu is a row of different short names, one a line, without digits and
    punctuation.
    """
    best = run = 0
    seen: set[str] = set()
    for text in lines.texts:
        if len(text) <= _MAX_NAME and _NAME.fullmatch(text) and text not in seen:
            run += 1
            seen.add(text)
        else:
            best, run = max(best, run), 0
    best = max(best, run)
    n_sentences = sum(len(t) >= _MIN_SENTENCE and ends_sentence(t) for t in lines.texts)
    return min(best // _MIN_MENU, 2) if n_sentences >= 2 else 0


def is_authored(lines: Lines) -> bool:
    """Whether a text is source code, or has the structure that people type.

    Underlined headings and fences are typed; no page is flattened into them.
    """
    texts, gaps = lines.texts, lines.gaps
    n_typed = sum(
        text[0] in _TYPED_MARKS
        and _TYPED.fullmatch(text) is not None
        and (text[0] in "`." or (gaps[i] == 0 and _underlines(text, texts[i - 1])))
        for i, text in enumerate(texts)
        if i
    )
    if n_typed >= _MIN_TYPED:
        return True
    n_code = sum(
        text.endswith(_CODE_ENDS) or text.startswith(_CODE_STARTS)
        for text in lines.texts
    )
    return n_code >= _MIN_TYPED and n_code >= _CODE_SHARE * len(lines.texts)


def _underlines(mark: str, heading: str) -> bool:
    """Whether a row of marks is about as long as the line above it."""
    return abs(len(mark) - len(heading)) <= 2


def is_frame_line(text: str, kinds: tuple[int, int]) -> bool:
    """Whether a line is short and made mostly of words of page frames."""
    if not kinds[0] & _FRAME_KINDS or len(text) > _MAX_CHARS:
        return False
    units = count_units(text)
    return units <= _MAX_UNITS and kinds[1] >= _MIN_SHARE * units


def _is_licence(line: str) -> bool:
    """Whether a line holds the number of a licence, as each Chinese site shows one."""
    return len(line) <= 2 * _MAX_RIGHTS and _LICENCE.search(line) is not None


def is_rights_line(line: str) -> bool:
    """Whether a line is a notice of rights or of the software behind a site."""
    return len(line) <= _MAX_RIGHTS and _RIGHTS.fullmatch(line) is not None
