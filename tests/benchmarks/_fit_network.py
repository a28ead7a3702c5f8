"""Fits the networks of the page model and brings them to whole numbers, by numpy alone.

Adam with decay and a falling rate, over batches of whole pages; big pages give a part
of their blocks. Inputs of a page are dropped by chance, as markup differs from site to
site, and so are hidden units. Several networks from other random beginnings answer
together, or are teachers: one more is fitted on what they say together of the same
pages, and says nearly the same at the cost of one. The same data give the same bytes on
one kind of processor with one thread (OPENBLAS_NUM_THREADS=1).
"""

from dataclasses import dataclass, replace

import numpy as np

from corpuskit.clean.blocks_features import NUMBERS
from corpuskit.clean.network import (
    LARGEST,
    MOST_WORDS,
    N_NEAR,
    REACH,
    Reader,
)  # fmt: skip

MOST_BLOCKS, DECAY = 400, 1e-3
CODED = {"tag": 19, "cue": 6, "ends_class": 9}
LARGEST_INNER, _LARGEST_WEIGHT, _OUT_BITS = 255, 255, 20
N_PARTS = N_NEAR + 1
_SATURATED = 0.9995
_WIDEST = 5.0  # no input is farther than this from another, in spreads
_SHARE, _SMALL = 2.5, 12.0  # columns that hold no more get more steps
_PUPIL_SEED = 1
_TAUGHT = 0.8  # how much of a label is what the teachers say


@dataclass(frozen=True)
class Recipe:
    """The size of a network and how it is fitted.

    `hidden` and `second` are units of the two layers (the gate has the second alone);
    `dropped` and `dropped_inputs` the shares of units, and of the inputs of a page,
    that each step leaves out; `batch` is the pages of a step, `rate` the first rate.
    Each of `seeds` makes a network that sees each page `epochs` times; where there are
    `lessons`, these are the teachers of one more, which sees each page so often.
    """

    hidden: int
    second: int
    dropped: float
    dropped_inputs: float
    batch: int
    rate: float
    lessons: int
    epochs: int = 16
    seeds: tuple[int, ...] = (11, 12, 13, 14)


@dataclass
class Sample:
    """A page to fit on: inputs (n x k), words, labels and weights of its blocks (n)."""

    values: np.ndarray
    words: np.ndarray
    labels: np.ndarray
    weights: np.ndarray


def reader_arrays(pages, more):
    """What is to be read of columns, as `network.reader_from` takes it.

    Args:
        pages: the columns of each page.
        more: further columns of the blocks of each.
    """
    rows = np.concatenate([page.rows for page in pages], axis=1)
    of_pages = np.concatenate([page.pages for page in pages], axis=1)
    pairs = [(NUMBERS[name], code) for name, n in CODED.items() for code in range(n)]
    code_of, code = np.array(pairs).T
    found = {"code_of": code_of.astype(np.int16), "code": code.astype(np.int8)}
    found["more_scale"] = _scale(np.concatenate(more, axis=1))
    return {"scale": _scale(rows), "page_scale": _scale(of_pages), **found}


def _scale(rows):
    """What each row is multiplied with, so that shares have steps enough."""
    most = np.quantile(np.abs(rows), 0.99, axis=1)
    found = np.select([most <= _SHARE, most <= _SMALL], [64, 8], 1)
    return found.astype(np.float32)


def inputs(reader: Reader, columns, more=None):
    """The inputs of the blocks of a page, with those of the page (n x k + c)."""
    of_blocks, of_page = reader.blocks(columns.rows), reader.pages(columns.pages)
    if more is not None:
        of_blocks = np.concatenate((of_blocks, reader.more(more)))
    of_page = np.repeat(of_page, of_blocks.shape[1], axis=1)
    return np.concatenate((of_blocks, of_page)).T


def fit_networks(kind, pages, recipe):
    """The arrays of networks fitted on pages, as `corpuskit.clean.network` reads them.

    Several from other random beginnings, or one that is fitted on what these say.

    Args:
        kind: what judges blocks, here, or pages, `_fit_gate`.
        pages: samples.
        recipe: how.
    """
    samples, mean, spread = _in_spreads(pages)
    found = [
        _descend(kind, samples, recipe, seed, recipe.epochs) for seed in recipe.seeds
    ]
    if recipe.lessons:
        taught = [_taught(kind, sample, found) for sample in samples]
        found = [_descend(kind, taught, recipe, _PUPIL_SEED, recipe.lessons)]
    return [kind.whole(parts, samples, mean, spread) for parts in found]


