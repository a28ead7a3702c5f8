"""Language identification against labelled data: python -m tests.benchmarks.langid."""

import hashlib
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks._gold import need_gold, scorer


def items():
    path = need_gold("langid", "gold.jsonl")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def predict(rows):
    from corpuskit.language import detect

    for row in rows:
        found = detect(row["text"])
        yield {
            "id": row["id"],
            "lang": found.language,
            "score": found.score,
            "segments": [
                {"start": p.start, "end": p.end, "lang": p.language}
                for p in found.parts
            ],
        }


def score(rows, predictions, *flags):
    """What the scorer prints, as a dictionary."""
    module = scorer("score_langid")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, values in (("gold", rows), ("found", predictions)):
            path = Path(folder, f"{name}.jsonl")
            path.write_text("".join(json.dumps(v) + "\n" for v in values))
            paths.append(str(path))
        out = Path(folder, "out.json")
        with out.open("w") as stream:
            stdout, sys.stdout = sys.stdout, stream
            try:
                module.main([*paths, *flags])
            finally:
                sys.stdout = stdout
        return json.loads(out.read_text())


def half(row):
    """0 or 1: halves that share no item, to see whether a fit generalises."""
    return hashlib.sha1(row["id"].encode()).digest()[0] & 1


def summary(rows, predictions):
    core, whole = score(rows, predictions, "--core"), score(rows, predictions)
    figures = {
        "core_accuracy": core["overall"]["accuracy"],
        "core_macro_f1": core["overall"]["macro_f1"],
        "core_ece": core.get("ece"),
        "all_accuracy": whole["overall"]["accuracy"],
        "all_ece": whole.get("ece"),
        "zh": whole.get("zh"),
        "mixed": whole.get("mixed"),
        "nolang": whole.get("nolang"),
    }
    for name, block in core["by_length_class"].items():
        figures[f"core_{name}"] = block and block["accuracy"]
    return figures


def main():
    rows = items()
    started = time.process_time()
    predictions = list(predict(rows))
    seconds = time.process_time() - started
    by_id = {p["id"]: p for p in predictions}
    figures = {"all": summary(rows, predictions), "cpu_s": round(seconds, 2)}
    for side in (0, 1):
        part = [row for row in rows if half(row) == side]
        figures[f"half{side}"] = summary(part, [by_id[row["id"]] for row in part])
    for name in figures["all"]:
        cells = (figures[side][name] for side in ("all", "half0", "half1"))
        print(f"{name:16}", *cells)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
