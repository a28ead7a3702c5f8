"""What people look at: tables, bars and progress; and the same rows for machines.

Every function takes plain values and gives something that a rich console prints, or
bytes; nothing here reads a corpus. Nothing is imported before it is used.
"""

from typing import TYPE_CHECKING

from corpuskit._room import lazy_names

if TYPE_CHECKING:
    from corpuskit.render.clusters import Cluster as Cluster
    from corpuskit.render.clusters import Member as Member
    from corpuskit.render.clusters import cluster_rows as cluster_rows
    from corpuskit.render.clusters import clusters_of as clusters_of
    from corpuskit.render.clusters import clusters_table as clusters_table
    from corpuskit.render.console import make_console as make_console
    from corpuskit.render.corpus import stats_tables as stats_tables
    from corpuskit.render.document_row import DocumentRow as DocumentRow
    from corpuskit.render.document_row import row_of as row_of
    from corpuskit.render.documents import documents_table as documents_table
    from corpuskit.render.formats import formats_table as formats_table
    from corpuskit.render.languages import Uncertain as Uncertain
    from corpuskit.render.languages import languages_table as languages_table
    from corpuskit.render.outcome import run_summary as run_summary
    from corpuskit.render.progress import Progress as Progress
    from corpuskit.render.progress import make_progress as make_progress
    from corpuskit.render.redacted import redacted_table as redacted_table
    from corpuskit.render.rows import FORMATS as FORMATS
    from corpuskit.render.rows import rows_as as rows_as
    from corpuskit.render.rows import stats_as as stats_as

_HOMES = {
    "Cluster": "clusters",
    "DocumentRow": "document_row",
    "FORMATS": "rows",
    "Member": "clusters",
    "Progress": "progress",
    "Uncertain": "languages",
    "cluster_rows": "clusters",
    "clusters_of": "clusters",
    "clusters_table": "clusters",
    "documents_table": "documents",
    "formats_table": "formats",
    "languages_table": "languages",
    "make_console": "console",
    "make_progress": "progress",
    "redacted_table": "redacted",
    "row_of": "document_row",
    "rows_as": "rows",
    "run_summary": "outcome",
    "stats_as": "rows",
    "stats_tables": "corpus",
}

__all__ = [
    "FORMATS",
    "Cluster",
    "DocumentRow",
    "Member",
    "Progress",
    "Uncertain",
    "cluster_rows",
    "clusters_of",
    "clusters_table",
    "documents_table",
    "formats_table",
    "languages_table",
    "make_console",
    "make_progress",
    "redacted_table",
    "row_of",
    "rows_as",
    "run_summary",
    "stats_as",
    "stats_tables",
]


__getattr__ = lazy_names(__name__, _HOMES)
