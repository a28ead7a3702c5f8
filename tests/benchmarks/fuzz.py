"""Fuzz the readers: any bytes give documents or named faults, within bounds.

    python -m tests.benchmarks.fuzz --minutes 10 [--reader pdf]... [--keep FOLDER]

Needs atheris (`pip install atheris`), which guides mutations of valid files by the code
they reach. A crash, a hang (60 s for one input) or memory over 2 GB is a finding: its
input is left in the folder, and the reader is fuzzed on until its time is up.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks._fuzz_seeds import READERS, seeds

_DONE = re.compile(rb"#(\d+)\s+(?:DONE|pulse|NEW|REDUCE|INITED|RELOAD)")
_ERROR = re.compile(
    rb"^(?:\w+\.)*\w*(?:Error|Exception|Warning)\b.*|^==\d+== ERROR.*", re.M
)


def fuzz(reader: str, seconds: float, folder: Path) -> dict[str, object]:
    """Fuzzes one reader for so long; gives what was run and what was found."""
    corpus, found = folder / reader, folder / f"{reader}-found"
    for path in (corpus, found):
        path.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(reader)[1]):
        (corpus / f"seed-{number}").write_bytes(data)
    n_runs, errors = 0, []
    start, cpu = time.monotonic(), _cpu_s()
    while (left := seconds - (time.monotonic() - start)) > 1:
        output = _run(reader, corpus, found, left)
        n_runs += max(map(int, _DONE.findall(output)), default=0)
        if b"Done " not in output[-2000:]:
            problems = _ERROR.findall(output) or [output[-300:]]
            errors.append(problems[0].decode("utf-8", "replace"))
            print(f"{reader}: {errors[-1]}", file=sys.stderr, flush=True)
    minutes = round((time.monotonic() - start) / 60, 2)
    return {
        "reader": reader,
        "minutes": minutes,
        "cpu_minutes": round((_cpu_s() - cpu) / 60, 2),
        "runs": n_runs,
        "found": errors,
    }


def _cpu_s() -> float:
    """CPU time of the processes that ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(reader: str, corpus: Path, found: Path, seconds: float) -> bytes:
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks._fuzz_target",
        reader,
        str(corpus),
        f"-max_total_time={int(seconds)}",
        f"-artifact_prefix={found}/",
        "-timeout=60",
        "-rss_limit_mb=2048",
        "-max_len=20000",
        "-len_control=20",
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    (found / "last.log").write_bytes(done.stdout)
    return done.stdout


def main() -> int:
    """Prints a line a reader and one JSON line; ends with 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", action="append", choices=READERS)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--keep", type=Path, help="where inputs are kept")
    chosen = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for reader in chosen.reader or READERS:
            row = fuzz(reader, chosen.minutes * 60, chosen.keep or Path(scratch))
            rows.append(row)
            found = len(row["found"])
            print(
                f"{reader:12}{row['minutes']:8} min{row['runs']:10} runs{found:4} found"
            )
    print(json.dumps({"benchmark": "fuzz", "readers": rows}))
    return int(any(row["found"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
