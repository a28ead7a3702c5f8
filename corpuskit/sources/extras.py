"""Optional packages that some formats need, and the extras that bring them."""

from importlib.util import find_spec

from corpuskit.errors import MissingExtraError

_PACKAGES = {
    "parquet": "pyarrow",
    "warc": "fastwarc",
    "office": "pypdfium2",
    "remote": "fsspec",
}


def has_extra(extra: str) -> bool:
    """Whether the package of an extra is installed."""
    return find_spec(_PACKAGES[extra]) is not None


def need_extra(extra: str) -> None:
    """Checks that the package of an extra is there.

    Raises:
        MissingExtraError: it is not; the message names the extra.
    """
    if not has_extra(extra):
        raise MissingExtraError(extra, f"reading {extra.capitalize()} files")
