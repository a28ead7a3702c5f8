"""Documents whose languages change within lines.

python -m tests.benchmarks.langid_mixed

Made from the labelled single sentences: the language pairs of the labelled mixed
documents, in paragraphs of six sentences, the language changing after one, two or three
of them. Printed is the share of characters with the right language and script, as the
scorer counts it for line-aligned documents.
"""

import json
from collections import defaultdict
from itertools import cycle

from tests.benchmarks.langid import items, predict, score

N_SENTENCES = 24
A_LINE = 6


def sentences(rows):
    """Single sentences by language and script."""
    found = defaultdict(list)
    for row in rows:
        text = " ".join(row["text"].split())
        if row["length_class"] == "sentence" and text[-1] in ".!?。！？":
            found[row["lang"], row["script"]].append(text)
    return found


def pairs(rows):
    """The pairs of languages of the labelled mixed documents."""
    for row in rows:
        if row["length_class"] == "mixed":
            ends = row["segments"][0], row["segments"][-1]
            yield tuple((part["lang"], part["script"]) for part in ends)


def document(number, pair, found, run):
    """One document in two languages that change after `run` sentences."""
    turns = cycle([pair[0]] * run + [pair[1]] * run)
    text, segments = "", []
    for place in range(N_SENTENCES):
        language, script = next(turns)
        pool = found[language, script]
        piece = pool[(number * 7 + place) % len(pool)]
        gap = "" if piece[-1] in "。！？" else " "
        gap = gap if (place + 1) % A_LINE else "\n"
        start, text = len(text), text + piece + gap
        segment = {"start": start, "end": start + len(piece)}
        segments.append({**segment, "lang": language, "script": script})
    name = f"{number}-{run}"
    row = {"id": name, "text": text, "lang": pair[0][0], "script": pair[0][1]}
    return {**row, "length_class": "mixed", "segments": segments}


def documents(run):
    rows = items()
    found = sentences(rows)
    for number, pair in enumerate(sorted(set(pairs(rows)))):
        if all(len(found[side]) > 3 for side in pair):
            yield document(number, pair, found, run)


def main():
    figures = {}
    for run in (1, 2, 3):
        rows = list(documents(run))
        mixed = score(rows, list(predict(rows)))["mixed"]
        figures[f"change_after_{run}"] = mixed["char_accuracy"]
        figures["documents"] = mixed["n"]
    for name, value in figures.items():
        print(f"{name:16}{value:9}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
