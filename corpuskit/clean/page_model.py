"""Which blocks of a page are its main content: fitted trees and a choice.

Three sets of trees: `general` for any page, `article` for news, blogs and the like,
and `gate`, which tells from numbers about the whole page how likely it is an article.
The two opinions of each block are mixed by the gate. Pages that are surely no articles
are cut where the expected F1 is the best, sure articles at fixed odds, others between.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_features import NUMBERS, Columns, features
from corpuskit.clean.blocks_view import View, view_of
from corpuskit.clean.meta import Fields
from corpuskit.clean.page_doubts import with_doubts
from corpuskit.clean.trees import Trees, from_arrays
from corpuskit.errors import UsageError

MODEL = "page_model.npz"
PARTS = ("general", "expert", "gate")
_FIXED_CUTS = {"precision": 0.75, "recall": 0.25}
MODES = ("balanced", *_FIXED_CUTS)
# Probabilities of an article between which the opinions, and the cuts, are mixed.
_SHARED = (0.2, 0.7)
_CUT = (0.1, 0.5)
_SURE_LEVEL = 0.6
_LEAST_SHARE = 0.3

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """The three sets of trees, over all columns of a page."""

    general: Trees
    expert: Trees
    gate: Trees

    def article(self, columns: Columns) -> float:
        """How likely the page is an article."""
        return float(self.gate.predict(columns.rows[:, :1].T)[0])

    def probabilities(self, columns: Columns, article: float) -> Floats:
        """For each block of a page, how likely it is main content."""
        rows = columns.rows.T
        share = _between(article, *_SHARED)
        if share == 0:
            return self.general.predict(rows)
        if share == 1:
            return self.expert.predict(rows)
        found: Floats = np.float32(share) * self.expert.predict(rows)
        found += np.float32(1 - share) * self.general.predict(rows)
        return found


class Opinion(NamedTuple):
    """How likely each block is main content, and how likely the page is an article."""

    content: Floats
    article: float


def _between(value: float, low: float, high: float) -> float:
    """How far a value lies between two others, from 0 to 1."""
    return min(max((value - low) / (high - low), 0.0), 1.0)


@cache
def load_model() -> Model:
    """The model that comes with corpuskit."""
    with np.load(Path(__file__).with_name(MODEL), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    return model_from(arrays)


def model_from(arrays: dict[str, npt.NDArray[np.generic]]) -> Model:
    """A model from named arrays: those of each part, with its name and a dot before.

    `columns` names what the block trees read, `gate_columns` what the gate reads.
    """
    general, expert, gate = (
        from_arrays(
            {
                name.removeprefix(f"{part}."): values
                for name, values in arrays.items()
                if name.startswith(f"{part}.")
            }
        )
        for part in PARTS
    )
    return Model(
        general=_renumbered(general, arrays["columns"]),
        expert=_renumbered(expert, arrays["columns"]),
        gate=_renumbered(gate, arrays["gate_columns"]),
    )


def _renumbered(trees: Trees, names: npt.NDArray[np.generic]) -> Trees:
    """The trees with features numbered as in `Columns`, not as in their file."""
    numbers = np.array([NUMBERS[str(name)] for name in names])
    return replace(trees, feature=numbers[trees.feature])


def decide(
    blocks: Blocks, fields: Fields, *, mode: str = "balanced"
) -> tuple[View, list[int]]:
    """A page with at least one block as the model sees it, and what it keeps.

    Raises:
        UsageError: no such mode.
    """
    if mode not in MODES:
        raise UsageError(f"no mode {mode!r}: take one of {', '.join(MODES)}")
    view = view_of(blocks, fields)
    opinion = judge(load_model(), view, features(view))
    return view, choose(opinion, view.words, mode=mode)


def judge(model: Model, view: View, columns: Columns) -> Opinion:
    """What a model thinks of a page with these columns."""
    article = model.article(columns)
    found = model.probabilities(columns, article)
    return Opinion(with_doubts(found, view, columns, article), article)


def choose(opinion: Opinion, words: Floats, *, mode: str = "balanced") -> list[int]:
    """The blocks to keep, of so many words each."""
    found = opinion.content
    if mode in _FIXED_CUTS:
        return [int(i) for i in np.flatnonzero(found > _FIXED_CUTS[mode])]
    return cut(found, words, opinion.article)


def cut(probabilities: Floats, words: Floats, article: float) -> list[int]:
    """The blocks above the cut for a page that is an article so probably.

    The best cut by expected F1 is at half of that F1. A fixed cut that would
    leave little of the expected words gives way to it.
    """
    weight = words.astype(np.float64)
    expected = float(probabilities @ weight)
    sure = _between(article, *_CUT)
    best: list[int] = []
    level = _SURE_LEVEL
    if sure < 1:
        best, score = _best(probabilities, weight)
        level = _SURE_LEVEL * sure + (1 - sure) * score / 2
    chosen = probabilities > level
    if float(weight[chosen].sum()) < _LEAST_SHARE * expected:
        return best or _best(probabilities, weight)[0]
    return [int(i) for i in np.flatnonzero(chosen)]


def _best(
    probabilities: Floats, weight: npt.NDArray[np.float64]
) -> tuple[list[int], float]:
    """The likeliest blocks that give the best expected F1 together, and that F1."""
    order = np.argsort(-probabilities, kind="stable")
    hits = np.cumsum(probabilities[order] * weight[order])
    kept = np.cumsum(weight[order])
    expected = 2 * hits / (kept + hits[-1] + 1e-9)
    best = int(np.argmax(expected))
    return sorted(order[: best + 1].tolist()), float(expected[best])
