"""The sample corpus through the whole clean step: paragraphs, frame lines, fields.

Run: python -m tests.benchmarks.seeds
"""

import json
from dataclasses import dataclass
from pathlib import Path

from corpuskit.clean import clean, normalize
from corpuskit.dates import show
from corpuskit.sources import read
from tests.benchmarks._gold import need_gold

SEEDS = Path(__file__).parents[2] / "seeds"


def read_rows(name):
    path = need_gold("seeds", name)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Result:
    """What one cleaned document has right, and what it has wrong."""

    right: int
    wanted: int
    left: list[str]
    is_exact: bool
    fields: dict[str, bool]


def check(document, gold, removed):
    optional = {normalize(line) for line in gold["optional"]}
    wanted = gold["text"].split("\n\n")
    got = [p for p in document.text.split("\n\n") if normalize(p) not in optional]
    place = right = 0
    for paragraph in wanted:
        if paragraph in got[place:]:
            place = got.index(paragraph, place) + 1
            right += 1
    lines = {normalize(line).strip() for line in document.text.split("\n")}
    left = [line for line in removed if normalize(line).strip() in lines]
    names = (document.metadata.author, document.metadata.site)
    author = gold["author_or_source"]
    fields = {
        "title": document.title == gold["title"],
        "date": show(document.created) == (gold["date"] or ""),
        "source": author in names or (author == "admin" and not any(names)),
    }
    return Result(right, len(wanted), left, got == wanted, fields)


def main():
    gold = {row["file"]: row for row in read_rows("gold.jsonl")}
    removed = read_rows("removed.jsonl")
    total = {"paragraphs": 0, "of": 0, "left": 0, "exact": 0, "fields_wrong": 0}
    print(f"{'file':26}{'right':>6}{'of':>4}{'left':>6}{'exact':>7}  fields wrong")
    for document in read([str(SEEDS)]):
        name = Path(document.metadata.path).name
        lines = [r["line"] for r in removed if r["id"] == gold[name]["id"]]
        result = check(clean(document), gold[name], lines)
        wrong = [field for field, good in result.fields.items() if not good]
        print(
            f"{name:26}{result.right:6}{result.wanted:4}{len(result.left):6}"
            f"{result.is_exact!s:>7}  {' '.join(wrong)}"
        )
        for line in result.left:
            print(f"    left: {line[:70]}")
        total["paragraphs"] += result.right
        total["of"] += result.wanted
        total["left"] += len(result.left)
        total["exact"] += result.is_exact
        total["fields_wrong"] += len(wrong)
    print(json.dumps(total | {"removed": len(removed) - total["left"]}))


if __name__ == "__main__":
    main()
