"""Which lines of a plain text were removed, by what rule, and what speaks for it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from corpuskit.clean.head_lines import head_of, is_label_line, is_menu, is_trail
from corpuskit.clean.lines import main_lines
from corpuskit.clean.lines_gate import Evidence, find_evidence, is_rights_line
from corpuskit.clean.lines_rules import is_notice, is_stamp
from corpuskit.clean.lines_split import Lines, is_cut, split_lines
from corpuskit.clean.lines_words import KINDS, count_units
from corpuskit.clean.removed import Piece, Removed, as_kept, rounded

_FORMS: Final[dict[str, Callable[[str], bool]]] = {
    "breadcrumb": is_trail,
    "menu": is_menu,
    "label": is_label_line,
    "date alone": is_stamp,
    "rights": is_rights_line,
    "notice": is_notice,
    "cut off": is_cut,
}


class LineTrace:
    """Takes down which rule took which line of a text.

    Attributes:
        rules: by number of the line, "" for lines that stay.
    """

    def __init__(self, n_lines: int) -> None:
        self.rules = [""] * n_lines
        self._alive = list(range(n_lines))
        self._pending: dict[int, str] = {}

    def after(self, rule: str, keep: Sequence[bool]) -> None:
        """Takes down the rule for the lines that it was the first to take."""
        for number, kept in zip(self._alive, keep, strict=True):
            if not kept:
                self._pending.setdefault(number, rule)

    def taken(self, keep: Sequence[bool]) -> None:
        """Holds on to what was taken; a line may have been taken and given back."""
        lines = list(zip(self._alive, keep, strict=True))
        for number, kept in lines:
            if not kept:
                self.rules[number] = f"clean.{self._pending[number]}"
        self._alive = [number for number, kept in lines if kept]
        self._pending = {}


def line_pieces(text: str, normalize: Callable[[str], str]) -> Iterator[Piece]:
    """The lines of a normalised plain text, kept ones as they read in the result.

    Args:
        text: what the lines are chosen from.
        normalize: what is done to the text once the lines are chosen.
    """
    lines = split_lines(text)
    trace = LineTrace(len(lines.texts))
    main_lines(text, trace)
    scores, cut = _scores(lines, trace)
    for number, line in enumerate(lines.texts):
        rule = trace.rules[number]
        if not rule:
            yield from as_kept(line, normalize)
            continue
        yield Removed(
            at=0,
            rule=rule,
            score=rounded(scores[number]) if scores else 0.0,
            cut=cut,
            n_words=rounded(count_units(line)),
            path=f"line {number + 1}",
            signs=_signs(line, lines.kinds[number][0]),
            text=line,
        )


def _scores(lines: Lines, trace: LineTrace) -> tuple[list[float], float]:
    """The model's scores of all lines and its cut; none where it was not asked."""
    if "clean.line_model" not in trace.rules:
        return [], 0.0
    from corpuskit.clean.lines_model import judge

    evidence = find_evidence(lines, head_of(lines.texts))
    judged = judge(lines, is_sure=evidence is Evidence.FRAME)
    return [float(score) for score in judged.probability], judged.cut


def _signs(line: str, kinds: int) -> str:
    """What a line shows by itself: kinds of words first, then forms."""
    words = [f"{kind} words" for i, kind in enumerate(KINDS) if kinds >> i & 1]
    forms = [name for name, has_form in _FORMS.items() if has_form(line)]
    return ", ".join(words + forms)
