"""Plain text cleaning on flattened pages, and on gold texts, which must stay whole.

Run: python -m tests.benchmarks.flattened [--sets aeb,news,cjk]

`aeb` was never fitted on. The other sets were: cross-validated figures of them are what
`fit_lines` prints.
"""

import argparse
import json
import time
from collections import defaultdict

from corpuskit.clean.lines import main_lines
from corpuskit.clean.normalize_text import normalize
from tests.benchmarks._line_data import (
    FLATTENED,
    NODES,
    REGIONS,
    load_pages,
    score_module,
)

WAYS = (FLATTENED, NODES, REGIONS)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", default="aeb,news,cjk")
    names = parser.parse_args().sets.split(",")
    scores, whole = defaultdict(list), defaultdict(list)
    seconds, n_chars = 0.0, 0
    main_lines("Warm up.\nShare\nLog in\nPrint\nMore\n© 2024")
    for name in names:
        for page in load_pages(name, WAYS):
            for way in WAYS:
                start = time.process_time()
                text, _ = main_lines(page.texts[way])
                seconds += time.process_time() - start
                n_chars += len(page.texts[way])
                scores[page.part, way].append(_f1(page.gold, text))
            gold = normalize(page.gold)
            if gold:
                whole[page.part].append(len(main_lines(gold)[0]) / len(gold))
    figures = {f"{part} {way}": _mean(v) for (part, way), v in scores.items()}
    figures |= {f"{part} gold kept": _mean(v) for part, v in whole.items()}
    figures["cpu_ms_per_5000_chars"] = round(seconds * 1e3 / n_chars * 5000, 2)
    for name, value in figures.items():
        print(f"{name:32}{value:8.4f}")
    print(json.dumps(figures))


def _f1(gold, text):
    score = score_module()
    shingles = (score.shingles(score.tokens(t)) for t in (gold, text))
    return score.overlap(*shingles)[2]


def _mean(values):
    return round(sum(values) / len(values), 4)


if __name__ == "__main__":
    main()
