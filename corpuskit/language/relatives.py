"""Words that tell close relatives apart: Croatian from Serbian, Indonesian from Malay.

Statistical profiles of such languages nearly coincide; a handful of common words and
spellings decide what a speaker would look for.
"""

from collections import Counter
from functools import cache

import msgspec

from corpuskit._patterns import pattern
from corpuskit.language.data_files import read_lines

_WORD = pattern(r"[^\W\d_][^\s\d.,;:!?\"()\[\]„“”«»।|/]*")


class Group(msgspec.Struct, frozen=True):
    """Languages that are close, and the words that some of them alone use.

    Attributes:
        languages: their tags.
        words: whole words -> the languages that use them.
        stems: beginnings of words, grouped by their first two letters.
        ends: ends of words, grouped by their last two letters.
        letters: letters -> the languages that write them.
    """

    languages: frozenset[str]
    words: dict[str, frozenset[str]]
    stems: dict[str, list[tuple[str, frozenset[str]]]]
    ends: dict[str, list[tuple[str, frozenset[str]]]]
    letters: dict[str, frozenset[str]]


def _group(block: str) -> Group:
    users: dict[str, set[str]] = {}
    languages = set()
    for line in block.splitlines():
        language, _, words = line.partition("\t")
        languages.add(language)
        for word in words.lower().split():
            users.setdefault(word, set()).add(language)
    group = Group(frozenset(languages), {}, {}, {}, {})
    for word, of in users.items():
        if of != languages:
            _add(group, word, frozenset(of))
    return group


def _add(group: Group, word: str, users: frozenset[str]) -> None:
    """Files a word, or a part of words, under its kind."""
    part = word.strip("*")
    if word.startswith("*") and word.endswith("*"):
        group.letters[part] = users
    elif word.startswith("*"):
        group.ends.setdefault(part[-2:], []).append((part, users))
    elif word.endswith("*"):
        group.stems.setdefault(part[:2], []).append((part, users))
    else:
        group.words[word] = users


@cache
def groups() -> tuple[Group, ...]:
    """All groups of relatives."""
    text = "\n".join(read_lines("relatives.txt"))
    return tuple(_group(block) for block in text.split("\n\n") if block.strip())


def close(first: str, second: str) -> bool:
    """Whether two languages are in one group."""
    return any({first, second} <= group.languages for group in groups())


def margins(text: str, candidates: frozenset[str]) -> dict[str, int]:
    """By how many telling words each language leads, where relatives are candidates.

    A negative number says how far it is behind; the sum counts over all its groups.
    """
    rivals = [g for g in groups() if len(g.languages & candidates) > 1]
    if not rivals:
        return {}
    tokens = Counter(_WORD.findall(text.lower()))
    found: dict[str, int] = {}
    for group in rivals:
        counts = Counter(dict.fromkeys(group.languages & candidates, 0))
        for token, n in tokens.items():
            for language in _users(group, token) & candidates:
                counts[language] += n
        for language, n in counts.items():
            best_other = max(m for other, m in counts.items() if other != language)
            found[language] = found.get(language, 0) + n - best_other
    return found


def _users(group: Group, token: str) -> frozenset[str]:
    """The languages of the group that use this word, by its most telling part."""
    users = group.words.get(token)
    if users is not None:
        return users
    for stem, who in group.stems.get(token[:2], ()):
        if token.startswith(stem):
            return who
    for letter, who in group.letters.items():
        if letter in token:
            return who
    for end, who in group.ends.get(token[-2:], ()):
        if token.endswith(end) and len(token) > len(end) + 1:
            return who
    return frozenset()
