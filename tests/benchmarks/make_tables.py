"""Makes the small tables of corpuskit/language/data from the data of other packages.

python -m tests.benchmarks.make_tables

Needs `pip install opencc-python-reimplemented`: it holds OpenCC's dictionaries.
"""

import importlib.util
import json
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "corpuskit" / "language" / "data"

HAN_HEADER = """\
# Characters that only one way of writing has. Made by tests/benchmarks/make_tables.py.
# Hans, Hant, Jpan: from the character tables of OpenCC, Apache-2.0, BYVoid and others.
# yue: the particles and pronouns of written Cantonese.
"""
CANTONESE = "佢咗哋唔啲喺嘅嘢嚟冇咁乜咩嗰嘥啱攞嗌瞓佬靚揸諗"


def dictionary(name):
    """An OpenCC character table: character -> its forms."""
    spec = importlib.util.find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install opencc-python-reimplemented")
    path = Path(spec.submodule_search_locations[0], "dictionary", name)
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {key: values.split(" ") for key, values in pairs}


def han_rows():
    """The characters of each way of writing Han script."""
    simplify, complicate = (
        dictionary("TSCharacters.txt"),
        dictionary("STCharacters.txt"),
    )
    hans = {c for c, forms in complicate.items() if c not in forms}
    hant = {c for c, forms in simplify.items() if c not in forms}
    jpan = {c for forms in dictionary("JPVariants.txt").values() for c in forms}
    return {
        "Hans": hans - hant,
        "Hant": hant - hans,
        "Jpan": jpan - set(simplify) - set(complicate),
        "yue": set(CANTONESE),
    }


def main():
    rows = {name: "".join(sorted(chars)) for name, chars in han_rows().items()}
    body = "".join(f"{name}\t{chars}\n" for name, chars in rows.items())
    (DATA / "han.txt").write_text(HAN_HEADER + body, encoding="utf-8", newline="\n")
    for name, chars in rows.items():
        print(f"{name:6}{len(chars):>7}")
    print(json.dumps({name: len(chars) for name, chars in rows.items()}))


if __name__ == "__main__":
    main()
