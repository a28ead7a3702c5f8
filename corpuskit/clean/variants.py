"""Chinese text in the other script: traditional -> simplified, or the way back.

The conversion is OpenCC's, by words. It is never reversible, so it is an option; lines
with kana are Japanese and stay.
"""

from functools import cache
from typing import Any, Final

import msgspec

from corpuskit.document import Document
from corpuskit.errors import MissingExtraError
from corpuskit.scripts import HAN_RE, KANA_RE

_HOW: Final = {"simplified": ("t2s", "zh-Hans"), "traditional": ("s2t", "zh-Hant")}


def convert_script(document: Document, script: str) -> Document:
    """The document with its Chinese text and title in one script.

    Documents in other languages stay, and so do those that are in traditional script
    where that is wanted. Where no language was detected, texts with kana stay.

    Args:
        document: any document.
        script: "simplified" or "traditional".

    Raises:
        MissingExtraError: the extra `script` is not installed.
    """
    config, language = _HOW[script]
    is_chinese = document.language.startswith("zh")
    if not document.keep or not (is_chinese or document.language == "und"):
        return document
    if document.language == language == "zh-Hant" or not HAN_RE.search(document.text):
        return document
    if not is_chinese and KANA_RE.search(document.text):
        return document
    text, title = _convert(document.text, config), _convert(document.title, config)
    if text != document.text:
        document = document.with_text(text)
    return msgspec.structs.replace(
        document, title=title, language=language if is_chinese else document.language
    )


def check_script() -> None:
    """Raises MissingExtraError where scripts cannot be converted."""
    _converter("t2s")


def _convert(text: str, config: str) -> str:
    lines = text.split("\n")
    convert = _converter(config).convert
    return "\n".join(
        convert(line) if HAN_RE.search(line) and not KANA_RE.search(line) else line
        for line in lines
    )


@cache
def _converter(config: str) -> Any:  # noqa: ANN401 - the package has no types
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise MissingExtraError("script", "converting Chinese scripts") from error
    return OpenCC(config)
