"""Makes the small tables of corpuskit/language/data from the data of other packages.

python -m tests.benchmarks.make_tables [CLDR]

CLDR is a folder with the npm packages cldr-core and cldr-localenames-full; without it
the table of languages stays as it is.
Needs `pip install opencc-python-reimplemented`: it holds OpenCC's dictionaries.
"""

import importlib.util
import json
import sys
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


LANGUAGES_HEADER = """\
# Languages: tag, ISO 639-3 code, usual script, English name. Made by
# tests/benchmarks/make_tables.py from CLDR 48, (c) Unicode, Inc., Unicode License V3.
"""
# The individual language that corpora in the style of FLORES name for a wide code.
INDIVIDUAL_PAIRS = (
    "ar:arb az:azj fa:pes ku:kmr lv:lvs mg:plt mn:khk ms:zsm ne:npi om:gaz or:ory "
    "ps:pbt qu:quy sq:als sw:swh tl:tgl uz:uzn yi:ydd ay:ayr ak:twi"
)
INDIVIDUAL = dict(pair.split(":") for pair in INDIVIDUAL_PAIRS.split())


def language_rows(folder):
    """Tag, ISO 639-3 code, usual script and name of each language in CLDR."""
    names = json.loads(
        (folder / "cldr-localenames-full/main/en/languages.json").read_text("utf-8")
    )["main"]["en"]["localeDisplayNames"]["languages"]
    core = folder / "cldr-core" / "supplemental"
    likely = json.loads((core / "likelySubtags.json").read_text("utf-8"))
    likely = likely["supplemental"]["likelySubtags"]
    aliases = json.loads((core / "aliases.json").read_text("utf-8"))
    aliases = aliases["supplemental"]["metadata"]["alias"]["languageAlias"]
    long = {
        value["_replacement"]: code
        for code, value in sorted(aliases.items(), reverse=True)
        if value["_reason"] == "overlong" and len(code) == 3 and code != "mol"
    }
    for tag, name in sorted(names.items()):
        if tag.isalpha() and tag not in ("und", "mul", "zxx", "root"):
            code = INDIVIDUAL.get(tag, long.get(tag, tag))
            parts = likely.get(tag, "").split("-")
            yield tag, code, parts[1] if len(parts) > 1 else "", name


def write_languages(folder):
    rows = "".join("\t".join(row) + "\n" for row in language_rows(folder))
    path = DATA / "languages.txt"
    path.write_text(LANGUAGES_HEADER + rows, encoding="utf-8", newline="\n")


def main():
    if len(sys.argv) > 1:
        write_languages(Path(sys.argv[1]))
    rows = {name: "".join(sorted(chars)) for name, chars in han_rows().items()}
    body = "".join(f"{name}\t{chars}\n" for name, chars in rows.items())
    (DATA / "han.txt").write_text(HAN_HEADER + body, encoding="utf-8", newline="\n")
    for name, chars in rows.items():
        print(f"{name:6}{len(chars):>7}")
    print(json.dumps({name: len(chars) for name, chars in rows.items()}))


if __name__ == "__main__":
    main()
