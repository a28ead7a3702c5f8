"""What people look at: tables, bars and progress; and the same rows for machines.

Every function takes plain values and gives something that a rich console prints, or
bytes; nothing here reads a corpus. Nothing is imported before it is used.
"""

from typing import TYPE_CHECKING

from corpuskit._room import lazy_names

if TYPE_CHECKING:
    from corpuskit.render.changes import Changes as Changes
    from corpuskit.render.changes import changes_table as changes_table
    from corpuskit.render.clusters import Cluster as Cluster
    from corpuskit.render.clusters import Member as Member
    from corpuskit.render.clusters import cluster_rows as cluster_rows
    from corpuskit.render.clusters import clusters_of as clusters_of
    from corpuskit.render.clusters import clusters_table as clusters_table
    from corpuskit.render.console import make_console as make_console
    from corpuskit.render.corpus import stats_tables as stats_tables
    from corpuskit.render.decisions import Decisions as Decisions
    from corpuskit.render.decisions import Twin as Twin
    from corpuskit.render.decisions import decisions_view as decisions_view
    from corpuskit.render.decisions import document_view as document_view
    from corpuskit.render.decisions import similarity_of as similarity_of
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
    from corpuskit.render.side_by_side import Side as Side
    from corpuskit.render.side_by_side import SideBySide as SideBySide
    from corpuskit.render.woven import Woven as Woven

_HOMES = {
    "Changes": "changes",
    "Cluster": "clusters",
    "Decisions": "decisions",
    "DocumentRow": "document_row",
    "FORMATS": "rows",
    "Member": "clusters",
    "Progress": "progress",
    "Side": "side_by_side",
    "SideBySide": "side_by_side",
    "Twin": "decisions",
    "Uncertain": "languages",
    "Woven": "woven",
    "changes_table": "changes",
    "cluster_rows": "clusters",
    "clusters_of": "clusters",
    "clusters_table": "clusters",
    "decisions_view": "decisions",
    "document_view": "decisions",
    "documents_table": "documents",
    "formats_table": "formats",
    "languages_table": "languages",
    "make_console": "console",
    "make_progress": "progress",
    "redacted_table": "redacted",
    "row_of": "document_row",
    "rows_as": "rows",
    "run_summary": "outcome",
    "similarity_of": "decisions",
    "stats_as": "rows",
    "stats_tables": "corpus",
}

__all__ = [
    "FORMATS",
    "Changes",
    "Cluster",
    "Decisions",
    "DocumentRow",
    "Member",
    "Progress",
    "Side",
    "SideBySide",
    "Twin",
    "Uncertain",
    "Woven",
    "changes_table",
    "cluster_rows",
    "clusters_of",
    "clusters_table",
    "decisions_view",
    "document_view",
    "documents_table",
    "formats_table",
    "languages_table",
    "make_console",
    "make_progress",
    "redacted_table",
    "row_of",
    "rows_as",
    "run_summary",
    "similarity_of",
    "stats_as",
    "stats_tables",
]


__getattr__ = lazy_names(__name__, _HOMES)
