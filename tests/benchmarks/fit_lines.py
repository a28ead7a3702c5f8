"""Fits the trees that choose the lines of flattened pages, and cross-validates them.

Run: python -m tests.benchmarks.fit_lines [--write]

Fitted on the articles of `wcxb`, on `cjk` and on `news`, each page flattened in several
ways, and on gold texts by themselves, where every line is content. `aeb` is measured
only. Sites never stand on both sides of a fold.
"""

import argparse
import json
import random
import textwrap
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import corpuskit.clean.lines_features as features
from corpuskit.clean import lines_model
from corpuskit.clean.lines_split import Lines, split_lines
from tests.benchmarks._line_data import (
    FLATTENED,
    NODES,
    REGIONS,
    SETS,
    label_lines,
    load_pages,
    score_module,
)
from tests.benchmarks._pack_trees import pack

FOLDS = 3
TREES = 200
_ROWS = 110
_SCALE = {"news": 2.0, "cjk": 2.5, "wcxb": 1.0, "aeb": 0.0}
_WEIGHTS = {FLATTENED: 1.0, NODES: 0.6, REGIONS: 0.5, "dense": 0.4, "gold": 0.3}
_PARAMETERS = {
    "objective": "cross_entropy",
    "learning_rate": 0.05,
    "num_leaves": 24,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.25,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 3,
    "max_bin": 63,
    "num_threads": 1,
    "verbose": -1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "use_missing": False,
}


@dataclass
class Sample:
    """One page flattened in one way."""

    page: object
    way: str
    lines: list[str]
    matrix: np.ndarray
    words: np.ndarray
    share: np.ndarray
    weight: np.ndarray


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the model file")
    arguments = parser.parse_args()
    samples = [sample for name in SETS for sample in _samples(name)]
    fitted = [s for s in samples if s.page.set != "aeb"]
    print(
        f"{len(samples)} samples, {sum(len(s.lines) for s in fitted)} lines to fit on"
    )
    table = defaultdict(list)
    booster = _fit(fitted)
    if arguments.write:
        path = Path(lines_model.__file__).with_name("lines.npz")
        np.savez_compressed(path, **pack(booster))
        print(f"{path.name}: {path.stat().st_size} bytes", flush=True)
    for sample in samples:
        if sample.page.set == "aeb":
            _measure(booster, sample, table)
    for fold in range(FOLDS):
        booster = _fit([s for s in fitted if _fold(s.page) != fold])
        for sample in fitted:
            if _fold(sample.page) == fold and sample.page.set != "wcxb":
                _measure(booster, sample, table)
    figures = {
        f"{part} {way}": round(float(np.mean(values)), 4)
        for (part, way), values in sorted(table.items())
    }
    for name, value in figures.items():
        print(f"{name:28}{value:8.4f}")
    print(json.dumps(figures))


def _fold(page):
    return zlib.crc32(page.group.encode()) % FOLDS


def _samples(name):
    """The samples of a set: articles, and gold texts as pages without a frame."""
    rng = random.Random(name)
    for page in load_pages(name, (FLATTENED, NODES, REGIONS)):
        if name == "wcxb" and page.kind != "article":
            continue
        ways = [FLATTENED, NODES, REGIONS]
        if name == "wcxb":
            ways = rng.sample(ways, 2)
        for way in ways:
            lines = split_lines(page.texts[way])
            if not lines.texts:
                continue
            share, tokens = label_lines(lines.texts, page.gold)
            yield _sample(page, way, lines, share, tokens)
            if way == FLATTENED and (name in ("news", "cjk") or rng.random() < 0.3):
                dense = Lines(lines.texts, [0] * len(lines.texts), lines.kinds)
                yield _sample(page, "dense", dense, share, tokens)
        if page.gold.strip() and rng.random() < 0.4:
            lines = split_lines(_wrap(page.gold, rng.choice((0, 64, 72, 78))))
            ones = np.ones(len(lines.texts), np.float32)
            yield _sample(page, "gold", lines, ones, ones * 10)


def _wrap(text, width):
    """The text with its paragraphs broken into lines; 0 leaves them whole."""
    if not width:
        return text
    paragraphs = (textwrap.fill(p, width) for p in text.split("\n") if p.strip())
    return "\n\n".join(paragraphs)


def _sample(page, way, lines, share, tokens):
    matrix, words = features.line_features(lines)
    weight = tokens**0.7 + 0.3
    scale = _SCALE[page.set] * _WEIGHTS[way]
    if page.kind == "forum":
        scale *= 0.2
    weight *= scale / weight.sum()
    return Sample(page, way, lines.texts, matrix, words, share, weight)


def _fit(samples):
    """Trees fitted on a sample of the lines of each page, heavier lines first."""
    import lightgbm

    rng = np.random.RandomState(3)
    rows = []
    for sample in samples:
        odds = np.sqrt(sample.words) + 0.5
        odds = np.minimum(1.0, odds / odds.sum() * _ROWS)
        drawn = rng.rand(len(odds)) < odds
        weight = sample.weight[drawn] / odds[drawn]
        rows.append((sample.matrix[drawn], sample.share[drawn], weight))
    matrix, share, weight = (np.concatenate([row[i] for row in rows]) for i in range(3))
    data = lightgbm.Dataset(matrix, share, weight=weight * len(weight) / weight.sum())
    return lightgbm.train(_PARAMETERS, data, TREES)


def _measure(booster, sample, table):
    """Adds the F1 of one page to the table."""
    if sample.way in ("dense", "gold"):
        return
    score = score_module()
    cut = lines_model.cut_of(sample.matrix[0, features.WIDE_SHARE])
    values = (booster.predict(sample.matrix) - cut) * np.sqrt(sample.words)
    keep = lines_model.best_runs(values, lines_model.CHANGE)
    text = "\n".join(
        line for line, kept in zip(sample.lines, keep, strict=True) if kept
    )
    gold = score.shingles(score.tokens(sample.page.gold))
    found = score.shingles(score.tokens(text))
    table[sample.page.part, sample.way].append(score.overlap(gold, found)[2])


if __name__ == "__main__":
    main()
