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
    Gate("seeds", "left", 0, at_most=True),
    Gate("seeds", "fields_wrong", 0, at_most=True),
    Gate("unicode", "right", 76),
    Gate("encoding", "figures/text", 0.993),
    Gate("encoding", "figures/text_macro_by_family", 0.993),
    *(
        Gate("encoding", f"families/{family}", 1.0)
        for family in (
            *("zh_hans", "zh_hant", "japanese", "korean", "html_label_right"),
            *("utf8_damaged", "legacy_damaged", "truncated_tail", "mixed", "binary"),
        )
    ),
    Gate("encoding", "families/html_label_wrong", 0.97),
    Gate("encoding", "mojibake/not_repaired", 0, at_most=True),
    Gate("encoding", "mojibake/controls_changed", 0, at_most=True),
    Gate("encoding", "mojibake/clean_changed", 0, at_most=True),
    Gate("encoding", "speed/utf-8 2000/ratio", 20, at_most=True),
    Gate("langid", "all/core_accuracy", 0.925),
    Gate("langid", "all/core_macro_f1", 0.935),
    Gate("langid", "all/core_word", 0.775),
    Gate("langid", "all/core_ece", 0.03, at_most=True),
    Gate("langid", "all/zh/language_accuracy", 1.0),
    Gate("langid", "all/mixed/char_accuracy", 0.995),
    Gate("langid", "all/nolang/undetermined", 1.0),
    Gate("langid", "all/all_accuracy", 0.78),
    Gate("langid", "all/core_pair", 0.915),
    Gate("langid", "all/core_headline", 0.98),
    Gate("langid", "all/core_sentence", 0.985),
    Gate("langid", "all/core_noisy", 1.0),
    Gate("langid_mixed", "change_after_1", 0.98),
    Gate("langid_mixed", "change_after_3", 0.99),
    Gate("fit_kanji", "Jpan_5", 0.9),
    Gate("fit_kanji", "Jpan_10", 0.93),
    Gate("langid_speed", "times_langdetect", 15),
    Gate("langid_speed", "load_word_cpu_s_mib/0", 0.4, at_most=True),
    Gate("langid_speed", "load_word_cpu_s_mib/1", 150, at_most=True),
    Gate("dedup", "corpuskit/main", 0.955),
    Gate("dedup", "corpuskit/precision", 0.999),
    Gate("dedup", "corpuskit/core", 0.999),
    Gate("dedup", "corpuskit/zhconv", 1.0),
    Gate("dedup", "corpuskit/lost", 0, at_most=True),
    Gate("extraction", "0/page_f1", 0.971),
    Gate("extraction", "1/page_f1", 0.95),
    Gate("extraction", "3/page_f1", 0.81),
    Gate("extraction", "4/page_f1", 0.955),
    Gate("extraction", "5/token_f1", 0.905),
    Gate("flattened", "aeb flattened", 0.915),
    Gate("flattened", "aeb gold kept", 0.995),
)


def last_json(name: str) -> Any:
    """Runs a benchmark and gives back the JSON it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def figure(values: Any, path: str) -> float:
    """The number that a path of keys and list places leads to."""
    for key in path.split("/"):
        values = values[int(key) if isinstance(values, list) else key]
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
