"""Fits a network of one hidden layer and brings it to whole numbers, with numpy alone.

The layer is that of several networks, fitted one by one from other random beginnings,
whose answers are averaged: Adam with decay, a falling rate and dropped hidden units.
The same data give the same bytes on one kind of processor with one thread
(OPENBLAS_NUM_THREADS=1).
"""

import numpy as np

from corpuskit.clean.blocks_features import NUMBERS
from corpuskit.clean.network import NUMBER, SIGNED, STEPS, inputs, to_steps

HIDDEN = 64
EPOCHS = 10
BATCH = 1024
RATE, DECAY = 3e-3, 1e-3
DROPPED = 0.1
CODED = {"tag": 19, "cue": 6, "ends_class": 9}
_LARGEST_WEIGHT = 127
_OUT_BITS = 20


def layout(rows):
    """Column and code of each input: numbers first, then each code of some columns."""
    signed = (rows < 0).any(axis=0)
    numbers = [number for name, number in NUMBERS.items() if name not in CODED]
    pairs = [(number, SIGNED) for number in numbers if signed[number]]
    pairs += [(number, NUMBER) for number in numbers if not signed[number]]
    for name, n_codes in CODED.items():
        pairs += [(NUMBERS[name], code) for code in range(n_codes)]
    column, code = np.array(pairs).T
    return column, code.astype(np.float32)[:, None]


def fit_network(rows, labels, weights, seeds):
    """The arrays of a network fitted on rows of all columns (n x d)."""
    column, code = layout(rows)
    whole = inputs(np.ascontiguousarray(rows.T, np.float32), column, code)
    mean = whole.mean(axis=1, dtype=np.float64).astype(np.float32)[:, None]
    spread = whole.std(axis=1, dtype=np.float64) + 1e-3
    scale = (STEPS / spread).astype(np.float32)[:, None]
    whole -= mean
    to_steps(whole, scale)
    values = np.ascontiguousarray(whole.T) / np.float32(STEPS)
    weights = weights / weights.mean()
    fitted = [
        _descend(values, labels, weights, np.random.default_rng(seed)) for seed in seeds
    ]
    first, hidden_bias, last = (
        np.concatenate(parts, axis=-1) for parts in list(zip(*fitted, strict=True))[:3]
    )
    bias = np.mean([parts[3] for parts in fitted], axis=0)
    found = {"column": column.astype(np.int16), "code": code[:, 0].astype(np.int8)}
    found |= {"mean": mean[:, 0], "scale": scale[:, 0]}
    return found | _whole(first, hidden_bias, last / len(fitted), bias)


def _descend(values, labels, weights, rng):
    """Weights and biases of both layers."""
    n, size = values.shape
    first = rng.standard_normal((size, HIDDEN)) * 0.7 * np.sqrt(2 / size)
    last = rng.standard_normal(HIDDEN) * np.sqrt(1 / HIDDEN)
    parts = [first, np.zeros(HIDDEN), last, np.zeros(1)]
    parts = [part.astype(np.float32) for part in parts]
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in parts]
    n_steps, step = EPOCHS * (n // BATCH), 0
    for _ in range(EPOCHS):
        order = rng.permutation(n)
        for start in range(0, n - BATCH + 1, BATCH):
            picked = order[start : start + BATCH]
            step += 1
            slopes = _slopes(
                parts, values[picked], labels[picked], weights[picked], rng
            )
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / n_steps))
            for part, slope, (mean, square) in zip(parts, slopes, moments, strict=True):
                mean += 0.1 * (slope - mean)
                square += 0.001 * (slope * slope - square)
                size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
                part -= rate * (mean / (1 - 0.9**step) / size + DECAY * part)
    return parts


def _slopes(parts, values, labels, weights, rng):
    """How the loss of some rows changes with each weight and bias."""
    first, hidden_bias, last, bias = parts
    hidden = np.maximum(values @ first + hidden_bias, 0)
    kept = rng.random(hidden.shape, dtype=np.float32) >= DROPPED
    hidden *= kept / np.float32(1 - DROPPED)
    chance = 1 / (1 + np.exp(-(hidden @ last + bias[0])))
    error = ((chance - labels) * weights / len(labels)).astype(np.float32)
    below = error[:, None] * last * (hidden > 0) / np.float32(1 - DROPPED)
    sums = (values.T @ below, below.sum(axis=0), hidden.T @ error, error.sum()[None])
    return sums


def _whole(first, hidden_bias, last, bias):
    """The layers in whole numbers, each hidden unit on a scale of its own."""
    scale = _LARGEST_WEIGHT / np.abs(first).max(axis=0).astype(np.float64)
    out = last / (STEPS * scale)
    unit = 2.0 ** np.ceil(np.log2(np.abs(out).max()) - _OUT_BITS)
    return {
        "weight": np.rint(first * scale).T.astype(np.int8),
        "hidden_bias": np.rint(hidden_bias * scale * STEPS).astype(np.int32),
        "out": np.rint(out / unit).astype(np.int32),
        "unit": np.array([unit]),
        "bias": bias.astype(np.float64),
    }
