"""Fits what tells Japanese in kanji alone from Chinese.

python -m tests.benchmarks.fit_kanji [--write]

Pieces of 3 to 20 Chinese characters from labelled text, kana left out. Each quarter of
the documents is judged with the weights fitted on the others; printed are the shares
called Japanese, by true language and size.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from corpuskit.language import han, kanji
from tests.benchmarks.langid import items
from tests.benchmarks.langid_speed import HAN_RE

DATA = Path(kanji.__file__).parent / "data" / "kanji.json"
SIZES = (3, 4, 5, 6, 8, 10, 15, 20)
FOLDS = 4
RIDGE = 1e-3


def pieces(rows):
    """Size, language and script, fold and text of all pieces."""
    for row in rows:
        if row["lang"] not in ("ja", "zh") or row["length_class"] == "mixed":
            continue
        text = "".join(HAN_RE.findall(row["text"]))
        fold = hashlib.sha1(row["id"].encode()).digest()[0] % FOLDS
        for size in SIZES:
            for start in range(0, len(text) - size + 1, size):
                yield size, row["script"], fold, text[start : start + size]


def fit(values, is_ja):
    """The weights of a logit that counts both languages alike, by Newton's steps."""
    scale = values.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = values / scale
    weights = np.zeros(values.shape[1])
    importance = np.where(is_ja, 1.0, is_ja.sum() / (~is_ja).sum())
    for _ in range(60):
        found = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (importance * (found - is_ja)) / len(is_ja) + RIDGE * weights
        bend = importance * found * (1 - found) / len(is_ja)
        curve = (scaled * bend[:, None]).T @ scaled + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights / scale


def judged(rows, values, weights):
    """How many pieces of each size and script are called Japanese."""
    kanji._weights = lambda: tuple(weights.tolist())
    counts = Counter()
    for (size, script, _, text), known in zip(rows, values, strict=True):
        kanji.features = lambda text, n_han, known=known: known
        counts[size, script] += kanji.judge(text, size)[0]
    return counts


def by_script(item):
    size, script = item[0]
    return script, size


def main():
    rows, known = [], []
    totals = Counter()
    for row in pieces(items()):
        totals[row[0], row[1]] += 1
        if han.may_be_japanese(Counter(row[3])):
            rows.append(row)
            known.append(kanji.features(row[3], row[0]))
    values = np.array(known)
    is_ja = np.array([script == "Jpan" for _, script, _, _ in rows])
    folds = np.array([fold for _, _, fold, _ in rows])
    fitted = fit(values, is_ja)
    counts = Counter()
    for fold in range(FOLDS):
        own = folds == fold
        some = [row for row, mine in zip(rows, own, strict=True) if mine]
        counts += judged(some, values[own].tolist(), fit(values[~own], is_ja[~own]))
    figures = {
        f"{script}_{size}": round(counts[size, script] / total, 4)
        for (size, script), total in sorted(
            totals.items(), key=lambda item: item[0][::-1]
        )
    }
    for name, share in figures.items():
        print(f"{name:10}{share:8.4f}")
    if "--write" in sys.argv:
        table = dict(zip(kanji.KANJI, np.round(fitted, 3).tolist(), strict=True))
        text = json.dumps(table, indent=1) + "\n"
        DATA.write_text(text, encoding="utf-8", newline="\n")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
