"""Unicode cleaning: the labelled cases, and speed against ftfy on clean text.

Run: python -m tests.benchmarks.unicode
"""

import json
import time
from collections import Counter

from corpuskit.clean import normalize
from tests.benchmarks._gold import need_gold

_CLEAN = {
    "zh": "今年春天，合作园区举行了第一次开放日。“大家都很期待”，负责人说。\n\n",
    "ja": "今年の春、協力園区で初の公開日が開かれた。「楽しみ」と担当者は言う。\n\n",
    "fr": "L’été dernier, à la suite d’une décision attendue, le président a "
    "déclaré que l’économie résisterait. C’était prévu, dit-il.\n\n",
    "ru": "Прошлым летом её решение удивило всех. «Моё слово», — сказал он.\n\n",
    "en": "Last summer the committee’s decision surprised everyone. “We knew,” "
    "he said.\n\n",
}
_CHARS = 200_000


def _cases():
    counts, failed = Counter(), []
    path = need_gold("encoding", "unicode_cases.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        right = normalize(case["in"]) in (case["want"], *case.get("accept", ()))
        counts[case["category"], right] += 1
        if not right:
            failed.append(case["id"])
    return counts, failed


def _speed(function, text):
    """Megabytes of UTF-8 a CPU second, best of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        function(text)
        times.append(time.process_time() - start)
    return len(text.encode("utf-8")) / 1e6 / max(min(times), 1e-9)


def main():
    from ftfy import fix_text

    counts, failed = _cases()
    for category in ("must_survive", "must_go", "must_repair"):
        right, wrong = counts[category, True], counts[category, False]
        print(f"{category:14}{right:4} of {right + wrong}")
    speeds = {}
    print(f"{'clean text':14}{'MB/s':>8}{'ftfy':>8}{'ratio':>8}")
    for language, sentence in _CLEAN.items():
        text = sentence * (_CHARS // len(sentence))
        ours, theirs = _speed(normalize, text), _speed(fix_text, text[: _CHARS // 10])
        speeds[language] = {"mb_s": round(ours, 1), "ratio": round(ours / theirs, 1)}
        print(f"{language:14}{ours:8.1f}{theirs:8.2f}{ours / theirs:8.1f}")
    right = sum(n for (_, good), n in counts.items() if good)
    print(json.dumps({"right": right, "failed": failed, "speed": speeds}))


if __name__ == "__main__":
    main()