def _in_spreads(pages):
    """Samples with inputs in spreads from the mean and weights of about one a page."""
    values = np.concatenate([page.values for page in pages])
    mean = values.mean(axis=0, dtype=np.float64)
    spread = values.std(axis=0, dtype=np.float64)
    width = np.ptp(values, axis=0)
    spread = np.maximum(spread, width / _WIDEST)
    spread[width == 0] = np.inf  # says nothing, and gets no weight
    size = np.float32(np.mean([page.weights.sum() for page in pages]))
    samples = [
        replace(
            page,
            values=((page.values - mean) / spread).astype(np.float32),
            weights=page.weights / size,
        )
        for page in pages
    ]
    return samples, mean, spread


def _taught(kind, sample, teachers):
    """A page whose labels are mostly what teachers say."""
    odds = np.mean([kind.odds(parts, sample) for parts in teachers], axis=0)
    labels = _TAUGHT / (1 + np.exp(-odds)) + (1 - _TAUGHT) * sample.labels
    return replace(sample, labels=labels.astype(np.float32))


def _descend(kind, samples, recipe, seed, epochs):
    """The weights and biases of one network."""
    rng, batch = np.random.default_rng(seed), recipe.batch
    parts = kind.begin(samples[0].values.shape[1], recipe, rng)
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in parts]
    n_steps, step = epochs * (len(samples) // batch), 0
    for _ in range(epochs):
        order = rng.permutation(len(samples))
        for first in range(0, len(samples) - batch + 1, batch):
            step += 1
            chosen = [samples[i] for i in order[first : first + batch]]
            slopes = kind.slopes(parts, chosen, recipe, rng)
            rate = recipe.rate * 0.5 * (1 + np.cos(np.pi * step / n_steps))
            _move(parts, slopes, moments, rate, step)
    return parts


def _move(parts, slopes, moments, rate, step):
    """One step of Adam, of slopes no longer than one in all."""
    length = np.sqrt(sum(float((slope * slope).sum()) for slope in slopes))
    for part, slope, (mean, square) in zip(parts, slopes, moments, strict=True):
        slope = slope * np.float32(min(1, 1 / (length + 1e-9)))
        mean += 0.1 * (slope - mean)
        square += 0.001 * (slope * slope - square)
        size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        part -= np.float32(rate) * (mean / (1 - 0.9**step) / size + DECAY * part)


def kept(shape, dropped, rng):
    """What is left of each value when some are dropped by chance."""
    return (rng.random(shape, dtype=np.float32) >= dropped) / np.float32(1 - dropped)


def begin(shapes, spreads, biases, rng):
    """Weights by chance, then biases of nothing."""
    parts = [
        rng.standard_normal(shape) * spread
        for shape, spread in zip(shapes, spreads, strict=True)
    ]
    parts += [np.zeros(size) for size in biases]
    return [part.astype(np.float32) for part in parts]


def _whole_layer(first, bias, samples, mean, spread):
    """A first layer in whole numbers, and what of each unit stands for 255."""
    values = np.concatenate([sample.values for sample in samples])
    hidden = np.maximum(values @ first + bias, 0)
    largest = np.quantile(hidden, _SATURATED, axis=0) + 1e-6
    first = first / spread[:, None]  # what is read is in whole numbers, not in spreads
    bias = bias - mean @ first
    scale = _LARGEST_WEIGHT / np.abs(first).max(axis=0)
    found = {
        "weight": np.rint(first * scale).T.astype(np.int16),
        "bias": np.rint(bias * scale).astype(np.int32),
        "shrink": (LARGEST / (largest * scale)).astype(np.float32),
    }
    return found, largest


def whole_end(inner, inner_bias, out, skip, odds):
    """The rest of a network in whole numbers; `inner` has a row for each unit."""
    scale = LARGEST_INNER / np.abs(inner).max(axis=1)
    out = out / scale
    unit = 2.0 ** np.ceil(np.log2(np.abs((*out, *skip)).max()) - _OUT_BITS)
    return {
        "inner": np.rint(inner * scale[:, None]).astype(np.int16),
        "inner_bias": np.rint(inner_bias * scale).astype(np.int32),
        "out": np.rint(out / unit).astype(np.int32),
        "skip": np.rint(skip / unit).astype(np.int32),
        "unit": np.array([unit]),
        "odds": odds,
    }


class Borders:
    """Where pages that stand one after the other begin, and what their blocks weigh."""

    def __init__(self, words):
        sizes = [len(one) for one in words]
        self.start = np.cumsum([0, *sizes])
        self.page = np.repeat(np.arange(len(sizes)), sizes)
        weight = np.clip(np.rint(np.concatenate(words)), 1, MOST_WORDS)
        total = np.add.reduceat(weight, self.start[:-1])
        self.weight = (weight / total[self.page]).astype(np.float32)[:, None]

    def means(self, hidden):
        """The mean of each unit over each page."""
        return np.add.reduceat(hidden * self.weight, self.start[:-1])

    def around(self, hidden):
        """Units of the blocks near each one in order, and the mean of its page."""
        parts = [self._moved(hidden, steps) for steps in range(REACH, -REACH - 1, -1)]
        return np.hstack((*parts, self.means(hidden)[self.page]))

    def back(self, slopes):
        """Slopes of the units, from those of what `around` gave."""
        *parts, means = np.split(slopes, N_PARTS, axis=1)
        of_page = np.add.reduceat(means, self.start[:-1])
        found = of_page[self.page] * self.weight
        for steps, part in zip(range(-REACH, REACH + 1), parts, strict=True):
            found += self._moved(part, steps)
        return found

    def _moved(self, values, steps):
        """Rows so many steps further on, those that leave their page dropped."""
        rows = np.arange(len(values)) - steps
        is_in = (rows >= self.start[self.page]) & (rows < self.start[self.page + 1])
        rows = np.clip(rows, 0, len(values) - 1)
        return values[rows] * is_in[:, None]


class OfBlocks:
    """A network that judges blocks, as `network.Network` does.

    The last `n_page_inputs` inputs are those of pages.
    """

    def __init__(self, n_page_inputs):
        self.n_page_inputs = n_page_inputs

    @staticmethod
    def begin(size, recipe, rng):
        """Weights and biases: of the first layer, the second, the answer, the skip."""
        hidden, second = recipe.hidden, recipe.second
        shapes = [(size, hidden), (N_PARTS * hidden, second), (second,), (hidden,)]
        spreads = (0.7 * np.sqrt(2 / size), np.sqrt(1 / N_PARTS / hidden))
        spreads += (np.sqrt(1 / second), 0.3 * np.sqrt(1 / hidden))
        return begin(shapes, spreads, (hidden, second, 1), rng)

    @staticmethod
    def odds(parts, sample):
        """The log odds that a network gives the blocks of a page."""
        first, inner, out, skip, bias, inner_bias, odds = parts
        hidden = np.maximum(sample.values @ first + bias, 0)
        seen = Borders([sample.words]).around(hidden)
        return np.maximum(seen @ inner + inner_bias, 0) @ out + hidden @ skip + odds[0]

    @staticmethod
    def slopes(parts, chosen, recipe, rng):
        """How the loss of some pages changes with each weight and bias."""
        first, inner, out, skip, bias, inner_bias, odds = parts
        chosen = [_part_of(sample, rng) for sample in chosen]
        borders = Borders([one.words for one in chosen])
        values = np.concatenate([one.values for one in chosen])
        shape = (len(chosen), values.shape[1])
        values = values * kept(shape, recipe.dropped_inputs, rng)[borders.page]
        hidden = np.maximum(values @ first + bias, 0)
        left = kept(hidden.shape, recipe.dropped, rng)
        hidden *= left
        seen = borders.around(hidden)
        second = np.maximum(seen @ inner + inner_bias, 0)
        left_second = kept(second.shape, recipe.dropped, rng)
        second *= left_second
        chance = 1 / (1 + np.exp(-(second @ out + hidden @ skip + odds[0])))
        error = chance - np.concatenate([one.labels for one in chosen])
        error *= np.concatenate([one.weights for one in chosen]) / len(chosen)
        error = error.astype(np.float32)
        below = error[:, None] * out * (second > 0) * left_second
        under = (borders.back(below @ inner.T) + error[:, None] * skip) * left
        under *= hidden > 0
        return [
            *(values.T @ under, seen.T @ below, second.T @ error, hidden.T @ error),
            *(under.sum(axis=0), below.sum(axis=0), error.sum()[None]),
        ]

    def whole(self, parts, samples, mean, spread):
        """A network in whole numbers, each unit on a scale of its own."""
        first, inner, out, skip, bias, inner_bias, odds = parts
        layer, largest = _whole_layer(first, bias, samples, mean, spread)
        weight, of_pages = np.split(layer["weight"], [-self.n_page_inputs], axis=1)
        layer |= {"weight": weight, "page_weight": of_pages}
        n_second, n_hidden = len(out), len(skip)
        inner = inner.T.reshape(n_second, N_PARTS, n_hidden) * (largest / LARGEST)
        inner = inner.reshape(n_second, -1)
        end = whole_end(inner, inner_bias, out, skip * largest / LARGEST, odds)
        inner = end["inner"].reshape(n_second, N_PARTS, n_hidden).swapaxes(0, 1)
        return layer | end | {"inner": inner.reshape(-1, n_hidden)}


def _part_of(sample, rng):
    """Blocks in a row of a page, not too many."""
    spare = len(sample.words) - MOST_BLOCKS
    if spare <= 0:
        return sample
    first = rng.integers(0, spare + 1)
    part = slice(first, first + MOST_BLOCKS)
    found = (sample.values, sample.words, sample.labels, sample.weights)
    return Sample(*(values[part] for values in found))
