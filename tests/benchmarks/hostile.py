"""Hostile files: each by itself through the runner, then all of them in one folder.

    python -m tests.benchmarks.hostile

Also kills a run half way and runs it again. Takes some minutes and 300 MB of disk.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks._gold import beside_gold, need_gold

CLEAN = [sys.executable, "-m", "corpuskit", "clean"]
# What the expectations allow any single case, and the run over all of them.
MOST_S, MOST_MB = 120, 2048


def one_by_one(cases: Path) -> dict[str, object]:
    """What the runner says of every case by itself."""
    command = shlex.join(CLEAN) + " {input} --out {out}"
    runner = [sys.executable, str(beside_gold("hostile/run_hostile.py"))]
    limits = ["--limit-s", str(MOST_S), "--limit-mb", str(MOST_MB)]
    done = subprocess.run(
        [*runner, "--cases", str(cases), "--cmd", command, *limits],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def together(cases: Path, out: Path, jobs: int) -> dict[str, object]:
    """One run over all the files: which texts that must come out did not."""
    start = time.monotonic()
    command = [*CLEAN, str(cases / "in"), "--out", str(out), "--jobs", str(jobs), "-v"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    told = done.stderr + (out / "manifest.json").read_text("utf-8")
    texts = ["".join(row["text"].split()) for row in _rows(out / "documents.jsonl")]
    lost, unnamed = [], []
    for row in _rows(cases / "expectations.jsonl"):
        if not row["path"] or row["case"] == "unreadable":
            continue
        marks = ["".join(mark.split()) for mark in row["must"]]
        is_there = all(any(mark in text for text in texts) for mark in marks)
        if row["expect"] in ("ok", "once") and not is_there:
            lost.append(row["case"])
        if row["expect"] == "skip" and Path(row["path"]).name not in told:
            unnamed.append(row["case"])
    return {
        "jobs": jobs,
        "code": done.returncode,
        "traceback": "Traceback" in done.stderr,
        "documents": len(texts),
        "lost": lost,
        "unnamed": unnamed,
        "s": round(time.monotonic() - start, 1),
    }


def _rows(path: Path) -> list[dict[str, object]]:
    return list(map(json.loads, path.read_text("utf-8").splitlines()))


def killed(folder: Path, scratch: Path) -> dict[str, bool]:
    """A run killed half way leaves nothing, and the next gives the same bytes."""
    whole, again = scratch / "whole", scratch / "again"
    subprocess.run([*CLEAN, str(folder), "--out", str(whole)], capture_output=True)
    start = time.monotonic()
    subprocess.run([*CLEAN, str(folder), "--out", str(again)], capture_output=True)
    half = (time.monotonic() - start) / 2
    for path in sorted(again.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    again.rmdir()
    process = subprocess.Popen(
        [*CLEAN, str(folder), "--out", str(again)],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(half)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    is_clean = not again.exists()
    subprocess.run([*CLEAN, str(folder), "--out", str(again)], capture_output=True)
    return {"nothing_left": is_clean, "same_bytes": _bytes(whole) == _bytes(again)}


def _bytes(folder: Path) -> dict[str, bytes]:
    """All files but the manifest, which holds times."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if path.name != "manifest.json"
    }


def main() -> None:
    """Prints what failed and one JSON line."""
    gold = need_gold("encoding")
    maker = str(beside_gold("hostile/make_hostile.py"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        cases = Path(scratch, "cases")
        subprocess.run(
            [sys.executable, maker, "--out", str(cases)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        alone = one_by_one(cases)
        print(f"one by one   {alone['survived']} of {alone['of']}")
        print(f"  failed     {alone['failed']}")
        runs = [together(cases, Path(scratch, f"out{n}"), n) for n in (1, 2)]
        for run in runs:
            print(f"together     {run}")
        rerun = killed(gold / "raw", Path(scratch))
        print(f"killed       {rerun}")
    figures = {
        "one_by_one": alone,
        "failed": alone["of"] - alone["survived"],  # type: ignore[operator]
        "together": runs,
        "lost": sum(len(run["lost"]) for run in runs),  # type: ignore[arg-type]
        "killed": rerun,
    }
    print(json.dumps({"benchmark": "hostile", **figures}))


if __name__ == "__main__":
    main()
