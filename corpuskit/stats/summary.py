"""Stats: the numbers of a corpus, added up document by document."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from corpuskit.document import REPLACEMENT, Document
from corpuskit.scripts import count_words
from corpuskit.stats.fields import values_of
from corpuskit.stats.lengths import Lengths

_TOTALS: Final = (
    "documents",
    "dropped",
    "characters",
    "words",
    "size_bytes",
    "damaged_characters",
    "damaged_documents",
    "duplicates",
    "clusters",
)
_COUNTERS: Final = (
    "languages",
    "encodings",
    "media_types",
    "sources",
    "years",
    "reasons",
)


@dataclass(slots=True)
class Group:
    """The numbers of the documents that share a value of the field grouped by."""

    documents: int = 0
    dropped: int = 0
    characters: int = 0
    words: int = 0
    size_bytes: int = 0

    def add(self, other: "Group") -> None:
        """Adds the numbers of another group."""
        self.documents += other.documents
        self.dropped += other.dropped
        self.characters += other.characters
        self.words += other.words
        self.size_bytes += other.size_bytes


@dataclass(slots=True)
class Stats:
    """The numbers of a corpus; of kept documents, where nothing else is said.

    Attributes:
        by: the field that `groups` are made of; "" makes none.
        documents: kept documents.
        dropped: documents with keep=False; only these, `reasons` and `duplicates`
            say anything about them.
        characters: code points of the texts.
        words: between spaces, and one per character of a script without spaces.
        size_bytes: of the texts in UTF-8.
        damaged_characters: U+FFFD in the texts, in `damaged_documents` documents.
        duplicates: dropped documents whose reason is dedup.*; `clusters` counts
            the kept documents that have such duplicates.
        first, last: least and greatest known date (`created`); "" where none is known.
        languages: documents by language; likewise encodings, media_types, sources
            and years ("" unknown). `reasons` counts dropped documents.
        lengths: the distribution of characters per document.
        groups: numbers by value of `by`; their memory grows with the values.
    """

    by: str = ""
    documents: int = 0
    dropped: int = 0
    characters: int = 0
    words: int = 0
    size_bytes: int = 0
    damaged_characters: int = 0
    damaged_documents: int = 0
    duplicates: int = 0
    clusters: int = 0
    first: str = ""
    last: str = ""
    languages: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    media_types: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    lengths: Lengths = field(default_factory=Lengths)
    groups: dict[str, Group] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Counts one more document."""
        numbers = self._add_kept(document) if document.keep else self._drop(document)
        if self.by:
            for value in values_of(document, self.by):
                self.groups.setdefault(value, Group()).add(numbers)

    def _drop(self, document: Document) -> Group:
        self.dropped += 1
        self.reasons[document.reason] += 1
        self.duplicates += document.reason.startswith("dedup.")
        return Group(dropped=1)

    def _add_kept(self, document: Document) -> Group:
        text = document.text
        n_words, size = count_words(text), len(text.encode("utf-8"))
        self.documents += 1
        self.characters += len(text)
        self.words += n_words
        self.size_bytes += size
        self.clusters += document.cluster == document.id
        if REPLACEMENT in text:
            self.damaged_documents += 1
            self.damaged_characters += text.count(REPLACEMENT)
        if document.created:
            self.first = min(self.first or document.created, document.created)
            self.last = max(self.last, document.created)
        self.languages[document.language] += 1
        self.encodings[document.metadata.encoding] += 1
        self.media_types[document.metadata.media_type] += 1
        self.sources[document.source] += 1
        self.years[document.created[:4]] += 1
        self.lengths.add(len(text))
        return Group(1, 0, len(text), n_words, size)

    def merge(self, other: "Stats") -> "Stats":
        """The numbers of both together; neither is changed.

        Raises:
            ValueError: the two are grouped by different fields.
        """
        if self.by != other.by:
            raise ValueError(f"stats by {self.by!r} and by {other.by!r} do not merge")
        merged = Stats(by=self.by)
        for part in (self, other):
            merged._take(part)
        return merged

    def _take(self, part: "Stats") -> None:
        for name in _TOTALS:
            setattr(self, name, getattr(self, name) + getattr(part, name))
        for name in _COUNTERS:
            getattr(self, name).update(getattr(part, name))
        self.first = min(filter(None, (self.first, part.first)), default="")
        self.last = max(self.last, part.last)
        self.lengths.update(part.lengths)
        for value, numbers in part.groups.items():
            self.groups.setdefault(value, Group()).add(numbers)

    def to_dict(self) -> dict[str, Any]:
        """All numbers as JSON values, most frequent first; from_dict takes it back."""
        groups = sorted(
            self.groups.items(),
            key=lambda pair: (-pair[1].documents, -pair[1].dropped, pair[0]),
        )
        return {
            **{name: getattr(self, name) for name in _TOTALS},
            "first": self.first,
            "last": self.last,
            **{name: ranked(getattr(self, name)) for name in _COUNTERS},
            "lengths": self.lengths.to_dict(),
            "by": self.by,
            "groups": {value: asdict(numbers) for value, numbers in groups},
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Stats":
        """The numbers that to_dict gave."""
        restored = cls(
            by=values["by"],
            first=values["first"],
            last=values["last"],
            lengths=Lengths.from_dict(values["lengths"]),
            groups={key: Group(**group) for key, group in values["groups"].items()},
        )
        for name in _TOTALS:
            setattr(restored, name, values[name])
        for name in _COUNTERS:
            setattr(restored, name, Counter(values[name]))
        return restored


def ranked(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts with the greatest first, equal ones by name."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def stats(documents: Iterable[Document], *, by: str = "") -> Stats:
    """The numbers of these documents, grouped by a field if one is named."""
    total = Stats(by=by)
    for document in documents:
        total.add(document)
    return total
