"""Fits the weights of the vote on labelled text; prints both halves, each unseen.

python -m tests.benchmarks.fit_language [--write]

Without --write the weights in the package stay as they are. Each half is scored with
the weights fitted on the other one, to show that the fit generalises.
"""

import json
import sys
from pathlib import Path

import numpy as np

from corpuskit.language import vote
from corpuskit.language.gathering import look
from corpuskit.language.opinions import gather
from tests.benchmarks._gold import scorer
from tests.benchmarks.langid import half, items

DATA = Path(vote.__file__).parent / "data" / "vote.json"
N_CANDIDATES = 16
RIDGE = 1e-5
STEPS = 2000


class Fold:
    """Compares languages as the scorer does."""

    def __init__(self):
        self.norm = scorer("score_langid").norm

    def __call__(self, tag):
        return self.norm(tag)[0]


def cases(rows, fold):
    """The evidence of every item that its script does not decide."""
    for row in rows:
        if row["length_class"] in ("mixed", "nolang"):
            continue
        seen = look(row["text"])
        if seen.decided is None:
            yield row, gather(seen.text, seen.n_letters), fold(row["lang"])


def table(found, fold):
    """Features, masks and the right candidate of all cases."""
    shape = (len(found), N_CANDIDATES, len(vote.FEATURES))
    features, mask = np.zeros(shape), np.zeros(shape[:2], bool)
    right = np.full(len(found), -1)
    for i, (_, evidence, language) in enumerate(found):
        for j, (tag, values) in enumerate(vote.features(evidence).items()):
            features[i, j], mask[i, j] = values, True
            if fold(tag) == language:
                right[i] = j
    return features, mask, right


def shares(features, mask, weights):
    logits = np.where(mask, features @ weights, -1e9)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def descend(gradient, size):
    """Minimises by Adam with a falling step, from zero."""
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        slope = gradient(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        rate = 0.1 * (1 - step / STEPS) + 1e-3
        weights -= (
            rate
            * (first / (1 - 0.9**step))
            / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
        )
    return weights


def fit_features(features, mask, right):
    rows = np.arange(len(right))
    scale = features[mask].std(axis=0) + 1e-6
    scaled = features / scale

    def gradient(weights):
        errors = shares(scaled, mask, weights)
        errors[rows, right] -= 1
        slope = np.tensordot(errors, scaled, ([0, 1], [0, 1])) / len(right)
        return slope + 2 * RIDGE * weights

    return descend(gradient, features.shape[-1]) / scale


def fit_outcome(values, is_right, importance):
    """The weights of the outcome; importance: how much each case counts."""
    scale = values.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = values / scale

    def gradient(weights):
        errors = 1 / (1 + np.exp(-scaled @ weights)) - is_right
        errors *= importance
        return scaled.T @ errors / len(is_right) + 2 * RIDGE * weights

    return descend(gradient, values.shape[1]) / scale


def outcomes(found, features, mask, weights, fold):
    """The features of every outcome, and whether it is right."""
    won = shares(features, mask, weights)
    values, is_right = [], []
    for (_, evidence, language), share in zip(found, won, strict=True):
        tags = list(vote.features(evidence))
        ranking = sorted(zip(share.tolist(), tags, strict=False), reverse=True)
        if not ranking:
            values.append([0.0] * len(vote.OUTCOME))
            is_right.append(False)
            continue
        values.append(vote.outcome(evidence, ranking))
        is_right.append(fold(ranking[0][1]) == language)
    return np.array(values), np.array(is_right)


def fit(found, fold):
    features, mask, right = table(found, fold)
    known = right >= 0
    weights = fit_features(features[known], mask[known], right[known])
    values, is_right = outcomes(found, features, mask, weights, fold)
    core = scorer("score_langid").CORE
    importance = np.array(
        [2.0 if language in core else 1.0 for _, _, language in found]
    )
    quick, is_quick = agreements(found)
    return (
        weights,
        fit_outcome(values, is_right, importance),
        fit_outcome(quick, is_right[is_quick], importance[is_quick]),
    )


def agreements(found):
    """The features of the cases on which two engines agree, and which these are."""
    rows = [vote.agreed(evidence) for _, evidence, _ in found]
    return np.array([row for row in rows if row]), np.array([bool(row) for row in rows])


def error_of_calibration(scores, is_right):
    bins = np.minimum((scores * 10).astype(int), 9)
    sums = [abs((scores - is_right)[bins == b].sum()) for b in range(10)]
    return sum(sums) / len(scores)


def show(found, fitted, fold):
    """Accuracy and calibration of the weights on these cases."""
    weights, second, third = fitted
    features, mask, _ = table(found, fold)
    values, is_right = outcomes(found, features, mask, weights, fold)
    scores = 1 / (1 + np.exp(-values @ second))
    quick, is_quick = agreements(found)
    scores[is_quick] = 1 / (1 + np.exp(-quick @ third))
    core = scorer("score_langid").CORE
    in_core = np.array([language in core for _, _, language in found])
    figures = {
        "all": is_right.mean(),
        "ece": error_of_calibration(scores, is_right),
        "core": is_right[in_core].mean(),
        "core_ece": error_of_calibration(scores[in_core], is_right[in_core]),
    }
    for name in ("word", "pair", "headline", "sentence", "noisy"):
        own = np.array([row["length_class"] == name for row, _, _ in found])
        figures[name] = is_right[own & in_core].mean()
    return {name: round(float(value), 4) for name, value in figures.items()}


def write(fitted):
    names = {"features": vote.FEATURES, "outcome": vote.OUTCOME, "agreed": vote.AGREED}
    values = {
        part: dict(zip(keys, np.round(weights, 3).tolist(), strict=True))
        for (part, keys), weights in zip(names.items(), fitted, strict=True)
    }
    DATA.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8", newline="\n")


def main():
    fold = Fold()
    found = list(cases(items(), fold))
    figures = {}
    for side in (0, 1):
        mine = [case for case in found if half(case[0]) == side]
        other = [case for case in found if half(case[0]) != side]
        figures[f"half{side}_unseen"] = show(mine, fit(other, fold), fold)
        print(f"half {side}, fitted on the other:", figures[f"half{side}_unseen"])
    fitted = fit(found, fold)
    figures["all_seen"] = show(found, fitted, fold)
    print("all, fitted on all:", figures["all_seen"])
    if "--write" in sys.argv:
        write(fitted)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
