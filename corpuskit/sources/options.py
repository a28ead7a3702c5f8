"""ReadOptions: what the command line, recipes and tests may set about reading."""

import msgspec

_MIB = 1 << 20


class ReadOptions(msgspec.Struct, frozen=True):
    """How inputs are found and read. Limits count work, never time.

    Attributes:
        encoding: Python codec name for all text; "" finds out for each file.
        include: glob patterns; in folders, globs and archives only names that match
            one of them are read. A pattern is held against the path below the
            folder and against the last part of it.
        exclude: glob patterns of names that are not read; they win over `include`.
        text_key: key or column that holds the text of a row; "" tries the usual ones.
        id_key: key or column that holds the id of a row; "" tries the usual ones.
        skip: paths that are never read, such as the output of this run: files, or
            folders with all that is in them.
        max_document_bytes: size above which one document (a page, a row) is refused.
        max_unpacked_bytes: bytes that one packed input may give.
        max_ratio: times its packed size that an input may unpack to, once it has
            given more than 64 MiB.
        max_nesting: how many archives may lie one inside the other.
        max_members: files that one archive may hold.
        max_pages: pages that one PDF file may have.
    """

    encoding: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    text_key: str = ""
    id_key: str = ""
    skip: tuple[str, ...] = ()
    max_document_bytes: int = 32 * _MIB
    max_unpacked_bytes: int = 64 * 1024 * _MIB
    max_ratio: int = 500
    max_nesting: int = 3
    max_members: int = 1_000_000
    max_pages: int = 20_000
