"""Which blocks of a page are its main content: fitted trees and a choice.

Three sets of trees: `general` for any page, `article` for news, blogs and the like,
and `gate`, which tells from numbers about the whole page how likely it is an article.
The two opinions of each block are mixed by the gate. Pages that are surely no articles
are cut where the expected F1 is the best, sure articles at fixed odds, others between.
"""

from collections.abc import Sequence
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
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Model:
    """The three sets of trees, over all columns of pages."""

    general: Trees
    expert: Trees
    gate: Trees

    def articles(self, columns: Columns, start: Ints) -> Floats:
        """How likely each page is an article, by its first block."""
        return self.gate.predict(columns.rows[:, start].T)

    def probabilities(self, columns: Columns, articles: Floats) -> Floats:
        """For each block, how likely it is main content.

        Args:
            columns: of n blocks.
            articles: how likely the page of each block is an article (n).
        """
        share = _between(articles, *_SHARED)
        found = np.zeros(len(share), np.float32)
        for trees, weight in ((self.expert, share), (self.general, 1 - share)):
            rows = np.flatnonzero(weight > 0)
            if len(rows) == len(share):
                found += weight * trees.predict(columns.rows.T)
            elif len(rows):
                found[rows] += weight[rows] * trees.predict(columns.rows[:, rows].T)
        return found


class Opinion(NamedTuple):
    """How likely each block is main content, and how likely the page is an article."""

    content: Floats
    article: float


def _between(values: Floats, low: float, high: float) -> Floats:
    """How far values lie between two others, from 0 to 1."""
    shares: Floats = (values - np.float32(low)) / np.float32(high - low)
    return np.minimum(np.maximum(shares, 0), 1)


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
    pages: Sequence[Blocks], fields: Sequence[Fields], *, mode: str = "balanced"
) -> tuple[View, list[list[int]]]:
    """Pages with at least one block each as the model sees them, and what it keeps.

    Raises:
        UsageError: no such mode.
    """
    if mode not in MODES:
        raise UsageError(f"no mode {mode!r}: take one of {', '.join(MODES)}")
    view = view_of(pages, fields)
    opinions = judge(load_model(), view, features(view))
    kept = [
        choose(opinion, view.words[view.blocks_of(page)], mode=mode)
        for page, opinion in enumerate(opinions)
    ]
    return view, kept


def judge(model: Model, view: View, columns: Columns) -> list[Opinion]:
    """What a model thinks of each of the pages with these columns."""
    articles = model.articles(columns, view.start[:-1])
    found = model.probabilities(columns, articles[view.page])
    found = with_doubts(found, view, columns, articles)
    return [
        Opinion(found[view.blocks_of(page)], article)
        for page, article in enumerate(articles.tolist())
    ]


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
    low, high = _CUT
    sure = min(max((article - low) / (high - low), 0.0), 1.0)
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
