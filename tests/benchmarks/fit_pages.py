"""Fits the model that tells main content from the rest: `python -m ...fit_pages`.

Reads the labelled sets that may be fitted on, writes the model file of corpuskit.clean
(or `--out FILE`), and with `--cv` scores models fitted without each page's own site.
The same data and versions give the same bytes on one kind of processor with one thread
(OPENBLAS_NUM_THREADS=1).
"""

import argparse
import json
from pathlib import Path

import numpy as np

from corpuskit.clean import network, page_model
from corpuskit.clean.blocks_features import more_features
from corpuskit.clean.page_keep import tidy
from corpuskit.clean.page_text import join
from tests.benchmarks import _gold, _pages
from tests.benchmarks._fit_gate import OfPages
from tests.benchmarks._fit_network import (
    OfBlocks,
    Recipe,
    Sample,
    fit_networks,
    inputs,
    reader_arrays,
)  # fmt: skip

RECIPES = {
    "general": Recipe(32, 16, 0.15, 0.2, batch=16, rate=3e-3, lessons=0),
    "expert": Recipe(32, 16, 0.1, 0.25, batch=12, rate=4e-3, lessons=24),
    "gate": Recipe(0, 16, 0.1, 0.2, batch=32, rate=3e-3, lessons=90, epochs=60),
}
SET_WEIGHTS = {"wcxb": 1.0, "news": 1.5}
CJK_WEIGHT = 2.0
# Where the general networks are asked there are few articles.
ARTICLE_WEIGHT = 0.3


def sample(page, reader, *, weight=1.0, more=None):
    """A page as networks are fitted on it, that of articles without further columns.

    A block weighs its tokens to the power 0.7, all blocks of a page together one.
    Blocks that repeat gold text that stands elsewhere weigh next to nothing.
    """
    weights = np.maximum(page.tokens, 0.3) ** 0.7
    weights *= np.where(page.is_copy, 0.05, 1.0) / weights.sum()
    weights *= SET_WEIGHTS.get(page.group, CJK_WEIGHT) * page.weight * weight
    values, words = inputs(reader, page.columns, more), page.columns["words"]
    return Sample(values, words, page.share, weights.astype(np.float32))


def page_sample(page, reader, expert):
    """A page as the gate is fitted on it: means of the expert's units, one label."""
    of_blocks = reader.blocks(page.columns.rows)
    of_page = reader.pages(page.columns.pages)
    weights = network.block_weights(page.columns["words"])
    start = np.array([0, len(weights)])
    means = expert.read(of_blocks, of_page, weights, start).means
    values, one = np.concatenate((means, of_page)).T, np.ones(1, np.float32)
    return Sample(values, one, one * page.is_article, one)


def fit(whole):
    """The arrays of a model fitted on these pages and on fragments of them."""
    pages = [*whole, *(page.fragment for page in whole if page.fragment)]
    more = [more_features(page.view) for page in whole]
    read = reader_arrays([page.columns for page in whole], more)
    reader, n_page_inputs = network.reader_from(read), len(read["page_scale"])
    kind, found = OfBlocks(n_page_inputs), {"reader": read}
    samples = [_general(page, reader) for page in pages]
    for number, arrays in enumerate(fit_networks(kind, samples, RECIPES["general"])):
        found[f"general{number}"] = arrays
    samples = [sample(page, reader) for page in pages if page.is_article]
    (found["expert"],) = fit_networks(kind, samples, RECIPES["expert"])
    expert = network.network_from(found["expert"])
    samples = [page_sample(page, reader, expert) for page in whole]
    (found["gate"],) = fit_networks(OfPages, samples, RECIPES["gate"])
    return {
        f"{part}.{name}": values
        for part, arrays in found.items()
        for name, values in arrays.items()
    }


def _general(page, reader):
    """The page as the networks that judge any page are fitted on it."""
    weight = ARTICLE_WEIGHT if page.is_article else 1.0
    return sample(page, reader, weight=weight, more=more_features(page.view))


def cross_validate(pages):
    """Scores by group and mode, each page scored by a model that never saw its site."""
    scorer = _gold.scorer("score_extraction")
    rows = {}
    for fold in range(_pages.FOLDS):
        seen = [page for page in pages if page.fold != fold]
        model = page_model.model_from(fit(seen))
        for page in pages:
            if page.fold != fold:
                continue
            (opinion,) = page_model.judge(model, page.view, page.columns)
            for mode in page_model.MODES:
                kept = page_model.choose(opinion, page.view.words, mode=mode)
                text = join(page.blocks, tidy(page.blocks, kept, page.view.titles()[0]))
                row = scorer.score_page({"id": page.id, "text": page.gold}, text)
                rows.setdefault(f"{page.group} {mode}", []).append(row)
    return {group: scorer.summary(found) for group, found in sorted(rows.items())}


def main():
    """Fits on everything, or scores in cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    default = Path(page_model.__file__).with_name(page_model.MODEL)
    parser.add_argument("--out", type=Path, default=default)
    parser.add_argument("--cv", action="store_true")
    arguments = parser.parse_args()
    pages = _pages.load(_pages.FITTED)
    if arguments.cv:
        scores = cross_validate(pages)
        for group, row in scores.items():
            print(f"{group:24}", row)
        print(json.dumps(scores))
        return
    np.savez_compressed(arguments.out, **fit(pages))
    print(json.dumps({"pages": len(pages), "bytes": arguments.out.stat().st_size}))


if __name__ == "__main__":
    main()
