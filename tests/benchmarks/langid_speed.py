"""Speed, load time and memory of detection: python -m tests.benchmarks.langid_speed.

Documents a CPU second at 2,000 characters, beside langdetect on the same texts in the
same run; and how well short runs of Chinese characters are told apart.
"""

import json
import os
import re
import subprocess
import sys
import time

from corpuskit.scripts import HAN
from tests.benchmarks.langid import items

SIZE = 2000
N_THEIRS = 40
N_STARTS = 7
HAN_RE = re.compile(f"[{HAN}]")
LOAD = r"""
import json, re, resource, sys, time
from pathlib import Path
start = time.process_time()
from corpuskit.language import detect
{}
seconds = time.process_time() - start
status = Path("/proc/self/status")
if status.exists():
    peak = int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(json.dumps([round(seconds, 3), round(peak)]))
"""


def rate(function, texts):
    started = time.process_time()
    for text in texts:
        function(text)
    return len(texts) / (time.process_time() - started)


def ours(text):
    from corpuskit.language import detect

    return detect(text)


def theirs():
    from corpuskit.language import DetectOptions, detect

    options = DetectOptions(engine="langdetect", parts=False)
    return lambda text: detect(text, options)


def loaded(text):
    """CPU seconds and MiB of a new process that detects one text, and the median.

    The first two are the least of several runs, with bytecode in place: other work on
    the machine only adds to it. The third is the median of the seconds.
    """
    command = [sys.executable, "-c", LOAD.format(f"detect({text!r})")]
    env = {**os.environ}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    found = []
    for _ in range(N_STARTS):
        run = subprocess.run(command, capture_output=True, check=True, env=env)
        found.append(json.loads(run.stdout))
    return [*min(found), sorted(seconds for seconds, _ in found)[N_STARTS // 2]]


def runs(rows, language, script, size):
    """Pieces of this many Chinese characters from the texts of a language."""
    for row in rows:
        if (row["lang"], row["script"]) != (language, script):
            continue
        if row["length_class"] in ("mixed", "udhr1k"):
            continue
        text = "".join(HAN_RE.findall(row["text"]))
        for start in range(0, min(len(text) - size + 1, 400), max(size, 20)):
            yield text[start : start + size]


def han(rows):
    """Share of the pieces that get their language and script, by size."""
    wanted = (
        ("zh", "Hans", "zh-Hans"),
        ("zh", "Hant", "zh-Hant"),
        ("ja", "Jpan", "ja"),
    )
    for language, script, tag in wanted:
        for size in (5, 8, 10, 20, 40):
            found = [ours(text).language for text in runs(rows, language, script, size)]
            right = sum(one == tag for one in found) / len(found)
            family = sum(one.split("-")[0] == language for one in found) / len(found)
            yield f"{tag}_{size}", [round(family, 4), round(right, 4), len(found)]


def main():
    rows = items()
    texts = [r["text"][:SIZE] for r in rows if r["length_class"] == "long5k"]
    latin = [
        r["text"][:SIZE]
        for r in rows
        if r["length_class"] == "long5k" and r["script"] == "Latn"
    ]
    ours(latin[0])
    ask = theirs()
    ask(latin[0])
    figures = {
        "docs_per_cpu_s": round(rate(ours, texts * 3)),
        "docs_per_cpu_s_latin": round(rate(ours, latin * 3)),
        "langdetect_docs_per_cpu_s": round(rate(ask, texts[:N_THEIRS])),
        "load_latin_cpu_s_mib": loaded("Das ist ein ganz gewöhnlicher Satz."),
        "load_word_cpu_s_mib": loaded("voda"),
        "load_chinese_cpu_s_mib": loaded("这是一个简体中文的句子。"),
        **dict(han(rows)),
    }
    ratio = figures["docs_per_cpu_s"] / figures["langdetect_docs_per_cpu_s"]
    figures["times_langdetect"] = round(ratio, 1)
    for name, value in figures.items():
        print(f"{name:28}", value)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
