"""CPU time of starting: `--help`, and `list` on five files, against an empty Python.

Medians of 15 interleaved runs. Bars: 6 and 15 times `python -c pass`. All run in a new
environment that borrows the packages of this one but not its start-up hooks: those of
an editable install would double the time of the empty Python and flatter the ratios.
Bytecode is cached, as pip leaves it behind an install, and written by a first round.
"""

import json
import os
import statistics
import sysconfig
import tempfile
import venv
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


def bare_python(folder: Path) -> tuple[str, dict[str, str]]:
    """A Python of a new environment, and the variables that lend it packages."""
    venv.create(folder, with_pip=False)
    packages = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    programs = "Scripts" if os.name == "nt" else "bin"
    env = {
        **os.environ,
        "PYTHONPATH": packages,
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return str(folder / programs / "python"), env


def measure() -> dict[str, float]:
    runs: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        python, env = bare_python(Path(folder))
        for arguments, _ in COMMANDS.values():
            cpu_seconds([python, *arguments], cwd=ROOT, env=env)
        for _ in range(N_RUNS):
            for name, (arguments, _) in COMMANDS.items():
                spent = cpu_seconds([python, *arguments], cwd=ROOT, env=env)
                runs[name].append(spent)
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
