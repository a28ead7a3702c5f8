"""CPU time of starting: `--help`, and `list` on five files, against an empty Python.

Medians of 15 interleaved runs. Bars: 6 and 15 times `python -c pass`.
"""

import json
import statistics
import sys
from pathlib import Path

from tests.benchmarks._processes import cpu_seconds

N_RUNS = 15
ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "python -c pass": (["-c", "pass"], None),
    "corpuskit --help": (["-m", "corpuskit", "--help"], 6.0),
    "corpuskit list seeds": (["-m", "corpuskit", "list", "seeds"], 15.0),
    "corpuskit list seeds, table": (
        ["-m", "corpuskit", "list", "seeds", "--format", "table"],
        15.0,
    ),
}


def measure() -> dict[str, float]:
    runs: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(N_RUNS):
        for name, (arguments, _) in COMMANDS.items():
            runs[name].append(cpu_seconds([sys.executable, *arguments], cwd=ROOT))
    return {name: statistics.median(times) for name, times in runs.items()}


def main() -> None:
    medians = measure()
    base = medians["python -c pass"]
    print(f"{'command':<29}{'CPU ms':>8}{'ratio':>8}{'bar':>6}")
    for name, seconds in medians.items():
        bar = COMMANDS[name][1]
        line = f"{name:<29}{seconds * 1000:>8.1f}{seconds / base:>8.2f}"
        print(line + (f"{bar:>6.0f}" if bar else ""))
    figures = {
        name: {"cpu_ms": round(seconds * 1000, 1), "ratio": round(seconds / base, 2)}
        for name, seconds in medians.items()
    }
    print(json.dumps({"benchmark": "startup", "runs": N_RUNS, "figures": figures}))


if __name__ == "__main__":
    main()
