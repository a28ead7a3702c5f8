"""Checks of numbers that only look like what they might be.

Every function takes the number as it stands in the text, with blanks and hyphens.
"""

import ipaddress
import re
from datetime import date
from typing import Final

from corpuskit._patterns import pattern

_NOT_DIGIT = pattern(r"[^0-9]")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_PROVINCES: Final = frozenset(
    (
        *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47),
        *range(50, 55), *range(61, 66), 71, 81, 82, 83,
    )
)  # fmt: skip
_CARD = re.compile(
    r"4\d{12}(?:\d{3}|\d{6})?"  # Visa
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"  # Mastercard
    r"|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}"  # American Express, Diners
    r"|(?:6011|64[4-9]\d|65\d\d|35(?:2[89]|[3-8]\d))\d{12,15}"  # Discover, JCB
    r"|62\d{14,17}"  # UnionPay
)
_MIN_PHONE: Final = 7
_MAX_PHONE: Final = 15


def digits(number: str) -> str:
    """The ASCII digits of a number as written."""
    return _NOT_DIGIT.sub("", number)


def is_resident_id(number: str) -> bool:
    """Whether it is a Chinese resident identity number (GB 11643-1999).

    Province, date of birth and the check digit (ISO 7064, MOD 11-2) must be right.
    """
    found = number.replace(" ", "").replace("-", "").upper()
    if len(found) != len(_WEIGHTS) + 1 or not found[:-1].isdigit():
        return False
    if int(found[:2]) not in _PROVINCES:
        return False
    try:
        date(int(found[6:10]), int(found[10:12]), int(found[12:14]))
    except ValueError:
        return False
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, found, strict=False))
    return _CHECKS[total % 11] == found[-1]


def is_card(number: str) -> bool:
    """Whether it has the prefix and length of a payment card, and its Luhn check."""
    found = digits(number)
    return (
        _CARD.fullmatch(found) is not None
        and len(set(found)) > 1
        and not is_resident_id(number)
        and _luhn(found)
    )


def _luhn(number: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812)."""
    odd = sum(int(digit) for digit in number[-1::-2])
    even = sum(sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (odd + even) % 10 == 0


def is_public_ip(address: str) -> bool:
    """Whether it is the address of a host that anyone can reach.

    Private, loopback, link-local, documentation, shared and multicast addresses are
    not, nor is that of a whole network. IPv6 must lie in 2000::/3, where all public
    addresses are: words with colons in source code do not.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not found.is_global or found.is_multicast:
        return False
    if found.version == 6:
        return int(found) >> 125 == 1
    return int(found) & 0xFF != 0


def is_long_enough(number: str) -> bool:
    """Whether it has as many digits as telephone numbers have (ITU-T E.164)."""
    return _MIN_PHONE <= len(digits(number)) <= _MAX_PHONE
