"""Documents -> JSONL, CSV, TSV, Parquet or a folder of texts, whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from corpuskit._room import make_callable
from corpuskit.document import Document

__all__ = ["write"]


def write(documents: Iterable[Document], path: str | Path) -> int:
    """Writes documents and gives back how many were kept.

    The suffix says the format: .jsonl, .jsonl.gz, .jsonl.zst, .csv, .tsv, .parquet; a
    path without a suffix is a folder of texts with documents.jsonl and dropped.jsonl.
    In a single file only documents with `keep` are written.

    Raises:
        UsageError: the suffix names no format.
        OutputError: the place cannot be written.
        MissingExtraError: Parquet without pyarrow.
    """
    from corpuskit._version import VERSION
    from corpuskit.write.corpus import FileSink, FolderSink, Sink

    target = Path(path)
    sink: Sink = FileSink(target) if target.suffix else FolderSink(target)
    n_kept = 0
    try:
        for document in documents:
            sink.put([sink.wants.record(document)])
            n_kept += document.keep
        sink.commit({"corpuskit": VERSION, "command": "write", "kept": n_kept})
    finally:
        sink.discard()
    return n_kept


make_callable(__name__)
