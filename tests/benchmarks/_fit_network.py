"""Fits the networks of the page model and brings them to whole numbers, by numpy alone.

Adam with decay and a falling rate, over batches of whole pages; big pages give a part
of their blocks. Columns of a page are dropped by chance, as markup differs from site to
site, and so are hidden units. Several networks from other random beginnings are fitted
one by one and stacked. The same data give the same bytes on one kind of processor with
one thread (OPENBLAS_NUM_THREADS=1).
"""

from dataclasses import dataclass, replace

import numpy as np

from corpuskit.clean.blocks_features import NUMBERS
from corpuskit.clean.network import (
    LARGEST,
    MOST_WORDS,
    N_NEAR,
    NUMBER,
    REACH,
    SIGNED,
    STEPS,
    inputs,
    to_steps,
)  # fmt: skip

EPOCHS, MOST_BLOCKS, DECAY = 16, 400, 1e-3
CODED = {"tag": 19, "cue": 6, "ends_class": 9}
_LARGEST_WEIGHT, _LARGEST_INNER, _OUT_BITS = 127, 255, 20
_N_PARTS = N_NEAR + 1
_SATURATED = 0.9995


@dataclass(frozen=True)
class Recipe:
    """The size of networks and how they are fitted.

    `hidden` and `second` are units of the two layers; `dropped` and `dropped_columns`
    the shares of units, and of the columns of a page, that each step leaves out;
    `batch` is the pages of a step, `rate` the first rate, and each seed a network.
    """

    hidden: int
    second: int
    dropped: float
    dropped_columns: float
    batch: int
    rate: float
    seeds: tuple[int, ...]


@dataclass
class Sample:
    """A page to fit on: inputs (n x k), words, labels and weights of its blocks (n)."""

    values: np.ndarray
    words: np.ndarray
    labels: np.ndarray
    weights: np.ndarray


def layout(rows):
    """Column and code of each input: numbers first, then each code of some columns."""
    signed = (rows < 0).any(axis=1)
    numbers = [number for name, number in NUMBERS.items() if name not in CODED]
    pairs = [(number, SIGNED) for number in numbers if signed[number]]
    pairs += [(number, NUMBER) for number in numbers if not signed[number]]
    for name, n_codes in CODED.items():
        pairs += [(NUMBERS[name], code) for code in range(n_codes)]
    column, code = np.array(pairs).T
    return column, code.astype(np.float32)[:, None]


def fit_network(pages, recipe):
    """The arrays of networks fitted on pages, as `network.from_arrays` takes them.

    Args:
        pages: samples whose values are still columns (d x n).
        recipe: how.
    """
    rows = np.concatenate([page.values for page in pages], axis=1)
    column, code = layout(rows)
    whole = inputs(rows, column, code)
    mean = whole.mean(axis=1, dtype=np.float64).astype(np.float32)[:, None]
    spread = whole.std(axis=1, dtype=np.float64) + 1e-3
    scale = (STEPS / spread).astype(np.float32)[:, None]
    whole -= mean
    to_steps(whole, scale)
    ends = np.cumsum([len(page.words) for page in pages])
    parts = np.split(np.ascontiguousarray(whole.T) / np.float32(STEPS), ends[:-1])
    size = np.float32(np.mean([page.weights.sum() for page in pages]))
    samples = [
        replace(page, values=values, weights=page.weights / size)
        for page, values in zip(pages, parts, strict=True)
    ]
    fitted = [_whole(_descend(samples, recipe, seed), samples) for seed in recipe.seeds]
    found = {"column": column.astype(np.int16), "code": code[:, 0].astype(np.int8)}
    found |= {"mean": mean[:, 0], "scale": scale[:, 0]}
    return found | _stacked(fitted)


