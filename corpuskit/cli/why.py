"""`corpuskit why`: what was decided about one document, and the reasons."""

import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import Common, example, view_options

if TYPE_CHECKING:
    from corpuskit.document import Document
    from corpuskit.render import Decisions
    from corpuskit.run.finished import FinishedRun

_MOST_DOCUMENTS = 20


@dataclass(slots=True)
class Explained:
    """The first documents of a run with their reasons, for a terminal."""

    documents: "list[Document]" = field(default_factory=list)
    more: int = 0

    def add(self, document: "Document") -> None:
        """Takes a document; after the first ones only their number."""
        if len(self.documents) < _MOST_DOCUMENTS:
            self.documents.append(document)
        else:
            self.more += 1

    def merge(self, other: "Explained") -> None:
        """Adds the documents that come next."""
        room = _MOST_DOCUMENTS - len(self.documents)
        self.more += other.more + len(other.documents[room:])
        self.documents += other.documents[:room]

    def show(self, common: Common) -> None:
        """Prints what was decided about each document."""
        from corpuskit.clean.removed import removed_from
        from corpuskit.cli.output import show
        from corpuskit.render import Decisions, decisions_view

        for document in self.documents:
            told = Decisions(document, removed_from(document) or [])
            show(common, decisions_view(told), "")
        if self.more:
            show(common, f"and {self.more} more: --out writes the reasons of all")


@click.command(
    "why",
    epilog=example(
        """
        corpuskit why seeds/004 corpus/
        corpuskit why seeds/004 corpus/ --json | jq .removed
        """
    ),
)
@click.argument("document_id", metavar="ID")
@click.argument("run", default="", metavar="[RUN]")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, as into a pipe.")
@view_options("verbose", "no_color")
def why_command(common: Common, document_id: str, run: str, as_json: bool) -> int:
    """Show what was decided about one document, and the reasons.

    ID may be the beginning of an id, or a part that only one id has. RUN is the folder
    or file that clean --out wrote: ./corpus, or the current folder, where it is left
    out. What was removed is in the run if clean had --explain; else the input is
    cleaned again, if it is still there.
    """
    from corpuskit.run.finished import open_run

    found = open_run(run)
    told = _decisions(found, found.find(document_id))
    if as_json or not sys.stdout.isatty():
        import msgspec

        line = msgspec.json.encode(_as_json(told, found.shown))
        sys.stdout.buffer.write(line + b"\n")
        return 0
    from corpuskit.cli.output import page
    from corpuskit.render import decisions_view

    page(common, decisions_view(told))
    return 0


def _decisions(run: "FinishedRun", document: "Document") -> "Decisions":
    """What the run tells about a document."""
    from corpuskit.render import Decisions, Twin, similarity_of

    removed, again = run.removed(document), False
    if removed is None and not document.reason.startswith("read."):
        from corpuskit.run.again import removed_again

        removed = removed_again(document, run.options())
        again = removed is not None
    told = Decisions(document, removed, again=again)
    cluster = document.cluster
    if not cluster:
        return told
    if cluster != document.id:
        return replace(told, matched=run.get(cluster))
    twins = [
        Twin(other.id, other.reason, similarity_of(other))
        for other in map(_document, run.members(cluster))
    ]
    return replace(told, twins=twins)


def _document(row: Any) -> "Document":  # noqa: ANN401 - a run.finished.Row
    from corpuskit.cli.dedup import without_text

    return without_text(row.document())


def _as_json(told: "Decisions", run: str) -> dict[str, Any]:
    """What was decided as JSON values."""
    from corpuskit.render import similarity_of

    document, matched = told.document, told.matched
    is_twin = bool(document.cluster) and document.cluster != document.id
    return {
        "id": document.id,
        "run": run,
        "keep": document.keep,
        "reason": document.reason,
        "cluster": document.cluster,
        "similarity": similarity_of(document) if is_twin else 0.0,
        "title": document.title,
        "created": document.created,
        "language": document.language,
        "text": document.text,
        "explained": told.removed is not None,
        "cleaned_again": told.again,
        "removed": list(told.removed or ()),
        "matched": {"id": document.cluster, "text": matched.text} if matched else {},
        "duplicates": [
            {"id": twin.id, "reason": twin.reason, "similarity": twin.similarity}
            for twin in told.twins
        ],
    }
