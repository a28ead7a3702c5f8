"""Main content extraction: scores by set, and CPU time beside other extractors.

`python -m tests.benchmarks.extraction [--every N] [--sets aeb,...] [--speed]`. Sets
other than `aeb` were fitted on: their honest figures come from `fit_pages --cv`.
Extractors that are not installed are left out.
"""

import argparse
import json
import time

from corpuskit.clean.page import extract
from tests.benchmarks import _gold, _pages


def extractors():
    """Name and function (bytes to text) of every extractor that is installed."""
    found = {"corpuskit": lambda page: extract(page).text}
    try:
        import trafilatura

        found["trafilatura"] = lambda page: trafilatura.extract(page) or ""
        found["trafilatura fast"] = lambda page: (
            trafilatura.extract(page, fast=True) or ""
        )
    except ImportError:
        pass
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding

        found["resiliparse"] = lambda page: extract_plain_text(
            bytes_to_str(page, detect_encoding(page)), main_content=True
        )
    except ImportError:
        pass
    return found


def run(function, pages):
    """Texts of the pages, CPU milliseconds a page, and exceptions raised."""
    texts, raised, spent = [], 0, 0.0
    for page in pages:
        start = time.process_time()
        try:
            texts.append(function(page))
        except Exception:
            raised += 1
            texts.append("")
        spent += time.process_time() - start
    return texts, spent * 1000 / len(pages), raised


def measure(name, every, functions, scorer):
    """Scores of every extractor on one set, by group of pages."""
    found = list(_pages.rows_of(name))[::every]
    for extractor, function in functions.items():
        function(found[0][1])
        texts, ms, raised = run(function, [page for _, page in found])
        groups = {}
        for (row, _), text in zip(found, texts, strict=True):
            scored = scorer.score_page(row, text)
            groups.setdefault(_pages.group_of(name, row), []).append(scored)
        for group, rows in groups.items():
            summary = scorer.summary(rows)
            yield {
                "set": group,
                "extractor": extractor,
                "ms_a_page": round(ms, 2),
                "raised": raised,
                **summary,
            }


def main():
    """Prints a table of scores and times, then one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="take every Nth page")
    parser.add_argument("--sets", default=",".join(_pages.MEASURED))
    parser.add_argument("--alone", action="store_true", help="corpuskit only")
    arguments = parser.parse_args()
    functions = extractors()
    if arguments.alone:
        functions = {"corpuskit": functions["corpuskit"]}
    scorer, rows = _gold.scorer("score_extraction"), []
    names = ("f1", "page_f1", "token_f1", "precision", "recall", "empty", "raised")
    print(f"{'set':14}{'extractor':18}{'pages':>6}", *(f"{n:>9}" for n in names), "ms")
    for name in arguments.sets.split(","):
        for row in measure(name, arguments.every, functions, scorer):
            rows.append(row)
            print(
                f"{row['set']:14}{row['extractor']:18}{row['pages']:6}",
                *(f"{row[n]:9}" for n in names),
                row["ms_a_page"],
            )
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
