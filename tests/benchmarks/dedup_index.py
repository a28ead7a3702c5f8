"""How the time of a batch grows when it is compared with a large index.

    python -m tests.benchmarks.dedup_index [INDEXED] [BATCH] [CHARACTERS]

Fills an index with so many documents (100000), then deduplicates a batch (10000) of
documents of so many characters (200) alone and against the index, in CPU seconds.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpuskit.dedup import Index, NearDuplicates
from tests.benchmarks._gold import beside_gold
from tests.benchmarks.dedup_scale import read, splits


def make(folder: Path, n_documents: int, n_chars: int, seed: int) -> Path:
    maker = [sys.executable, str(beside_gold("make_dedup_corpus.py"))]
    size = ["--docs", str(n_documents), "--chars", str(n_chars), "--seed", str(seed)]
    subprocess.run([*maker, *size, "--out", str(folder)], check=True)
    return folder / "docs.jsonl"


def run(path: Path, scratch: Path, index: Index | None, *, add: bool = False) -> float:
    survey, begin = NearDuplicates(), time.process_time()
    summaries = [survey.summarize(read(*part), scratch) for part in splits(path)]
    reference = index.relevant(summaries) if index else ()
    marks = survey.decide(summaries, reference=reference)
    seconds = time.process_time() - begin
    if index and add:
        index.add(summaries, marks)
    return seconds


def main() -> None:
    sizes = [*map(int, sys.argv[1:]), *(100_000, 10_000, 200)[len(sys.argv) - 1 :]]
    n_indexed, n_batch, n_chars = sizes
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old = make(folder / "old", n_indexed, n_chars, 1)
        new = make(folder / "new", n_batch, n_chars, 2)
        index = Index(folder / "index")
        run(old, folder, index, add=True)
        figures = {
            "indexed": index.n_documents,
            "index_mb": index.path.stat().st_size / 1e6,
            "batch": n_batch,
            "alone_s": run(new, folder, None),
            "against_s": run(new, folder, Index(index.path)),
        }
    figures["ratio"] = figures["against_s"] / figures["alone_s"]
    print("".join(f"{name:>12}" for name in figures))
    print("".join(f"{value:>12.2f}" for value in figures.values()))
    print(json.dumps({"benchmark": "dedup_index", **figures}))


if __name__ == "__main__":
    main()
