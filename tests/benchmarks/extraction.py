"""Main content extraction: scores by set, and CPU time beside other extractors.

`python -m tests.benchmarks.extraction [--every N] [--sets aeb,...] [--at-once 12]
[--turn 12]`.
Sets other than `aeb` were fitted on: their honest figures come from `fit_pages --cv`.
Extractors that are not installed are left out. corpuskit is given so many pages at once
as it is told; `corpuskit clean` works out twelve. A second table says which stage of
corpuskit takes how much of the time, and how far that is above its floor: parsing the
page and walking over the tree once.
"""

import argparse
import json
import time

from corpuskit.clean.blocks import to_blocks
from corpuskit.clean.blocks_features import features
from corpuskit.clean.blocks_view import view_of
from corpuskit.clean.meta import read_fields
from corpuskit.clean.meta_byline import with_byline
from corpuskit.clean.page import extract, extract_all
from corpuskit.clean.page_decode import decode_page
from corpuskit.clean.page_keep import tidy
from corpuskit.clean.page_model import choose, judge, load_model
from corpuskit.clean.page_text import join
from corpuskit.clean.tree import parse
from tests.benchmarks import _gold, _pages

CORPUSKIT = "corpuskit"
TURN = 12


def extractors():
    """Name and function (bytes to text) of every extractor that is installed."""
    found = {CORPUSKIT: lambda page: extract(page).text}
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


def together(pages):
    """The texts of several pages, worked out as `corpuskit clean` does."""
    sources = [decode_page(page) for page in pages]
    options = {"mode": "balanced", "parser": "lexbor", "markdown": False, "keep": ()}
    found = extract_all(sources, [""] * len(pages), **options)
    return [page.text for page in found]


def run(functions, pages, at_once=1, turn=TURN):
    """What each extractor makes of the pages: texts, CPU ms a page, exceptions raised.

    They take turns with every `turn` pages, as the speed of a machine changes from
    minute to minute. Turns of one page measure each one with caches that another has
    just filled: slower, the more so the quicker it is.
    """
    found = {name: ([], [0.0], [0]) for name in functions}
    for first in range(0, len(pages), turn):
        part = pages[first : first + turn]
        for name, function in functions.items():
            if at_once > 1 and name == CORPUSKIT:
                groups = range(0, len(part), at_once)
                calls = [(part[i : i + at_once], together) for i in groups]
            else:
                calls = [([page], _alone(function)) for page in part]
            texts, spent, raised = found[name]
            for some, call in calls:
                start = time.process_time()
                try:
                    texts += call(some)
                except Exception:
                    raised[0] += len(some)
                    texts += [""] * len(some)
                spent[0] += time.process_time() - start
    return {
        name: (texts, spent[0] * 1000 / len(pages), raised[0])
        for name, (texts, spent, raised) in found.items()
    }


def _alone(function):
    """The function for a list of one page."""
    return lambda pages: [function(pages[0])]


FLOOR = ("parse", "walk")


class Clock:
    """CPU milliseconds by stage."""

    def __init__(self):
        self.spent = {}

    def run(self, stage, function, *values, **options):
        """What the function gives; its time counts for the stage."""
        start = time.thread_time_ns()
        found = function(*values, **options)
        ms = (time.thread_time_ns() - start) / 1e6
        self.spent[stage] = self.spent.get(stage, 0.0) + ms
        return found


def stages(pages):
    """CPU milliseconds in every stage, and in the floor, for a page in UTF-8."""
    clock, model = Clock(), load_model()
    for page in pages:
        fields = clock.run("fields", read_fields, page)
        body = clock.run("parse", parse, page)
        blocks = clock.run("walk", to_blocks, body)
        if not len(blocks):
            continue
        view = clock.run("view", view_of, [blocks], [fields])
        columns = clock.run("features", features, view)
        (opinion,) = clock.run("model", judge, model, view, columns)
        kept = clock.run("choice", choose, opinion, view.words)
        kept = clock.run("tidy", tidy, blocks, kept, view.titles()[0])
        clock.run("join", join, blocks, kept)
        clock.run("byline", with_byline, fields, blocks)
    spent = {stage: ms / len(pages) for stage, ms in clock.spent.items()}
    floor = sum(spent[stage] for stage in FLOOR)
    return {**spent, "floor": floor, "all": sum(spent.values())}


def measure(name, every, functions, scorer, at_once=1, turn=TURN):
    """Scores of every extractor on one set, by group of pages."""
    found = list(_pages.rows_of(name))[::every]
    for function in functions.values():
        function(found[0][1])
    done = run(functions, [page for _, page in found], at_once, turn)
    for extractor, (texts, ms, raised) in done.items():
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
    parser.add_argument("--at-once", type=int, default=1, help="pages for corpuskit")
    parser.add_argument("--turn", type=int, default=TURN, help="pages for each in turn")
    arguments = parser.parse_args()
    functions, at_once, turn = extractors(), arguments.at_once, arguments.turn
    if arguments.alone:
        functions = {CORPUSKIT: functions[CORPUSKIT]}
    scorer, rows = _gold.scorer("score_extraction"), []
    names = ("f1", "page_f1", "token_f1", "precision", "recall", "empty", "raised")
    print(f"{'set':14}{'extractor':18}{'pages':>6}", *(f"{n:>9}" for n in names), "ms")
    for name in arguments.sets.split(","):
        for row in measure(name, arguments.every, functions, scorer, at_once, turn):
            rows.append(row)
            print(
                f"{row['set']:14}{row['extractor']:18}{row['pages']:6}",
                *(f"{row[n]:9}" for n in names),
                row["ms_a_page"],
            )
    found = stages([page for _, page in _pages.rows_of("aeb")][:: arguments.every])
    print(f"\n{'stage':14}{'ms a page':>10}{'of floor':>10}")
    for stage, ms in found.items():
        print(f"{stage:14}{ms:10.2f}{ms / found['floor']:10.2f}")
    rows.append({"set": "aeb", "stages": found})
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
