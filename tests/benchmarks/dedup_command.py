"""The whole command `corpuskit dedup` on a made corpus against a script with rensa.

    python -m tests.benchmarks.dedup_command [DOCUMENTS] [RUNS]

Both read the same JSON lines (10000 documents of 2000 characters) and write those that
are no duplicates, in turns, five times each; told are CPU seconds, least and median.
corpuskit runs as people type it, without options. The script runs with the Python that
the variable CORPUSKIT_RIVALS names (an environment with rensa and orjson): shingles of
5 characters, 128 permutations, 32 bands, candidates compared by their sketches,
threshold 0.5.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.benchmarks._processes import cpu_seconds
from tests.benchmarks.dedup_scale import make
from tests.benchmarks.endtoend import VARIABLE

BAR = 2.5
SCRIPT = """
import sys

import orjson
from rensa import RMinHash, RMinHashLSH

lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
kept = []
with open(sys.argv[1], "rb") as lines, open(sys.argv[2], "wb") as out:
    for line in lines:
        text = orjson.loads(line)["text"]
        sketch = RMinHash(num_perm=128, seed=42)
        n_shingles = max(len(text) - 4, 1)
        sketch.update([text[begin : begin + 5] for begin in range(n_shingles)])
        if any(kept[one].jaccard(sketch) >= 0.5 for one in lsh.query(sketch)):
            continue
        lsh.insert(len(kept), sketch)
        kept.append(sketch)
        out.write(line)
"""


def main() -> None:
    n_documents, n_runs = [*sys.argv[1:], *("10000", "5")[len(sys.argv) - 1 :]]
    python = os.environ.get(VARIABLE)
    if not python:
        sys.exit(f"set {VARIABLE} to a Python that has rensa and orjson")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # starts would compile each time
    with tempfile.TemporaryDirectory() as name:
        folder = make(name, n_documents, "2000")
        source, out = str(folder / "docs.jsonl"), str(Path(name, "out.jsonl"))
        ours = [sys.executable, "-m", "corpuskit", "dedup", source, "-o", out]
        jobs = {"corpuskit": ours, "rensa": [python, "-c", SCRIPT, source, out]}
        spent: dict[str, list[float]] = {name: [] for name in jobs}
        for _ in range(int(n_runs)):
            for name, command in jobs.items():
                spent[name].append(cpu_seconds(command))
    print(f"{'':<12}{'least':>8}{'median':>8}")
    for name, seconds in spent.items():
        print(f"{name:<12}{min(seconds):>8.2f}{statistics.median(seconds):>8.2f}")
    ahead = {
        "least": min(spent["rensa"]) / min(spent["corpuskit"]),
        "median": statistics.median(spent["rensa"])
        / statistics.median(spent["corpuskit"]),
    }
    print(f"{'ahead':<12}{ahead['least']:>8.2f}{ahead['median']:>8.2f}  bar {BAR}")
    print(json.dumps({"benchmark": "dedup_command", "cpu_s": spent, "ahead": ahead}))


if __name__ == "__main__":
    main()
