"""The quality gates: runs the scored benchmarks and holds their figures to the bars.

    python -m tests.benchmarks.gates

Each benchmark prints one JSON line last; a gate names a figure in it and the least (or
most) it may be. Ends with code 1 when a figure misses its gate.
"""

import json
import operator
import subprocess
import sys
from typing import Any, NamedTuple

from tests.benchmarks._gold import VARIABLE, gold


class Gate(NamedTuple):
    """A figure of a benchmark and its bound; `path` leads to it in the JSON."""

    benchmark: str
    path: str
    bound: float
    at_most: bool = False

    def holds(self, value: float) -> bool:
        compare = operator.le if self.at_most else operator.ge
        return bool(compare(value, self.bound))


GATES = (
    Gate("seeds", "paragraphs", 85),
    Gate("seeds", "removed_lines_left", 0, at_most=True),
)


def last_json(name: str) -> dict[str, Any]:
    """Runs a benchmark and gives back the JSON object it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def figure(values: Any, path: str) -> float:
    """The number that a dotted path leads to."""
    for key in path.split("."):
        values = values[key]
    return float(values)


def main() -> int:
    if gold() is None:
        print(f"quality gates skipped: set {VARIABLE} to the labelled data")
        return 0
    names = dict.fromkeys(gate.benchmark for gate in GATES)
    found = {}
    for name in names:
        print(f"-- {name}", file=sys.stderr, flush=True)
        found[name] = last_json(name)
    missed = 0
    for gate in GATES:
        value = figure(found[gate.benchmark], gate.path)
        verdict = "ok" if gate.holds(value) else "MISSED"
        missed += verdict != "ok"
        sign = "<=" if gate.at_most else ">="
        what = f"{gate.benchmark} {gate.path}"
        print(f"{what:48} {value:9.4f}  {sign} {gate.bound:<8g} {verdict}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
