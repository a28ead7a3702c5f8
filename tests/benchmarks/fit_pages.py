"""Fits the model that tells main content from the rest: `python -m ...fit_pages`.

Reads the labelled sets that may be fitted on, writes the model file of corpuskit.clean
(or `--out FILE`), and with `--cv` scores models fitted without each page's own site.
Needs lightgbm. The same data, versions and seed give the same bytes on one kind of
processor with one thread (OPENBLAS_NUM_THREADS=1).
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import lightgbm
import numpy as np

from corpuskit.clean import page_model
from corpuskit.clean.page_keep import tidy
from corpuskit.clean.page_text import join
from tests.benchmarks import _gold, _pages
from tests.benchmarks._fit_network import fit_network
from tests.benchmarks._pack_trees import pack

SEED = 1
N_BAGS, BAG_SHARE = 4, 0.75
ROWS_A_PAGE = 110
SET_WEIGHTS = {"wcxb": 1.0, "news": 1.5}
CJK_WEIGHT = 2.0
BLOCK_TREES = {"num_leaves": 16, "learning_rate": 0.25, "feature_fraction": 0.35}
BLOCK_TREES |= {"bagging_fraction": 0.7, "bagging_freq": 1}
BLOCK_TREES |= {"objective": "cross_entropy", "min_data_in_leaf": 50, "n_trees": 40}
# Where the general model is asked there are few articles.
ARTICLE_WEIGHT = 0.3
GATE_TREES = {"num_leaves": 8, "learning_rate": 0.05, "feature_fraction": 0.15}
GATE_TREES |= {"bagging_fraction": 0.7, "bagging_freq": 1}
GATE_TREES |= {"objective": "binary", "min_data_in_leaf": 15, "n_trees": 300}
NETWORK_SEEDS = {"general": (1, 2), "expert": (1,)}
COMMON = {"lambda_l2": 5, "use_missing": False, "verbose": -1, "num_threads": 1}
COMMON |= {"seed": SEED, "max_bin": 63, "deterministic": True, "force_row_wise": True}


def sample(pages):
    """Rows to fit on: block numbers and weights of each page; big pages are thinned.

    A block weighs its tokens to the power 0.7, all blocks of a page together one.
    Blocks that repeat gold text that stands elsewhere weigh next to nothing.
    """
    rng = np.random.default_rng(SEED)
    for page in pages:
        weight = np.maximum(page.tokens, 0.3) ** 0.7
        weight /= weight.sum()
        size = len(weight)
        wanted = weight + 0.3 / size + 0.6 / size * (page.share > 0.05)
        chance = np.minimum(wanted / wanted.sum() * ROWS_A_PAGE, 1)
        if size <= ROWS_A_PAGE:
            chance = np.ones(size)
        picked = np.flatnonzero(rng.random(size) < chance)
        by_set = SET_WEIGHTS.get(page.group, CJK_WEIGHT) * page.weight
        ignored = np.where(page.is_copy, 0.05, 1.0)
        yield picked, (by_set * ignored * weight / chance)[picked]


def fit_trees(rows, labels, weights, options):
    """A fitted booster."""
    options = {**COMMON, **options}
    n_trees = options.pop("n_trees")
    weights = weights / weights.mean()
    data = lightgbm.Dataset(rows, labels, weight=weights, params={"max_bin": 63})
    return lightgbm.train(options, data, n_trees)


def rows_of(pages, names):
    """Rows of the named columns to fit on, with labels and weights."""
    rows, labels, weights = [], [], []
    for page, (picked, weight) in zip(pages, sample(pages), strict=True):
        rows.append(np.stack([page.columns[name][picked] for name in names], 1))
        labels.append(page.share[picked])
        weights.append(weight)
    return np.concatenate(rows), np.concatenate(labels), np.concatenate(weights)


def fit_bags(pages, names):
    """The mean of several sets of trees, each fitted on a part of the pages."""
    rng = np.random.default_rng(SEED)
    bags = []
    for number in range(N_BAGS):
        chosen = rng.random(len(pages)) < BAG_SHARE
        bag = [page for page, is_in in zip(pages, chosen, strict=True) if is_in]
        options = {**BLOCK_TREES, "seed": SEED + number}
        bags.append(pack(fit_trees(*rows_of(bag, names), options)))
    n_splits = np.cumsum([0, *(len(bag["feature"]) for bag in bags)])
    arrays = {
        name: np.concatenate([bag[name] for bag in bags])
        for name in ("feature", "threshold", "mask")
    }
    starts = zip(bags, n_splits[:-1], strict=True)
    arrays["start"] = np.concatenate([bag["start"] + first for bag, first in starts])
    arrays["leaf"] = np.concatenate([bag["leaf"] for bag in bags]) / np.float32(N_BAGS)
    arrays["bias"] = np.mean([bag["bias"] for bag in bags], axis=0)
    return arrays


def fit(whole, names):
    """The arrays of a model fitted on these pages and on fragments of them."""
    parts = [page.fragment for page in whole if page.fragment]
    pages = [*whole, *parts]
    first = np.zeros(1, np.int64)
    means = [page_model.page_means(page.columns, first) for page in whole]
    is_article = np.array([page.is_article for page in whole], np.float32)
    gate = fit_trees(np.concatenate(means), is_article, np.ones(len(whole)), GATE_TREES)
    found = {"gate": pack(gate)}
    for part, chosen in (
        ("general", [_general(page) for page in pages]),
        ("expert", [page for page in pages if page.is_article]),
    ):
        found[part] = fit_bags(chosen, names)
        found[f"{part}_network"] = fit_network(
            *rows_of(chosen, names), NETWORK_SEEDS[part]
        )
    arrays = {
        f"{part}.{name}": values
        for part, packed in found.items()
        for name, values in packed.items()
    }
    arrays["columns"] = np.array(names)
    return arrays


def _general(page):
    """The page as the general model is fitted on it."""
    weight = page.weight * (ARTICLE_WEIGHT if page.is_article else 1)
    return replace(page, weight=weight)


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
