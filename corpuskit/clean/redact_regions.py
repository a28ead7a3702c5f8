"""National telephone numbers of chosen countries, by the `phonenumbers` package."""

from collections.abc import Iterator
from typing import Any

from corpuskit.errors import MissingExtraError, UsageError


def check_regions(regions: tuple[str, ...]) -> None:
    """Raises where a region has no numbers, or the package is missing.

    Raises:
        UsageError: a region that nobody has numbers of.
        MissingExtraError: the extra `phone` is not installed.
    """
    known = _phonenumbers().SUPPORTED_REGIONS
    for region in regions:
        if region not in known:
            raise UsageError(
                f"no telephone numbers of {region!r} are known: give countries as in "
                "DE,FR,GB (ISO 3166)"
            )


def national_numbers(text: str, regions: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Start and end of the valid telephone numbers of these countries in a text."""
    package = _phonenumbers()
    for region in regions:
        for match in package.PhoneNumberMatcher(text, region):
            yield match.start, match.end


def _phonenumbers() -> Any:  # noqa: ANN401 - the package has types of its own
    try:
        import phonenumbers
    except ImportError as error:
        raise MissingExtraError("phone", "looking for national numbers") from error
    return phonenumbers
