"""`corpuskit decontaminate`: keeps test sets out of a corpus."""

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import Common, common_options, example, raw_option

if TYPE_CHECKING:
    from corpuskit.dedup import EvalSets
    from corpuskit.document import Document

FOUND = 1


@dataclass(slots=True)
class Touched:
    """Which test items were found in documents, and where.

    Attributes:
        items: by set and id, how many documents have something of it, the greatest
            share of its runs that one has, and the first one that has that share.
    """

    items: dict[tuple[str, str], tuple[int, float, str]] = field(default_factory=dict)

    def add(self, document: "Document") -> None:
        """Takes in what a document has in common with test items."""
        if "contaminated" not in document.metadata.extra:
            return
        for told in document.extra().get("contaminated", ()):
            key = (str(told["set"]), str(told["item"]))
            self._take(key, (1, float(told["share"]), document.id))

    def merge(self, other: "Touched") -> None:
        """Adds the documents that come next."""
        for key, value in other.items.items():
            self._take(key, value)

    def _take(self, key: tuple[str, str], new: tuple[int, float, str]) -> None:
        old = self.items.get(key, (0, 0.0, ""))
        best = new if new[1] > old[1] else old
        self.items[key] = (old[0] + new[0], best[1], best[2])


@click.command(
    "decontaminate",
    epilog=example(
        """
        corpuskit decontaminate corpus/ --eval mmlu.jsonl -o clean.jsonl
        corpuskit decontaminate corpus/ --eval tests/ --mark --report found.csv
        """
    ),
)
@click.option(
    "--eval",
    "sets",
    multiple=True,
    required=True,
    metavar="PATH",
    help="A test set: a file or folder, a document each item. May be repeated.",
)
@click.option(
    "--eval-key", default="", metavar="KEY", help="Key of the text in its JSONL rows."
)
@click.option(
    "--words",
    type=click.IntRange(min=2),
    default=13,
    show_default=True,
    help="So many words in a row that a test item has too are contamination.",
)
@click.option(
    "--characters",
    type=click.IntRange(min=2),
    default=22,
    show_default=True,
    help="The same for scripts without spaces, in characters.",
)
@click.option("--mark", is_flag=True, help="Keep all; only write the reason.")
@click.option("--check", is_flag=True, help="End with code 1 if something is found.")
@click.option(
    "--report",
    metavar="FILE",
    help="Also write every test item, a line each: .jsonl, .csv or .tsv.",
)
@raw_option
@common_options
def decontaminate_command(common: Common, **options: Any) -> int:  # noqa: ANN401 - click's own
    """Find documents that hold parts of test sets and drop them."""
    from corpuskit.cli.execute import (
        Work,
        cleaned_first,
        execute,
        exit_code,
        tell_cleaned,
    )
    from corpuskit.cli.output import output_sink
    from corpuskit.run.contamination import Decontaminate

    sets = _read_sets(common, options)
    step = Decontaminate(sets, options["mark"] or options["check"])
    work = Work((*cleaned_first(options["raw"]), step), collector=Touched)
    report = execute(
        "decontaminate", common, work, output_sink(common), options=options
    )
    tell_cleaned(common, report)
    found = report.collected
    assert isinstance(found, Touched)
    _show(common, sets, found, options["report"])
    if options["check"] and found.items:
        return FOUND
    return exit_code(report)


def _read_sets(common: Common, options: dict[str, Any]) -> "EvalSets":
    """The test sets, their texts as found.

    Raises:
        EmptyError: there is nothing to look for.
        ReadError: an item cannot be read.
    """
    from msgspec.structs import replace

    from corpuskit.cli.execute import note
    from corpuskit.dedup import EvalSets, RunOptions
    from corpuskit.errors import EmptyError
    from corpuskit.sources import plan, read_split

    key = options["eval_key"]
    reading = replace(common.read_options(), text_key=key, include=(), exclude=())
    named = [
        (
            name,
            [d for part in plan((name,), reading) for d in read_split(part, reading)],
        )
        for name in options["sets"]
    ]
    _refuse_unread([document for _, documents in named for document in documents])
    sets = EvalSets(named, RunOptions(options["words"], options["characters"]))
    n_short = sum(not item.n_runs for item in sets.items)
    if n_short == len(sets.items):
        words = ", ".join(options["sets"])
        raise EmptyError(f"nothing to look for in {words}: every item is too short")
    if n_short:
        note(common, f"{n_short} test items are too short and not looked for")
    return sets


def _refuse_unread(documents: "list[Document]") -> None:
    from corpuskit.errors import ReadError

    for document in documents:
        if not document.keep:
            error = document.extra().get("error", document.reason)
            raise ReadError(f"{document.id}: {error}")


def _show(common: Common, sets: "EvalSets", found: Touched, report: str | None) -> None:
    """The table of the sets on a terminal, and the file of items if one is wanted."""
    from corpuskit.render import rows_as

    if report:
        from corpuskit.cli.output import write_listing

        rows = [_row(sets, number, found) for number in range(len(sets.items))]
        write_listing(report, partial(rows_as, rows))
    if common.shown_format() == "table":
        from corpuskit.cli.output import show
        from corpuskit.render.contamination import contamination_table

        show(common, contamination_table(sets.items, found.items))


def _row(sets: "EvalSets", number: int, found: Touched) -> dict[str, Any]:
    item = sets.items[number]
    n_documents, share, document = found.items.get((item.set, item.id), (0, 0.0, ""))
    return {
        "set": item.set,
        "item": item.id,
        "runs": item.n_runs,
        "documents": n_documents,
        "share": share,
        "document": document,
    }
