"""Fits the model that tells main content from the rest: `python -m ...fit_pages`.

Reads the labelled sets that may be fitted on, writes the model file of corpuskit.clean
(or `--out FILE`), and with `--cv` scores models fitted without each page's own site.
Needs lightgbm. The same data, versions and seed give the same bytes on one kind of
processor with one thread (OPENBLAS_NUM_THREADS=1).
"""

import argparse
import json
from pathlib import Path

import lightgbm
import numpy as np

from corpuskit.clean import page_model
from corpuskit.clean.page_keep import tidy
from corpuskit.clean.page_text import join
from tests.benchmarks import _gold, _pages
from tests.benchmarks._fit_network import Recipe, Sample, fit_network
from tests.benchmarks._pack_trees import pack

RECIPES = {
    "general": Recipe(24, 16, 0.15, 0.2, batch=16, rate=3e-3, seeds=(1, 2, 3, 4)),
    "expert": Recipe(32, 16, 0.1, 0.25, batch=12, rate=4e-3, seeds=(1, 2, 3)),
}
SET_WEIGHTS = {"wcxb": 1.0, "news": 1.5}
CJK_WEIGHT = 2.0
# Where the general model is asked there are few articles.
ARTICLE_WEIGHT = 0.3
GATE_TREES = {"num_leaves": 8, "learning_rate": 0.05, "feature_fraction": 0.15}
GATE_TREES |= {"bagging_fraction": 0.7, "bagging_freq": 1}
GATE_TREES |= {"objective": "binary", "min_data_in_leaf": 15, "n_trees": 300}
GATE_TREES |= {"lambda_l2": 5, "use_missing": False, "verbose": -1, "num_threads": 1}
GATE_TREES |= {"seed": 1, "deterministic": True, "force_row_wise": True}


def sample(page, weight=1.0):
    """A page as networks are fitted on it.

    A block weighs its tokens to the power 0.7, all blocks of a page together one.
    Blocks that repeat gold text that stands elsewhere weigh next to nothing.
    """
    weights = np.maximum(page.tokens, 0.3) ** 0.7
    weights *= np.where(page.is_copy, 0.05, 1.0) / weights.sum()
    weights *= SET_WEIGHTS.get(page.group, CJK_WEIGHT) * page.weight * weight
    words = page.columns["words"]
    return Sample(page.columns.rows, words, page.share, weights.astype(np.float32))


def fit_gate(rows, labels):
    """The trees that tell articles."""
    options = {**GATE_TREES}
    n_trees = options.pop("n_trees")
    data = lightgbm.Dataset(rows, labels, params={"max_bin": 63})
    return pack(lightgbm.train(options, data, n_trees))


def fit(whole, names):
    """The arrays of a model fitted on these pages and on fragments of them."""
    parts = [page.fragment for page in whole if page.fragment]
    pages = [*whole, *parts]
    first = np.zeros(1, np.int64)
    means = [page_model.page_means(page.columns, first) for page in whole]
    is_article = np.array([page.is_article for page in whole], np.float32)
    found = {
        "gate": fit_gate(np.concatenate(means), is_article),
        "general": fit_network([_general(page) for page in pages], RECIPES["general"]),
        "expert": fit_network(
            [sample(page) for page in pages if page.is_article], RECIPES["expert"]
        ),
    }
    arrays = {
        f"{part}.{name}": values
        for part, packed in found.items()
        for name, values in packed.items()
    }
    arrays["columns"] = np.array(names)
    return arrays


def _general(page):
    """The page as the networks that judge any page are fitted on it."""
    return sample(page, ARTICLE_WEIGHT if page.is_article else 1)


def cross_validate(pages, names):
    """Scores by group, each page scored by a model that never saw its site."""
    scorer = _gold.scorer("score_extraction")
    rows = {}
    for fold in range(_pages.FOLDS):
        seen = [page for page in pages if page.fold != fold]
        model = page_model.model_from(fit(seen, names))
        for page in pages:
            if page.fold != fold:
                continue
            (opinion,) = page_model.judge(model, page.view, page.columns)
            kept = page_model.choose(opinion, page.view.words)
            text = join(page.blocks, tidy(page.blocks, kept, page.view.titles()[0]))
            row = scorer.score_page({"id": page.id, "text": page.gold}, text)
            rows.setdefault(page.group, []).append(row)
    return {group: scorer.summary(found) for group, found in sorted(rows.items())}


def main():
    """Fits on everything, or scores in cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    default = Path(page_model.__file__).with_name(page_model.MODEL)
    parser.add_argument("--out", type=Path, default=default)
    parser.add_argument("--cv", action="store_true")
    arguments = parser.parse_args()
    pages = _pages.load(_pages.FITTED)
    names = list(pages[0].columns)
    if arguments.cv:
        scores = cross_validate(pages, names)
        for group, row in scores.items():
            print(f"{group:16}", row)
        print(json.dumps(scores))
        return
    np.savez_compressed(arguments.out, **fit(pages, names))
    print(json.dumps({"pages": len(pages), "bytes": arguments.out.stat().st_size}))


if __name__ == "__main__":
    main()