def _descend(samples, recipe, seed):
    """Weights and biases: of the first layer, the second, the answer, the skip."""
    rng, size = np.random.default_rng(seed), samples[0].values.shape[1]
    hidden, second, batch = recipe.hidden, recipe.second, recipe.batch
    shapes = [(size, hidden), (_N_PARTS * hidden, second), (second,), (hidden,)]
    spreads = (0.7 * np.sqrt(2 / size), np.sqrt(1 / _N_PARTS / hidden))
    spreads += (np.sqrt(1 / second), 0.3 * np.sqrt(1 / hidden))
    parts = [
        rng.standard_normal(shape) * spread
        for shape, spread in zip(shapes, spreads, strict=True)
    ]
    parts += [np.zeros(hidden), np.zeros(second), np.zeros(1)]
    parts = [part.astype(np.float32) for part in parts]
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in parts]
    n_steps, step = EPOCHS * (len(samples) // batch), 0
    for _ in range(EPOCHS):
        order = rng.permutation(len(samples))
        for first in range(0, len(samples) - batch + 1, batch):
            step += 1
            chosen = [_part_of(samples[i], rng) for i in order[first : first + batch]]
            slopes = _slopes(parts, chosen, recipe, rng)
            rate = recipe.rate * 0.5 * (1 + np.cos(np.pi * step / n_steps))
            _move(parts, slopes, moments, rate, step)
    return parts


def _part_of(sample, rng):
    """Blocks in a row of a page, not too many."""
    spare = len(sample.words) - MOST_BLOCKS
    if spare <= 0:
        return sample
    first = rng.integers(0, spare + 1)
    part = slice(first, first + MOST_BLOCKS)
    found = (sample.values, sample.words, sample.labels, sample.weights)
    return Sample(*(values[part] for values in found))


def _move(parts, slopes, moments, rate, step):
    """One step of Adam, of slopes no longer than one in all."""
    length = np.sqrt(sum(float((slope * slope).sum()) for slope in slopes))
    for part, slope, (mean, square) in zip(parts, slopes, moments, strict=True):
        slope = slope * np.float32(min(1, 1 / (length + 1e-9)))
        mean += 0.1 * (slope - mean)
        square += 0.001 * (slope * slope - square)
        size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        part -= np.float32(rate) * (mean / (1 - 0.9**step) / size + DECAY * part)


class _Borders:
    """Where pages that stand one after the other begin, and what their blocks weigh."""

    def __init__(self, words):
        sizes = [len(one) for one in words]
        self.start = np.cumsum([0, *sizes])
        self.page = np.repeat(np.arange(len(sizes)), sizes)
        weight = np.clip(np.rint(np.concatenate(words)), 1, MOST_WORDS)
        total = np.add.reduceat(weight, self.start[:-1])
        self.weight = (weight / total[self.page]).astype(np.float32)[:, None]

    def around(self, hidden):
        """Units of the blocks near each one in order, and the mean of its page."""
        parts = [self._moved(hidden, steps) for steps in range(REACH, -REACH - 1, -1)]
        means = np.add.reduceat(hidden * self.weight, self.start[:-1])
        return np.hstack((*parts, means[self.page]))

    def back(self, slopes):
        """Slopes of the units, from those of what `around` gave."""
        *parts, means = np.split(slopes, _N_PARTS, axis=1)
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


def _slopes(parts, chosen, recipe, rng):
    """How the loss of some pages changes with each weight and bias."""
    first, inner, out, skip, bias, inner_bias, odds = parts
    borders = _Borders([one.words for one in chosen])
    values = np.concatenate([one.values for one in chosen])
    shape = (len(chosen), values.shape[1])
    values = values * _kept(shape, recipe.dropped_columns, rng)[borders.page]
    hidden = np.maximum(values @ first + bias, 0)
    kept = _kept(hidden.shape, recipe.dropped, rng)
    hidden *= kept
    seen = borders.around(hidden)
    second = np.maximum(seen @ inner + inner_bias, 0)
    kept_second = _kept(second.shape, recipe.dropped, rng)
    second *= kept_second
    chance = 1 / (1 + np.exp(-(second @ out + hidden @ skip + odds[0])))
    error = chance - np.concatenate([one.labels for one in chosen])
    error *= np.concatenate([one.weights for one in chosen]) / len(chosen)
    error = error.astype(np.float32)
    below = error[:, None] * out * (second > 0) * kept_second
    under = (borders.back(below @ inner.T) + error[:, None] * skip) * kept
    under *= hidden > 0
    return [
        *(values.T @ under, seen.T @ below, second.T @ error, hidden.T @ error),
        *(under.sum(axis=0), below.sum(axis=0), error.sum()[None]),
    ]


def _kept(shape, dropped, rng):
    """What is left of each value when some are dropped by chance."""
    return (rng.random(shape, dtype=np.float32) >= dropped) / np.float32(1 - dropped)


def _whole(parts, samples):
    """A network in whole numbers, each unit on a scale of its own."""
    first, inner, out, skip, bias, inner_bias, odds = parts
    scale = _LARGEST_WEIGHT / np.abs(first).max(axis=0).astype(np.float64)
    values = np.concatenate([sample.values for sample in samples])
    hidden = np.maximum(values @ first + bias, 0)
    largest = np.quantile(hidden, _SATURATED, axis=0) + 1e-6  # stands for 255
    second, hidden_size = len(out), len(skip)
    inner = inner.T.reshape(second, _N_PARTS, hidden_size).swapaxes(0, 1)
    inner = inner * largest / LARGEST
    inner_scale = _LARGEST_INNER / np.abs(inner).max(axis=(0, 2))
    return {
        "weight": np.rint(first * scale).T,
        "bias": np.rint(bias * scale * STEPS),
        "shrink": LARGEST / (largest * scale * STEPS),
        "inner": np.rint(inner * inner_scale[:, None]).reshape(-1, hidden_size),
        "inner_bias": np.rint(inner_bias * inner_scale),
        "out": out / inner_scale,
        "skip": skip * largest / LARGEST,
        "odds": odds,
    }


def _stacked(networks):
    """Networks as one, whose answer is the mean of theirs."""
    joined = {
        name: np.concatenate([network[name] for network in networks])
        for name in ("weight", "bias", "shrink", "inner_bias", "out", "skip")
    }
    answers = np.concatenate((joined["out"], joined["skip"])) / len(networks)
    unit = 2.0 ** np.ceil(np.log2(np.abs(answers).max()) - _OUT_BITS)
    return {
        "weight": joined["weight"].astype(np.int8),
        "bias": joined["bias"].astype(np.int32),
        "shrink": joined["shrink"].astype(np.float32),
        "inner": np.stack([network["inner"] for network in networks]).astype(np.int16),
        "inner_bias": joined["inner_bias"].astype(np.int32),
        "out": np.rint(joined["out"] / len(networks) / unit).astype(np.int32),
        "skip": np.rint(joined["skip"] / len(networks) / unit).astype(np.int32),
        "unit": np.array([unit]),
        "odds": np.mean([network["odds"] for network in networks], axis=0),
    }
