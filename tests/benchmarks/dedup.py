"""Quality of deduplication on the labelled set, and rensa on the same input.

    python -m tests.benchmarks.dedup

rensa runs where it is installed: character shingles of 5, threshold 0.5.
"""

import gzip
import importlib.util
import json
import time

from corpuskit.dedup import dedup
from corpuskit.document import Document
from tests.benchmarks._gold import need_gold, scorer

BARS = {"main": 0.93, "precision": 0.99, "core": 0.995, "zh": 0.995, "ja": 0.995}
N_PERMUTATIONS, SHINGLE, THRESHOLD = 128, 5, 0.5


def documents() -> list[dict]:
    with gzip.open(need_gold("dedup", "docs.jsonl.gz"), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def by_corpuskit(rows: list[dict]) -> dict[str, str | None]:
    marked = dedup(Document(id=row["id"], text=row["text"]) for row in rows)
    return {document.id: document.cluster or None for document in marked}


def by_rensa(rows: list[dict]) -> dict[str, str | None]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=N_PERMUTATIONS, num_bands=32)
    sketches, parent = [], list(range(len(rows)))

    def find(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    for place, row in enumerate(rows):
        text = row["text"]
        sketch = RMinHash(num_perm=N_PERMUTATIONS, seed=42)
        n_shingles = max(len(text) - SHINGLE + 1, 1)
        sketch.update([text[begin : begin + SHINGLE] for begin in range(n_shingles)])
        for other in index.query(sketch):
            if sketches[other].jaccard(sketch) >= THRESHOLD:
                parent[find(place)] = find(other)
        index.insert(place, sketch)
        sketches.append(sketch)
    return {row["id"]: str(find(place)) for place, row in enumerate(rows)}


def measure(rows: list[dict], system) -> dict[str, float]:
    score = scorer("score_dedup")
    gold = list(score.lines(str(need_gold("dedup", "clusters.jsonl"))))
    begin = time.process_time()
    found = system(rows)
    seconds = time.process_time() - begin
    result = score.score(gold, {row["id"]: row["lang"] for row in rows}, found)
    relations = result["relation"]
    return {
        "main": result["main"]["f1"],
        "precision": result["main"]["precision"],
        "core": result["core"]["f1"],
        **{name: part["f1"] for name, part in sorted(result["lang_core"].items())},
        "zhconv": relations["zhconv"]["recall"],
        **{
            f"{name}_false": relations[name]["false"]
            for name in ("short", "template", "record")
        },
        "containers": result["container_found"],
        "lost": len(rows) - len(found),
        "cpu_s": seconds,
    }


def main() -> None:
    rows = documents()
    results = {"corpuskit": measure(rows, by_corpuskit)}
    if importlib.util.find_spec("rensa"):
        results["rensa"] = measure(rows, by_rensa)
    print(f"{'':<16}" + "".join(f"{name:>11}" for name in results) + f"{'bar':>8}")
    for name in results["corpuskit"]:
        values = "".join(f"{result[name]:>11.4f}" for result in results.values())
        print(f"{name:<16}{values}{BARS.get(name, ''):>8}")
    print(json.dumps({"benchmark": "dedup", **results}))


if __name__ == "__main__":
    main()
