"""Speed and memory of deduplication on made corpora with known duplicates.

    python -m tests.benchmarks.dedup_scale [DOCUMENTS] [CHARACTERS]
    python -m tests.benchmarks.dedup_scale --growth [CHARACTERS] [DOCUMENTS ...]

Makes a corpus of so many documents (10000) of so many characters (2000) in a temporary
folder, then reads and deduplicates it in one process, in one with little memory, and in
two, each run in a fresh process; the clusters must be the same. Rates are documents per
CPU second of all processes. The gain of the second process is in wall time and says
something only on a machine that is otherwise quiet; `expected_gain` is what the CPU
seconds of the parent, which nobody shares, and of its children leave possible.

`--growth` makes corpora of 10000, 100000 and 1000000 documents, or of these numbers, of
200 characters each, and tells the exponent with which the CPU time of one process grows
from each to the next, what it takes to start left out.
"""

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

import msgspec

from corpuskit.dedup import DedupOptions, NearDuplicates, Summary
from corpuskit.document import Document
from tests.benchmarks._gold import beside_gold, scorer

SPLIT_BYTES = 8 << 20


class Row(msgspec.Struct):
    id: str
    text: str


_rows = msgspec.json.Decoder(Row)


def splits(path: Path) -> list[tuple[Path, int, int]]:
    """Byte ranges of whole lines."""
    size, bounds = path.stat().st_size, [0]
    with path.open("rb") as file:
        while bounds[-1] < size:
            file.seek(min(bounds[-1] + SPLIT_BYTES, size))
            file.readline()
            bounds.append(file.tell())
    return [(path, *pair) for pair in pairwise(bounds)]


def read(path: Path, begin: int, end: int) -> Iterator[Document]:
    with path.open("rb", buffering=1 << 18) as file:
        file.seek(begin)
        while begin < end:
            line = file.readline()
            begin += len(line)
            row = _rows.decode(line)
            yield Document(id=row.id, text=row.text)


def summarize(split: tuple[Path, int, int], scratch: Path) -> Summary:
    return NearDuplicates().summarize(read(*split), scratch)


def run(folder: Path, jobs: int, memory: int) -> dict[str, float]:
    """One run in this process; its figures."""
    survey = NearDuplicates(DedupOptions(memory=memory))
    parts = splits(folder / "docs.jsonl")
    wall, begun = time.perf_counter(), sum(os.times()[:4])
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        folders = [Path(scratch)] * len(parts)
        if jobs == 1:
            summaries = list(map(summarize, parts, folders))
            marks = survey.decide(summaries)
        else:
            with ProcessPoolExecutor(jobs) as pool:
                summaries = list(pool.map(summarize, parts, folders))
                marks = survey.decide(summaries, pool=pool, n_workers=jobs)
        times, peak = os.times(), peak_bytes()
    wall = time.perf_counter() - wall
    found, place = {}, 0
    for index, summary in enumerate(summaries):
        clusters = marks.of(index)
        found |= {f"d{place + n}": mark.cluster for n, mark in clusters.items()}
        place += summary.n_documents
    score = scorer("score_dedup")
    gold = list(score.lines(str(folder / "clusters.jsonl")))
    return {
        "documents": place,
        "jobs": jobs,
        "cpu_s": sum(times[:4]),
        "work_s": sum(times[:4]) - begun,
        "path_s": sum(times[:2]) + sum(times[2:4]) / jobs,
        "wall_s": wall,
        "peak_mb": peak / 1e6,
        "f1": score.score(gold, {}, found)["main"]["f1"],
        "clusters": zlib.crc32(repr(sorted(found.items())).encode()),
    }


def run_apart(folder: Path, jobs: int, memory: int) -> dict[str, float]:
    """One run in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.dedup_scale", "--run"]
    words = [str(folder), str(jobs), str(memory)]
    done = subprocess.run([*command, *words], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def peak_bytes() -> int:
    """The highest memory of this process, and of its children taken as equals."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + child) * 1024


def make(folder: str, n_documents: str, n_chars: str) -> Path:
    """A corpus in this folder."""
    maker = [sys.executable, str(beside_gold("make_dedup_corpus.py"))]
    size = ["--docs", n_documents, "--chars", n_chars]
    subprocess.run([*maker, *size, "--out", folder], check=True)
    return Path(folder)


def growth(n_chars: str = "200", *sizes: str) -> None:
    """Prints how the time of one process grows with the number of documents."""
    runs = []
    print(f"{'documents':>11}{'cpu s':>11}{'peak MB':>11}{'exponent':>11}")
    for size in sizes or ("10000", "100000", "1000000"):
        with tempfile.TemporaryDirectory() as folder:
            figures = run_apart(make(folder, size, n_chars), 1, 1 << 30)
        if runs:
            more = figures["documents"] / runs[-1]["documents"]
            longer = figures["work_s"] / runs[-1]["work_s"]
            figures["exponent"] = math.log(longer) / math.log(more)
        runs.append(figures)
        print(
            f"{figures['documents']:>11}{figures['work_s']:>11.2f}"
            f"{figures['peak_mb']:>11.0f}{figures.get('exponent', math.nan):>11.3f}",
            flush=True,
        )
    more = runs[-1]["documents"] / runs[0]["documents"]
    exponent = math.log(runs[-1]["work_s"] / runs[0]["work_s"]) / math.log(more)
    told = {"characters": int(n_chars), "exponent": exponent, "runs": runs}
    print(json.dumps({"benchmark": "dedup_growth", **told}))


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(Path(sys.argv[2]), *map(int, sys.argv[3:]))))
        return
    if sys.argv[1:2] == ["--growth"]:
        growth(*sys.argv[2:])
        return
    n_documents = sys.argv[1] if len(sys.argv) > 1 else "10000"
    n_chars = sys.argv[2] if len(sys.argv) > 2 else "2000"
    with tempfile.TemporaryDirectory() as folder:
        make(folder, n_documents, n_chars)
        settings = [(1, 1 << 30), (1, 100 << 20), (2, 1 << 30)]
        runs = [run_apart(Path(folder), *setting) for setting in settings]
    assert len({figures["clusters"] for figures in runs}) == 1
    names = ("jobs", "documents", "cpu s", "docs/cpu s", "wall s", "peak MB", "F1")
    print("".join(f"{name:>11}" for name in names))
    for figures in runs:
        rate = figures["documents"] / figures["cpu_s"]
        print(
            f"{figures['jobs']:>11}{figures['documents']:>11}{figures['cpu_s']:>11.2f}"
            f"{rate:>11.0f}{figures['wall_s']:>11.2f}{figures['peak_mb']:>11.0f}"
            f"{figures['f1']:>11.4f}"
        )
    gains = {
        "gain": runs[0]["wall_s"] / runs[2]["wall_s"],
        "expected_gain": runs[0]["path_s"] / runs[2]["path_s"],
    }
    print(json.dumps({"benchmark": "dedup_scale", "runs": runs, **gains}))


if __name__ == "__main__":
    main()
