"""What e-mail and network addresses, telephone and other numbers look like.

The patterns are searched for in a text whose full-width signs, dashes and blanks were
made ASCII, and those of numbers only in stretches of digits and what joins them.
"""

import re
from typing import Final

from corpuskit._patterns import pattern

SUSPECT: Final = pattern(
    r"[@＠]|[(\[（][ ]?(?:at|AT)[ ]?[)\]）]|[\d][^\w\n]{0,3}(?:\d[^\w\n]{0,3}){5}\d"
    r"|\d{1,3}[.．]\d{1,3}[.．]\d{1,3}[.．]\d|[0-9A-Fa-f]{1,4}::?[0-9A-Fa-f]{1,4}:"
)
"""Found in every text that may hold anything to redact, and in few others."""

WIDE: Final[dict[int, str | int | None]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "‐‑‒–—―−ー"), "-"),
    **dict.fromkeys((0xA0, 0x2009, 0x202F, 0x3000), " "),
}
"""Full-width signs, dashes and blanks -> the ASCII ones, one for one."""

NUMBERS: Final = pattern(r"[+(\d][\d\-./() ]{6,}+")
"""A stretch of digits and of the signs that join them."""

URL: Final = pattern(r"(?:https?://|www\.)[!-~]+")

AT: Final = pattern(r"@|[(\[][ ]?(?:at|AT|@)")
_LETTERS = "A-Za-z0-9\u00c0-\u02af\u0370-\u052f"
_AT = r"(?:@|[ ]?[(\[][ ]?(?:at|AT|@)[ ]?[)\]][ ]?)"
_DOT = r"(?:\.|[ ]?[(\[][ ]?(?:dot|DOT)[ ]?[)\]][ ]?)"
EMAIL: Final = pattern(
    rf"(?<![{_LETTERS}._%+\-])[{_LETTERS}._%+\-]{{1,64}}{_AT}"
    rf"(?:[{_LETTERS}][{_LETTERS}\-]{{0,62}}{_DOT}){{1,8}}"
    rf"(?P<top>[A-Za-z]{{2,24}}|xn--[a-z0-9\-]{{2,59}}|рф)(?![{_LETTERS}])"
)

_START = r"(?<![0-9A-Za-z_+])(?<![0-9A-Za-z][\-.])(?<![A-Za-z]/)"
_END = r"(?![0-9A-Za-z_])(?![\-.]\d)(?!\.[A-Za-z])"
_NO_AMOUNT = r"(?!\s?(?:[元円원万亿億美人名条件册%％€$]|km|kg))"

_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
IPV4: Final = pattern(
    rf"(?<![0-9A-Za-z_.\-])(?<![A-Za-z]/){_BYTE}(?:\.{_BYTE}){{3}}(?![0-9A-Za-z_])(?!\.\d)"
)
IPV6: Final = pattern(
    r"(?<![0-9A-Za-z.])(?<![0-9A-Za-z:]:)[0-9A-Fa-f]{1,4}"
    r"(?::{1,2}[0-9A-Fa-f]{1,4}){2,7}(?:::)?(?![0-9A-Za-z:])"
)
VERSION: Final = pattern(
    r"(?:\bv|ver(?:sion)?s?|版本号?|版|固件|バージョン|버전|release|build|update|firmware"
    r"|§|section|chapter|第)[ .:]{0,3}$",
    re.IGNORECASE,
)
"""What stands before a number with three points that is no address."""

SECTION: Final = pattern(
    r"[ #*]*(?P<number>(?:[1-3]?\d\.){3}[1-3]?\d)\.?[ \t]+[^\W\d_]"
)
"""A numbered heading, from the start of its line."""

IDENTITY: Final = pattern(
    rf"{_START}\d{{6}}[ \-]?\d{{8}}[ \-]?\d{{3}}[\dXx](?![0-9A-Za-z_])"
)
CARD: Final = pattern(
    rf"{_START}(?:\d{{13,19}}|\d{{4}}([ \-])(?:\d{{4}}\1){{2}}\d{{1,7}}"
    rf"|\d{{4}}([ \-])\d{{6}}\2\d{{4,5}}){_END}"
)

_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_EXTENSION = r"(?:(?:-|转|轉| ?ext\.? ?)\d{1,5})?"
_SEPARATED = r"(?:[ .\-/()]{0,3}\d)"
PHONES: Final = tuple(
    pattern(f"{_START}{shape}{_END}{_NO_AMOUNT}")
    for shape in (
        # Any country, with the international prefix.
        rf"\(?\+\(?[1-9]{_SEPARATED}{{7,14}}{_EXTENSION}",
        rf"00(?:86|81|82|85[23]|886){_SEPARATED}{{7,12}}{_EXTENSION}",
        rf"00[1-9]\d{{0,2}}[ \-]{_SEPARATED}{{7,12}}",
        # China: service numbers, mobile, landline.
        r"400(?!0{4})(?:[ \-]?\d{3}[ \-]?\d{4}|[ \-]?\d{4}[ \-]?\d{3})" + _EXTENSION,
        r"800[ \-](?:\d{3}[ \-]?\d{4}|\d{4}[ \-]?\d{3})",
        r"(?:\(?86\)?[ \-]?)?1[3-9]\d(?:[ \-]?\d{4}){2}",
        rf"(?:\({_AREA}\)|{_AREA})[ \-]{{0,3}}[2-8]\d{{6,7}}{_EXTENSION}",
        rf"(?:\({_AREA}\)|{_AREA})[ \-]{{1,3}}[2-8]\d{{2,3}}[ \-]\d{{4}}{_EXTENSION}",
        # Japan, Korea, Taiwan: mobile, then with an area code of two to five digits.
        r"(?:0[5789]0|01[016-9])[ \-]?\d{3,4}[ \-]?\d{4}",
        r"09\d\d[ \-]\d{3}[ \-]?\d{3}",
        r"0\d{1,4}[\-(]\d{1,4}[\-)]\d{3,4}",
        r"\(0\d{1,4}\) ?\d{1,4}[ \-]\d{3,4}",
        # North America.
        r"(?:\+?1[\-. ])?\([2-9]\d\d\) ?[2-9]\d\d[\-. ]\d{4}",
        r"(?:\+?1[\-. ])?[2-9]\d\d([\-.])[2-9]\d\d\1\d{4}",
    )
)
"""Shapes of telephone numbers that nothing else has."""

LABELLED: Final = pattern(
    rf"{_START}[+(]?\d(?:[ .\-()]{{0,3}}\d){{6,14}}{_EXTENSION}{_END}"
)
LABEL: Final = pattern(
    r"(?:电话|電話|手机|手機|热线|熱線|专线|传真|傳真|座机|联系方式|聯絡|携帯|ファックス|전화|연락처|휴대폰|팩스"
    r"|(?<![a-z])(?:tel|telephone|phone|fax|mobile|cell|call|whatsapp|hotline|telefon"
    r"|téléphone|teléfono|telefone|telefono|тел|телефон))"
    r"(?:号码|号|番号|번호|no|number)?[ .:()/]{0,4}"
    r"(?:<PHONE>[ /,;、或和及]{1,3})?$",
    re.IGNORECASE,
)
"""What stands before a telephone number of any shape."""

BETWEEN: Final = pattern(r"[ /,;、或和及]{1,3}")
"""What stands between two telephone numbers behind one label."""
