"""Files whose lines are in two encodings: UTF-8 and one other."""

from collections.abc import Callable, Iterator
from itertools import groupby

from corpuskit.sources.decoded import (
    HIGH,
    Decoded,
    count_good,
    count_high,
    decode_clean,
    decode_with,
)

_KINDS = ("utf-8", "other", "both")
_PAIRED = frozenset(("gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949"))
_HALF, _NEARLY = 0.5, 0.9
_LEAST_HIGH = 6
_LEAST_VALUES = 2
_LEAST_SHARE = 0.02


def decode_by_line(data: bytes, codec_of: Callable[[bytes], str]) -> Decoded | None:
    """The text of a file with UTF-8 lines and lines of one other encoding.

    None where it is no such file: both kinds of lines must be strong, and lines that
    are a bit of both (damaged UTF-8) few.

    Args:
        data: the bytes.
        codec_of: names the codec that all of some bytes are of, or "".
    """
    lines = data.split(b"\n")
    if sum(count_high(line) for line in lines if _is_utf8(line)) < _LEAST_HIGH:
        return None
    kinds = list(map(_kind, lines))
    n_utf8, n_other, n_both = (_n_high_of(lines, kinds, kind) for kind in _KINDS)
    least = max(_LEAST_HIGH, _LEAST_SHARE * (n_utf8 + n_other + n_both))
    if min(n_other, n_utf8) < least:
        return None
    other = b"\n".join(_of(lines, kinds, "other"))
    codec = codec_of(other)
    if not codec or len(set(other) & set(HIGH)) < _LEAST_VALUES:
        return None
    kinds = [
        "other" if kind == "both" and _is_other(line, codec) else kind
        for line, kind in zip(lines, kinds, strict=True)
    ]
    if _n_high_of(lines, kinds, "both") > n_other:
        return None
    parts = [
        decode_with(b"\n".join(run), codec if is_other else "utf-8")
        for is_other, run in _runs(lines, kinds)
    ]
    text = "\n".join(part.text for part in parts)
    return Decoded(text, "utf-8", sum(part.n_replaced for part in parts))


def _runs(
    lines: list[bytes], kinds: list[str]
) -> Iterator[tuple[bool, Iterator[bytes]]]:
    """Lines that follow each other in the same encoding, together."""
    pairs = zip(lines, kinds, strict=True)
    for is_other, run in groupby(pairs, key=lambda pair: pair[1] == "other"):
        yield is_other, (line for line, _ in run)


def _of(lines: list[bytes], kinds: list[str], wanted: str) -> list[bytes]:
    return [line for line, kind in zip(lines, kinds, strict=True) if kind == wanted]


def _n_high_of(lines: list[bytes], kinds: list[str], wanted: str) -> int:
    return sum(map(count_high, _of(lines, kinds, wanted)))


def _kind(line: bytes) -> str:
    """`ascii`, `utf-8`, `other`, or `both` where half and more is UTF-8."""
    if line.isascii():
        return "ascii"
    if _is_utf8(line):
        return "utf-8"
    return "both" if _good_share(line) >= _HALF else "other"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _good_share(line: bytes) -> float:
    return count_good(line) / count_high(line)


def _is_other(line: bytes, codec: str) -> bool:
    """Whether a line that could be damaged UTF-8 is whole in the other encoding.

    Only where that has rules that other bytes break: pairs, as in Chinese, Japanese
    and Korean encodings. Their bytes often look like UTF-8 by chance.
    """
    return (
        codec in _PAIRED
        and _good_share(line) < _NEARLY
        and bool(decode_clean(line, codec))
    )
