"""The labelled pages as blocks, features and labels; sites, folds and scores."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass, replace

import numpy as np

from corpuskit.clean.blocks import Blocks, to_blocks
from corpuskit.clean.blocks_features import Columns, features
from corpuskit.clean.blocks_view import View, view_of
from corpuskit.clean.meta import Fields, read_fields
from corpuskit.clean.page_decode import decode_page
from corpuskit.clean.tree import parse
from tests.benchmarks import _gold
from tests.benchmarks._page_labels import copies, label

FITTED = ("cjk", "news", "wcxb")
MEASURED = ("aeb", *FITTED)
FOLDS = 4
FRAGMENT_WEIGHT = 0.4
_GROUP = re.compile(r"zh69|[a-z]+-[a-z]+")
_HOST = re.compile(r"https?://([^/:]+)")


@dataclass
class Labelled:
    """A labelled page: its blocks, their features and what of them is main content."""

    id: str
    group: str
    kind: str
    fold: int
    gold: str
    blocks: Blocks
    view: View
    columns: Columns
    tokens: np.ndarray
    share: np.ndarray
    is_copy: np.ndarray
    weight: float = 1.0
    fragment: "Labelled | None" = None

    @property
    def is_article(self):
        return self.kind in ("article", "news")


def rows_of(name):
    """The gold rows of one set, each with the bytes of its page."""
    folder = _gold.need_gold("extraction", name)
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            with gzip.open(folder / row["file"]) as page:
                yield row, page.read()


def group_of(name, row):
    """The set of a page; the three parts of `cjk` stand apart."""
    return _GROUP.match(row["id"])[0] if name == "cjk" else name


def site_of(row):
    """What pages of one site share: the registered domain, or the page itself."""
    match = _HOST.match(row.get("url") or "")
    if not match:
        return row["id"]
    parts = match[1].lower().split(".")
    is_second_level = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2
    return ".".join(parts[-3 if is_second_level else -2 :])


def fold_of(row):
    """The fold of a page, the same for all pages of its site."""
    return int(hashlib.md5(site_of(row).encode()).hexdigest(), 16) % FOLDS


def labelled(name, row, page, scorer):
    """One page with features and labels; None where the tree holds no text."""
    source = decode_page(page)
    blocks = to_blocks(parse(source))
    if not len(blocks):
        return None
    fields = read_fields(source)
    view = view_of([blocks], [fields])
    tokens = [scorer.tokens(text) for text in blocks.text]
    gold = scorer.tokens(row["text"])
    share = label(tokens, gold)
    return Labelled(
        id=row["id"],
        group=group_of(name, row),
        kind=row["kind"],
        fold=fold_of(row),
        gold=row["text"],
        blocks=blocks,
        view=view,
        columns=features(view),
        tokens=np.array([len(block) for block in tokens], np.float32),
        share=np.array(share, np.float32),
        is_copy=np.array(copies(tokens, gold, share)),
    )


def fragment_of(page):
    """The smallest element with all labelled blocks, as a page of its own, or None."""
    found = np.flatnonzero(page.share >= 0.5)
    if not len(found):
        return None
    blocks, best = page.blocks, 0
    for e, (first, last) in enumerate(zip(blocks.first, blocks.last, strict=True)):
        if first <= found[0] and last > found[-1]:
            best = e
    first, last = blocks.first[best], blocks.last[best]
    if last - first < 2 or last - first == len(blocks):
        return None
    part = subtree(blocks, best)
    view = view_of([part], [Fields()])
    return replace(
        page,
        blocks=part,
        view=view,
        columns=features(view),
        tokens=page.tokens[first:last],
        share=page.share[first:last],
        is_copy=page.is_copy[first:last],
        weight=FRAGMENT_WEIGHT,
    )


def subtree(blocks, top):
    """The blocks of one element, as if it were the body of a page."""
    first, last = blocks.first[top], blocks.last[top]
    inside = {top: 0}
    for e in range(top + 1, len(blocks.tag)):
        if blocks.parent[e] not in inside:
            break
        inside[e] = len(inside)
    kept = list(inside)
    return Blocks(
        text=blocks.text[first:last],
        owner=[inside[e] for e in blocks.owner[first:last]],
        n_linked=blocks.n_linked[first:last],
        n_links=blocks.n_links[first:last],
        n_breaks=blocks.n_breaks[first:last],
        tag=[blocks.tag[e] for e in kept],
        parent=[inside.get(blocks.parent[e], 0) for e in kept],
        first=[blocks.first[e] - first for e in kept],
        last=[blocks.last[e] - first for e in kept],
        place=[blocks.place[e] & ~blocks.place[top] for e in kept],
        hint=[blocks.hint[e] for e in kept],
        names=[blocks.names[e] for e in kept],
    )


def load(names):
    """The labelled pages of these sets that have text."""
    scorer = _gold.scorer("score_extraction")
    pages = []
    for name in names:
        for row, page in rows_of(name):
            found = labelled(name, row, page, scorer)
            if found:
                found.fragment = fragment_of(found)
                pages.append(found)
    return pages
