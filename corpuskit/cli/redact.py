"""`corpuskit redact`: contact data and numbers of persons -> tokens."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from corpuskit.cli.options import Common, common_options, example, raw_option

if TYPE_CHECKING:
    from corpuskit.clean import RedactOptions
    from corpuskit.document import Document

FOUND = 1


@dataclass(slots=True)
class Replaced:
    """How many records have tokens, of this run or an earlier one, and of each kind."""

    documents: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, document: "Document") -> None:
        """Counts what was replaced in a document."""
        if '"redacted"' in document.metadata.extra:
            self.documents += 1
            self.counts.update(document.extra()["redacted"])

    def merge(self, other: "Replaced") -> None:
        """Adds the counts of the documents that come next."""
        self.documents += other.documents
        self.counts.update(other.counts)


@click.command(
    "redact",
    epilog=example(
        """
        corpuskit redact corpus/ -o redacted.jsonl
        corpuskit redact pages/ --only email,phone --region DE,FR | jq -r .text
        """
    ),
)
@click.option(
    "--only",
    default="",
    metavar="KINDS",
    help="Only these of email, phone, ip, id (Chinese resident numbers) and card.",
)
@click.option(
    "--region",
    default="",
    metavar="CODES",
    help="Also national telephone numbers of these countries, such as DE,FR. Chinese, "
    "Japanese, Korean, North American ones and any with + need none.",
)
@click.option("--check", is_flag=True, help="End with code 1 if there was anything.")
@raw_option
@common_options
def redact_command(common: Common, raw: bool, **options: Any) -> int:  # noqa: ANN401 - click's own
    """Replace e-mail addresses, phone and other numbers by tokens."""
    from corpuskit.cli.execute import (
        Work,
        cleaned_first,
        execute,
        exit_code,
        tell_cleaned,
    )
    from corpuskit.cli.output import output_sink
    from corpuskit.run.steps import Redact

    how = redact_options(options["only"], options["region"])
    work = Work((*cleaned_first(raw), Redact(how)), collector=Replaced)
    report = execute("redact", common, work, output_sink(common), options=options)
    tell_cleaned(common, report)
    found = report.collected
    assert isinstance(found, Replaced)
    if common.shown_format() == "table":
        _show(common, found)
    if options["check"] and report.tally.ran["redact"]:
        return FOUND
    return exit_code(report)


def redact_options(kinds: str, regions: str) -> "RedactOptions":
    """What lists with commas ask for; no kinds are all of them.

    Raises:
        UsageError: a kind or a region that does not exist.
        MissingExtraError: regions need a package that is not installed.
    """
    from corpuskit.clean import RedactOptions, check_redaction

    options = RedactOptions(regions=_listed(regions.upper()))
    if wanted := _listed(kinds.lower()):
        options = RedactOptions(wanted, options.regions)
    check_redaction(options)
    return options


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _show(common: Common, found: Replaced) -> None:
    from corpuskit.cli.output import show
    from corpuskit.render import redacted_table

    show(common, redacted_table(found.counts, found.documents))
