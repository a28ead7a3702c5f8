"""Names of languages, and the codes other tools use for them.

Tags are BCP 47 (`zh-Hans`, `ja`). FLORES, OpenLID and GlotLID write an ISO 639-3 code
and a script (`zho_Hans`); langdetect and CLD2 have codes of their own.
"""

from functools import cache

import msgspec

from corpuskit.language.data_files import read_lines

_RENAMED = {
    "chi": "zh",
    "cmn": "zh",
    "fil": "tl",
    "fre": "fr",
    "ger": "de",
    "in": "id",
    "iw": "he",
    "ji": "yi",
    "jw": "jv",
    "mo": "ro",
    "no": "nb",
    "nor": "nb",
    "mis": "und",
    "mul": "und",
    "unk": "und",
    "zxx": "und",
}
_INDIVIDUAL = {
    "alb": "sq",
    "ara": "ar",
    "aze": "az",
    "ekk": "et",
    "fas": "fa",
    "gug": "gn",
    "kur": "ku",
    "lav": "lv",
    "mlg": "mg",
    "mon": "mn",
    "msa": "ms",
    "nep": "ne",
    "ori": "or",
    "orm": "om",
    "pus": "ps",
    "que": "qu",
    "sqi": "sq",
    "swa": "sw",
    "uzb": "uz",
    "yid": "yi",
}
_REGIONS = {
    "CN": "Hans",
    "SG": "Hans",
    "HK": "Hant",
    "MO": "Hant",
    "TW": "Hant",
}
_SCRIPT_NAMES = {
    "Arab": "Arabic",
    "Beng": "Bengali",
    "Cyrl": "Cyrillic",
    "Deva": "Devanagari",
    "Hans": "Simplified",
    "Hant": "Traditional",
    "Hebr": "Hebrew",
    "Latn": "Latin",
    "Tfng": "Tifinagh",
    "Tibt": "Tibetan",
}
_SAME_SCRIPT = {"Hani": "", "Kore": "Hang"}


class Language(msgspec.Struct, frozen=True):
    """A language: its ISO 639-3 code, usual script and English name."""

    code: str
    script: str
    name: str


@cache
def _languages() -> dict[str, Language]:
    """Tag -> language, for all of the table."""
    rows = (line.split("\t") for line in read_lines("languages.txt") if line)
    return {tag: Language(code, script, name) for tag, code, script, name in rows}


@cache
def _by_code() -> dict[str, str]:
    """ISO 639-3 code -> tag."""
    found = {language.code: tag for tag, language in _languages().items()}
    return found | _INDIVIDUAL | _RENAMED


def name(tag: str) -> str:
    """The English name of a language tag: `Chinese (Simplified)` for `zh-Hans`.

    A tag that is not in the table is its own name.
    """
    base, *subtags = tag.split("-")
    if base == "und":
        return "Undetermined"
    language = _languages().get(base)
    if language is None:
        return tag
    if not subtags:
        return language.name
    detail = ", ".join(_SCRIPT_NAMES.get(subtag, subtag) for subtag in subtags)
    return f"{language.name} ({detail})"


def to_flores(tag: str) -> str:
    """The tag in the style of FLORES: `zho_Hans`, `jpn_Jpan`; `und` stays."""
    base, *subtags = tag.split("-")
    language = _languages().get(base)
    if base == "und" or language is None:
        return "_".join([base, *subtags])
    script = next((s for s in subtags if len(s) == 4), language.script)
    if tag == "zh":
        script = "Hani"
    script = "Hang" if script == "Kore" else script
    return f"{language.code}_{script}"


def to_bcp47(code: str) -> str:
    """The tag for a code of another tool: `zh-Hans` for `zho_Hans` and `zh-cn`.

    The script stays only where it is not the usual one, and in Chinese.
    """
    base, *subtags = code.replace("_", "-").split("-")
    base = _by_code().get(base.lower(), base.lower())
    if base == "und":
        return base
    language = _languages().get(base)
    script = next((s.title() for s in subtags if len(s) == 4), "")
    if base == "zh":
        regions = (_REGIONS.get(s.upper(), "") for s in subtags)
        script = script or next((s for s in regions if s), "")
        return f"zh-{script}" if script in ("Hans", "Hant") else "zh"
    if language is None or not script:
        return "-".join(filter(None, (base, script)))
    usual = {language.script, _SAME_SCRIPT.get(language.script, language.script)}
    return base if script in usual else f"{base}-{script}"
