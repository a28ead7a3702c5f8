"""Decoding: right texts on the labelled files, and time against rivals in one run."""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import chardet

from corpuskit.clean.normalize_mojibake import mend_mojibake
from corpuskit.sources import decode
from tests.benchmarks._gold import beside_gold, need_gold

# Texts of the project's own, long enough to tell the language.
TEXTS = {
    "zh": "春天来了,公园里的樱花开得很美,许多市民带着孩子出来散步,也有人拍照。\n",
    "ja": "春になると公園の桜がきれいに咲き、多くの人がカメラを持って散歩に出ます。\n",
    "ko": "봄이 되면 공원의 벚꽃이 아름답게 피어 많은 사람들이 산책을 나옵니다.\n",
    "ru": "Весной в парке цветут вишни, и многие горожане выходят гулять с детьми.\n",
    "fr": "Au printemps, les cerisiers fleurissent : c'est déjà l'été, à présent.\n",
}
LEGACY = [
    ("zh", "gb18030"),
    ("ja", "cp932"),
    ("ja", "euc_jp"),
    ("ko", "cp949"),
    ("ru", "cp1251"),
    ("fr", "cp1252"),
]
SIZES = {2_000: 40, 50_000: 12, 5_000_000: 8}


def score(folder: Path) -> dict[str, object]:
    """The figures of the scorer for the labelled files."""
    rows = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    with tempfile.TemporaryDirectory() as scratch:
        predictions = Path(scratch, "predictions.jsonl")
        with predictions.open("w", encoding="utf-8") as file:
            for row in map(json.loads, rows):
                file.write(json.dumps(_prediction(folder, row["file"])) + "\n")
        scorer = beside_gold("score_encoding.py")
        command = [sys.executable, scorer, predictions, "--gold", folder / "gold.jsonl"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, object] = json.loads(done.stdout)
    return figures


def _prediction(folder: Path, name: str) -> dict[str, str | None]:
    decoded = decode((folder / "raw" / name).read_bytes())
    binary = decoded.encoding == "binary"
    return {
        "file": name,
        "encoding": decoded.encoding,
        "sha256_of_utf8_text": None if binary else _digest(decoded.text),
    }


def _digest(text: str) -> str:
    """The hash that the labels give: line ends and runs of replacements made one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while "\ufffd\ufffd" in text:
        text = text.replace("\ufffd\ufffd", "\ufffd")
    return hashlib.sha256(text.encode()).hexdigest()


def mojibake(folder: Path) -> dict[str, int]:
    """Double-encoded texts that cleaning does not repair, others that it changes."""
    counts = {"not_repaired": 0, "controls_changed": 0, "clean_changed": 0}
    for row in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines()):
        if row["family"] not in ("double_utf8", "double_utf8_control", "utf8"):
            continue
        text = decode((folder / "raw" / row["file"]).read_bytes()).text
        mended = mend_mojibake(text)
        if "sha256_repaired" in row:
            counts["not_repaired"] += _digest(mended) != row["sha256_repaired"]
        elif row["family"] == "utf8":
            counts["clean_changed"] += mended != text
        else:
            counts["controls_changed"] += mended != text
    return counts


def cpu_ms(calls: list[Callable[[], object]], n: int) -> list[float]:
    """Least CPU time of each call in milliseconds, the calls taking turns."""
    least = [float("inf")] * len(calls)
    for _ in range(n):
        for place, call in enumerate(calls):
            start = time.process_time_ns()
            call()
            least[place] = min(least[place], (time.process_time_ns() - start) / 1e6)
    return least


def speed() -> dict[str, dict[str, float]]:
    """Time of decode, against bytes.decode for UTF-8 and chardet for the rest."""
    figures = {}
    data = _sized(TEXTS["zh"], "utf-8", 2_000)
    repeat = range(200)
    plain, ours = cpu_ms(
        [
            lambda: [data.decode("utf-8") for _ in repeat],
            lambda: [decode(data) for _ in repeat],
        ],
        40,
    )
    figures["utf-8 2000"] = {"bytes.decode_us": plain * 5, "ratio": ours / plain}
    for language, codec in LEGACY:
        for size, n in SIZES.items():
            figures[f"{codec} {size}"] = _against_chardet(
                _sized(TEXTS[language], codec, size), codec, n
            )
    return figures


def _against_chardet(data: bytes, codec: str, n: int) -> dict[str, float]:
    detect, both, ours = cpu_ms(
        [
            lambda: chardet.detect(data),
            lambda: (chardet.detect(data), data.decode(codec, "replace")),
            lambda: decode(data),
        ],
        n,
    )
    return {"chardet_ms": detect, "ratio": ours / detect, "ratio_both": ours / both}


def _sized(text: str, codec: str, size: int) -> bytes:
    line = text.encode(codec)
    return line * max(1, size // len(line))


def main() -> None:
    """Prints the table and one JSON line."""
    figures = score(need_gold("encoding"))
    families = figures.pop("by_family")
    sizes = figures.pop("by_size")
    assert isinstance(families, dict)
    for name, family in families.items():
        print(f"{name:24}{family['n']:6}{family['text']:8.4f}")
    print(f"{'all':24}{figures['n']:6}{figures['text']:8.4f}\n")
    mended = mojibake(need_gold("encoding"))
    print(f"double-encoded          {mended}\n")
    times = speed()
    print(f"{'':24}{'ratio':>8}{'with decoding':>16}")
    for name, row in times.items():
        both = f"{row['ratio_both']:16.2f}" if "ratio_both" in row else ""
        print(f"{name:24}{row['ratio']:8.2f}{both}")
    report = {
        "benchmark": "encoding",
        "figures": figures,
        "families": {name: family["text"] for name, family in families.items()},
        "sizes": sizes,
        "mojibake": mended,
        "speed": {
            name: {key: round(value, 3) for key, value in row.items()}
            for name, row in times.items()
        },
    }
    print(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    main()
