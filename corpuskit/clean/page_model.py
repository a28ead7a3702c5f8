"""Which blocks of a page are its main content: fitted models and a choice.

Small networks: several, `general`, judge the blocks of any page together, `expert`
judges those of news, blogs and the like, from fewer inputs. `gate` tells from means of
what the expert sees how likely a page is an article, and mixes the two opinions of each
block. Pages that are surely no articles are cut where the expected F1 is the best, sure
articles at fixed odds, others between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpuskit.clean import network
from corpuskit.clean.blocks import Blocks
from corpuskit.clean.blocks_features import Columns, features, more_features
from corpuskit.clean.blocks_view import View, view_of
from corpuskit.clean.meta import Fields
from corpuskit.clean.network import Arrays, Gate, Network, Reader
from corpuskit.clean.page_doubts import with_doubts
from corpuskit.clean.page_wholes import with_wholes
from corpuskit.clean.trees import probability
from corpuskit.errors import UsageError

MODEL = "page_model.npz"
_FIXED_CUTS = {"precision": 0.75, "recall": 0.25}
MODES = ("balanced", *_FIXED_CUTS)
# Probabilities of an article between which the opinions, and the cuts, are mixed.
_SHARED = (0.3, 0.7)
_CUT = (0.85, 0.98)
_SURE_LEVEL = 0.6
_LEAST_SHARE = 0.3

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Model:
    """What judges blocks and pages, and what it reads of their columns."""

    reader: Reader
    general: tuple[Network, ...]
    expert: Network
    gate: Gate

    def opinions(self, view: View, columns: Columns) -> tuple[Floats, Floats]:
        """For each block, how likely it is main content; for each page, an article."""
        start = view.start
        weights = network.block_weights(columns["words"])
        seen, pages = self.reader.blocks(columns.rows), self.reader.pages(columns.pages)
        hidden = self.expert.read(seen, pages, weights, start)
        articles = probability(self.gate.score(hidden.means, pages))
        shares = [_between(article, *_SHARED) for article in articles.tolist()]
        if shares == [1.0] * len(shares):
            return probability(self.expert.score(hidden, start)), articles
        share, sizes = np.array(shares, np.float32), start[1:] - start[:-1]
        page = np.arange(len(share)).repeat(sizes)
        found = np.zeros(len(page), np.float32)
        if share.any():
            found += share[page] * probability(self.expert.score(hidden, start))
        asked = share < 1
        rows = asked[page].nonzero()[0]
        bounds = np.append(0, sizes[asked].cumsum())
        seen = np.concatenate((seen, self.reader.more(more_features(view))))
        part = seen[:, rows], pages[:, asked], weights[rows], bounds
        odds = np.zeros(len(rows), np.float32)
        for one in self.general:
            odds += one.score(one.read(*part), bounds)
        odds /= len(self.general)
        found[rows] += (1 - share)[page[rows]] * probability(odds)
        return found, articles


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


def model_from(arrays: Arrays) -> Model:
    """A model from named arrays: those of each part, with its name and a dot before.

    General networks are numbered, from `general0` on.
    """
    names = {name.split(".")[0] for name in arrays}
    general = sorted(name for name in names if name.startswith("general"))
    return Model(
        reader=network.reader_from(_part(arrays, "reader")),
        general=tuple(network.network_from(_part(arrays, name)) for name in general),
        expert=network.network_from(_part(arrays, "expert")),
        gate=network.gate_from(_part(arrays, "gate")),
    )


def _part(arrays: Arrays, part: str) -> Arrays:
    """The arrays of one part, without its name."""
    return {
        name.removeprefix(f"{part}."): values
        for name, values in arrays.items()
        if name.startswith(f"{part}.")
    }


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
    found, articles = model.opinions(view, columns)
    found = with_doubts(with_wholes(found, view), view, articles)
    return [
        Opinion(found[view.blocks_of(page)], article)
        for page, article in enumerate(articles.tolist())
    ]


def choose(opinion: Opinion, words: Floats, *, mode: str = "balanced") -> list[int]:
    """The blocks to keep, of so many words each."""
    found = opinion.content
    if mode in _FIXED_CUTS:
        return _numbers(found > _FIXED_CUTS[mode])
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
    return _numbers(chosen)


def _numbers(chosen: npt.NDArray[np.bool_]) -> list[int]:
    """The places of the chosen ones."""
    found: list[int] = chosen.nonzero()[0].tolist()
    return found


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
