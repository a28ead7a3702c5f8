"""Arithmetic over one number a line: means of windows, the best run, signed logs."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def window_mean(values: Floats, reach: int) -> Floats:
    """The mean over each line and as many lines before and after it."""
    n = len(values)
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    index = np.arange(n)
    low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, n)
    mean: Floats = ((sums[high] - sums[low]) / (high - low)).astype(np.float32)
    return mean


def best_segment(scores: Floats) -> tuple[int, int]:
    """First and last line of the run of lines with the greatest sum of scores."""
    sums = np.cumsum(scores, dtype=np.float64)
    before = np.concatenate(([0.0], sums[:-1]))
    lowest = np.minimum.accumulate(before)
    end = int(np.argmax(sums - lowest))
    start = int(np.argmin(before[: end + 1]))
    return start, end


def signed_log(values: Floats) -> Floats:
    """The logarithm of the size of each value, with its sign."""
    logs: Floats = np.sign(values) * np.log1p(np.abs(values))
    return logs
