"""Makes the table that tells kanji from Chinese: python -m tests.benchmarks.make_kanji.

Needs `pip install jieba janome opencc-python-reimplemented`: word frequencies of jieba
(MIT) for Chinese, word costs of IPADIC (as in janome) for Japanese, OpenCC (Apache-2.0)
for Traditional forms. Values are logarithms of Japanese over Chinese, in halves.
"""

import importlib.util
import json
import math
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

from corpuskit.scripts import HAN
from tests.benchmarks.make_tables import DATA, dictionary

N_BIGRAMS = 40_000
FLOOR = 1e-6
HAN_RUN = re.compile(f"[{HAN}]+")
HEADER = """\
# Japanese against Chinese, log odds in halves, made by tests/benchmarks/make_kanji.py.
# From the word frequencies of jieba (MIT, (c) 2013 Sun Junyi) and of IPADIC ((c) 2000
# to 2007 Nara Institute of Science and Technology, free use with this notice), and
# OpenCC (Apache-2.0). "u": odds against Simplified, against Traditional, characters;
# "b": odds of pairs beyond those of their second character, pairs.
"""


class Counts:
    """Characters and neighbouring pairs of one way of writing."""

    def __init__(self):
        self.single, self.pairs = Counter(), Counter()

    def add(self, word, weight):
        for character in word:
            self.single[character] += weight
        for start in range(len(word) - 1):
            self.pairs[word[start : start + 2]] += weight

    def close(self):
        self.total = self.single.total()
        self.first = Counter()
        for pair, n in self.pairs.items():
            self.first[pair[0]] += n
        return self

    def p(self, character):
        return self.single[character] / self.total * 0.999 + FLOOR

    def p_pair(self, pair):
        if pair[0] not in self.first:
            return self.p(pair[1])
        share = self.pairs[pair] / self.first[pair[0]]
        return (share + self.p(pair[1])) / 2


def chinese():
    spec = importlib.util.find_spec("jieba")
    path = Path(spec.submodule_search_locations[0], "dict.txt")
    forms = {c: f[0] for c, f in dictionary("STCharacters.txt").items()}
    table = str.maketrans(forms)
    hans, hant = Counts(), Counts()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, n, *_ = line.split()
        if HAN_RUN.fullmatch(word):
            weight = int(n) ** 0.75
            hans.add(word, weight)
            hant.add(word.translate(table), weight)
    return hans.close(), hant.close()


def japanese():
    found = Counts()
    entries = import_module("janome.sysdic").entries(compact=True)
    for surface, _, _, cost in entries.values():
        weight = math.exp(-min(max(cost, 2500), 12000) / 1500) * 1e4
        for run in HAN_RUN.findall(surface):
            found.add(run, weight)
    return found.close()


def halves(odds, most):
    return max(-2 * most, min(2 * most, round(2 * math.log(odds))))


def rows():
    """Group name -> characters or pairs that share their values."""
    ja, (hans, hant) = japanese(), chinese()
    groups = {}
    for c in sorted({*ja.single, *hans.single, *hant.single}):
        odds = halves(ja.p(c) / hans.p(c), 9), halves(ja.p(c) / hant.p(c), 9)
        if odds != (0, 0):
            groups.setdefault(("u", *odds), []).append(c)
    both = Counter(hans.pairs)
    for pair, n in hant.pairs.items():
        both[pair] = max(n, both[pair])
    pairs = {p for p, _ in ja.pairs.most_common(N_BIGRAMS)}
    pairs |= {p for p, _ in both.most_common(N_BIGRAMS)}
    for pair in sorted(pairs):
        odds = ja.p_pair(pair) / max(hans.p_pair(pair), hant.p_pair(pair))
        single = ja.p(pair[1]) / max(hans.p(pair[1]), hant.p(pair[1]))
        value = halves(odds / single, 6)
        if abs(value) >= 2:
            groups.setdefault(("b", value), []).append(pair)
    return groups


def main():
    groups = rows()
    lines = [
        "\t".join((*map(str, key), "".join(members)))
        for key, members in sorted(groups.items())
    ]
    path = DATA / "kanji.txt"
    text = HEADER + "".join(f"{line}\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")
    figures = {"groups": len(groups), "bytes": path.stat().st_size}
    print(figures)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
