"""Labelled pages as flattened text in several ways, and the gold in each line.

The text of `flattened/` is one way to flatten a page. Others are made here from the
HTML: a line for each text node, a line for each region. Lines are aligned with the gold
text by the heaviest chain of matching three-token sequences in both.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from corpuskit.clean.normalize_text import normalize
from corpuskit.clean.page_decode import decode_page
from tests.benchmarks._gold import need_gold, scorer

SETS = ("aeb", "news", "cjk", "wcxb")
FLATTENED, NODES, REGIONS = "flattened", "nodes", "regions"

_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "svg", "head", "iframe", "textarea")
)
_REGIONS = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "blockquote",
        "pre",
        "header",
        "footer",
        "nav",
        "aside",
        "main",
        "form",
        "figure",
        "dl",
        "br",
        "body",
    )
)
_INLINE = frozenset(
    (
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "font",
        "u",
        "small",
        "sup",
        "sub",
        "code",
        "abbr",
        "mark",
    )
)
_SPACE = re.compile(r"\s+")
_MAX_PLACES = 30


@cache
def score_module():
    """The scorer of main content."""
    return scorer("score_extraction")


@dataclass(frozen=True)
class LabelledPage:
    set: str
    id: str
    group: str
    kind: str
    gold: str
    texts: dict[str, str]

    @property
    def part(self):
        """The set, or the part of it that is reported apart."""
        if self.set == "cjk":
            return re.match(r"zh69-|magic-[a-z]+-", self.id)[0]
        return self.set


def load_pages(name, ways=(FLATTENED,)):
    """The pages of a set, flattened in these ways."""
    path = need_gold("flattened", f"{name}.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        flat = {row["id"]: row["text"] for row in map(json.loads, lines)}
    folder = need_gold("extraction", name)
    rows = (folder / "gold.jsonl").read_text(encoding="utf-8").strip().split("\n")
    for row in map(json.loads, rows):
        texts = {FLATTENED: normalize(flat.get(row["id"], ""))}
        if set(ways) - {FLATTENED}:
            page = gzip.decompress(
                (folder / "html" / f"{row['id']}.html.gz").read_bytes()
            )
            body = LexborHTMLParser(decode_page(page)).body
            for way in set(ways) - {FLATTENED}:
                texts[way] = normalize("\n".join(_flatten(body, way)) if body else "")
        host = re.sub(r"^https?://(?:www\.)?|/.*", "", row.get("url") or "")
        yield LabelledPage(
            name,
            row["id"],
            host or row["id"],
            row.get("kind") or "",
            row["text"],
            texts,
        )


def _flatten(body, way):
    """The lines of a page: one a text node, or one a region."""
    lines, parts = [], []

    def flush():
        if line := _SPACE.sub(" ", "".join(parts)).strip():
            lines.append(line)
        parts.clear()

    stack = [(body, False)]
    while stack:
        node, is_end = stack.pop()
        tag = node.tag
        if tag == "-text":
            parts.append(node.text_content or "")
            if way == NODES:
                flush()
            continue
        if not tag or tag in _SKIPPED or tag.startswith(("-", "_")):
            continue
        if tag in _REGIONS:
            flush()
        elif tag not in _INLINE:
            parts.append(" ")
        if is_end:
            continue
        stack.append((node, True))
        children, child = [], node.child
        while child is not None:
            children.append((child, False))
            child = child.next
        stack += reversed(children)
    flush()
    return lines


def label_lines(lines, gold):
    """The share of each line that is gold, and its number of tokens."""
    score = score_module()
    wanted = [token.lower() for token in score.tokens(gold)]
    tokens = [[token.lower() for token in score.tokens(line)] for line in lines]
    chains = _heaviest_chain(_candidates(tokens, wanted), len(wanted))
    share = np.zeros(len(lines), np.float32)
    used = np.zeros(len(wanted) + 1, bool)
    for number, place, _, cover in chains[0]:
        share[number] = max(share[number], cover)
        used[place : place + len(tokens[number])] = True
    for number, place, _, cover in chains[1]:
        size = len(tokens[number])
        free = not used[place : place + size].any()
        if share[number] == 0 and size >= 8 and cover >= 0.8 and free:
            share[number] = cover
            used[place : place + size] = True
    return share, np.array([len(line) for line in tokens], np.float32)


def _candidates(tokens, wanted):
    """Where each line may stand in the gold: (line, place, matches, share)."""
    threes, ones = defaultdict(list), defaultdict(list)
    for i, token in enumerate(wanted):
        ones[token].append(i)
        if i + 3 <= len(wanted):
            threes[tuple(wanted[i : i + 3])].append(i)
    found = []
    for number, line in enumerate(tokens):
        size = len(line)
        if 0 < size < 3:
            places = ones.get(line[0], ())[:_MAX_PLACES]
            found += [
                (number, p, 0.4 * size, 1.0)
                for p in places
                if wanted[p : p + size] == line
            ]
            continue
        votes = Counter(
            p - i
            for i in range(size - 2)
            for p in threes.get(tuple(line[i : i + 3]), ())[:_MAX_PLACES]
        )
        for offset, _ in votes.most_common(3):
            reach = max(3, size // 8)
            near = sum(n for o, n in votes.items() if abs(o - offset) <= reach)
            cover = min(1.0, (near + 2) / size)
            if cover >= 0.3:
                found.append((number, max(0, offset), near, cover))
    return sorted(found, key=lambda c: (c[0], -c[1]))


def _heaviest_chain(candidates, size):
    """The chain of candidates in the order of both texts; and all candidates."""
    tree = [(0.0, -1)] * (size + 3)
    came_from, best = [], (0.0, -1)
    for k, (_, place, weight, _) in enumerate(candidates):
        top, i = (0.0, -1), place + 1
        while i > 0:
            top = max(top, tree[i])
            i -= i & -i
        came_from.append(top[1])
        total = (top[0] + weight, k)
        best = max(best, total)
        i = place + 2
        while i < len(tree):
            tree[i] = max(tree[i], total)
            i += i & -i
    chain, k = [], best[1]
    while k >= 0:
        chain.append(candidates[k])
        k = came_from[k]
    return chain, candidates
