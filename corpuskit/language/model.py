"""What detection takes and gives: options, the answer, its parts."""

from typing import Literal, Protocol

import msgspec

UNDETERMINED = "und"

EngineName = Literal["vote", "profiles", "langdetect", "lingua", "fasttext"]


class Opinion(msgspec.Struct, frozen=True):
    """What an engine says about a text.

    Attributes:
        language: its answer; `und` where it has none.
        score: how likely the answer is right.
        ranking: share and tag of each candidate, best first.
        second_share: the share of the text that seems to be in other languages.
    """

    language: str
    score: float
    ranking: tuple[tuple[float, str], ...] = ()
    second_share: float = 0.0

    @property
    def margin(self) -> float:
        """By how much of the vote the first candidate leads the second, 0 to 1."""
        first, second, *_ = (*(share for share, _ in self.ranking), 0.0, 0.0)
        return min(1.0, max(0.0, first - second))


class Engine(Protocol):
    """Whatever gives the language of a text."""

    def __call__(self, text: str, n_letters: int) -> Opinion:
        """The opinion on a text that has this many letters."""


class DetectOptions(msgspec.Struct, frozen=True):
    """How to detect.

    Attributes:
        engine: who decides where the script alone does not; a name, or an engine of
            your own, which is asked about every text that has letters.
        model: path of a fastText model file, for the engine of that name.
        parts: look for parts in other languages; without, the answer has one part.
    """

    engine: EngineName | Engine = "vote"
    model: str = ""
    parts: bool = True


class Part(msgspec.Struct, frozen=True):
    """A span of the text in one language; offsets in characters, end excluded.

    Attributes:
        start: offset of its first character.
        end: offset after its last character.
        language: BCP 47 tag.
        script: ISO 15924 code.
        score: how likely the language is right, 0 to 1.
        weight: how much text it is: its letters, a Chinese character for three.
    """

    start: int
    end: int
    language: str
    script: str
    score: float
    weight: float = 0.0


class Detected(msgspec.Struct, frozen=True):
    """The language of a text.

    Attributes:
        language: BCP 47 tag, with the script where it matters (`zh-Hans`); `und`
            where the text gives no evidence, or next to none.
        script: ISO 15924 code of the main script, `Jpan` and `Kore` for the mixed
            systems, `Zyyy` without letters.
        score: how likely the language is right, 0 to 1.
        parts: spans that cover the text in order; one for a text in one language.
        margin: by how much of the vote the language leads the next one, 0 to 1; in a
            text in several languages, by how much of the text.
    """

    language: str
    script: str
    score: float
    parts: tuple[Part, ...] = ()
    margin: float = 0.0
