"""Find the files below folders and globs: each once, in natural order."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from corpuskit.sources.faults import explain
from corpuskit.sources.names import is_hidden, is_wanted, shown_path, sort_key
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.own_output import is_own_output, is_own_side_file
from corpuskit.sources.split import Input

_GLOB = frozenset("*?[")
_ARCHIVE_ENDINGS = (
    ".zip",
    ".tar",
    ".tgz",
    ".tbz2",
    ".txz",
    ".tzst",
    ".gz",
    ".bz2",
    ".xz",
)

FileKey = tuple[int, int] | str


@dataclass(slots=True)
class Finder:
    """Walks paths one after the other and remembers what it has met.

    Files that links lead to twice are given once, under their own name where that
    lies below the same folder; links that lead back up end there.
    """

    options: ReadOptions
    _seen: set[FileKey] = field(default_factory=set)
    _sources: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict)
    _skip: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._skip = frozenset(os.path.realpath(path) for path in self.options.skip)

    def find(self, path: str) -> list[Input]:
        """The inputs that a path names: a file, a folder or a glob."""
        if not os.path.lexists(path) and _GLOB.intersection(path):
            return self._glob(path)
        try:
            status = Path(path).stat()
        except OSError as error:
            return [self._broken(path, error)]
        if stat.S_ISDIR(status.st_mode):
            return self._folder(path)
        found = self._file(path, status, folder=str(Path(path).parent))
        return [found] if found else []

    def source_of(self, folder: str) -> str:
        """The name of a folder as a source; a second folder of that name gets `~2`."""
        if folder not in self._folders:
            real = os.path.realpath(folder)
            name = shown_path(Path(real).name) or "root"
            self._folders[folder] = self.source_named(real, name)
        return self._folders[folder]

    def source_named(self, place: str, name: str) -> str:
        """The name of a place as a source; a second place of that name gets `~2`."""
        if place not in self._sources:
            taken, source, number = set(self._sources.values()), name, 2
            while source in taken:
                source, number = f"{name}~{number}", number + 1
            self._sources[place] = source
        return self._sources[place]

    def _glob(self, pattern: str) -> list[Input]:
        import glob

        folder = _fixed_part(pattern)
        # Path.glob takes no absolute patterns.
        listed = glob.iglob(pattern, recursive=True)  # noqa: PTH207
        paths = sorted(listed, key=sort_key)
        if not paths:
            error = FileNotFoundError(2, "no such file")
            return [self._broken(pattern, error)]
        found: list[Input] = []
        for path in paths:
            if Path(path).is_dir():
                # `**` lists what is below by itself; other patterns may name folders.
                if "**" not in pattern:
                    found += self._folder(path, source_folder=folder)
            elif is_wanted(_below(path, folder), *self._patterns):
                found += self._file_or_broken(path, folder)
        return found

    @property
    def _patterns(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.options.include, self.options.exclude

    def _folder(self, path: str, source_folder: str = "") -> list[Input]:
        if is_own_output(path):
            records = str(Path(path, "documents.jsonl"))
            return self._file_or_broken(records, source_folder or path)
        top = source_folder or path
        found: list[Input] = []
        links = self._walk(path, top, found)
        for link in links:  # grows while links lead to folders with links in them
            if self._is_skipped(link):
                continue
            if Path(link).is_dir():
                links += self._walk(link, top, found)
            else:
                found += self._file_or_broken(link, top)
        return sorted(found, key=lambda item: sort_key(item.name))

    def _walk(self, path: str, folder: str, found: list[Input]) -> list[str]:
        """Adds the files below `path`; gives the links in it, to follow later."""
        links: list[str] = []
        waiting = [path]
        while waiting:
            here = waiting.pop()
            try:
                if not self._first_time(here, Path(here).stat()):
                    continue
                with os.scandir(here) as listing:
                    entries = list(listing)
            except OSError as error:
                found.append(self._broken(here, error, folder))
                continue
            skipped = self._skipped_in(here)
            for entry in entries:
                if is_hidden(entry.name) or entry.name in skipped:
                    continue
                if entry.is_symlink():
                    links.append(entry.path)
                elif not entry.is_dir():
                    found += self._entry(entry, folder)
                elif not is_own_output(entry.path):
                    waiting.append(entry.path)
        return sorted(links, key=sort_key)

    def _entry(self, entry: "os.DirEntry[str]", folder: str) -> list[Input]:
        if not self.takes(_below(entry.path, folder)) or is_own_side_file(entry.path):
            return []
        try:
            # Windows fills in the file number only for a full stat.
            status = entry.stat() if os.name != "nt" else Path(entry.path).stat()
        except OSError as error:
            return [self._broken(entry.path, error, folder)]
        found = self._file(entry.path, status, folder)
        return [found] if found else []

    def takes(self, name: str) -> bool:
        """Whether the patterns let a path below its folder through."""
        include, exclude = self._patterns
        if include and name.lower().endswith(_ARCHIVE_ENDINGS):
            include = ()  # the patterns are for what is in it
        return is_wanted(name, include, exclude)

    def _file_or_broken(self, path: str, folder: str) -> list[Input]:
        if self._is_skipped(path):
            return []
        try:
            status = Path(path).stat()
        except OSError as error:
            return [self._broken(path, error, folder)]
        found = self._file(path, status, folder)
        return [found] if found else []

    def _file(self, path: str, status: os.stat_result, folder: str) -> Input | None:
        if not self._first_time(path, status):
            return None
        source, name = self._place(path, folder)
        if not stat.S_ISREG(status.st_mode):
            rule, error = explain(OSError(6, "not a regular file"))
            return Input(path, _shown(path), source, name, rule=rule, error=error)
        return Input(path, _shown(path), source, name, status.st_size)

    def _broken(self, path: str, error: OSError, folder: str = "") -> Input:
        source, name = self._place(path, folder or str(Path(path).parent))
        rule, line = explain(error)
        return Input(path, _shown(path), source, name, rule=rule, error=line)

    def _place(self, path: str, folder: str) -> tuple[str, str]:
        return self.source_of(folder), _below(path, folder)

    def _first_time(self, path: str, status: os.stat_result) -> bool:
        key: FileKey = (status.st_dev, status.st_ino)
        if not status.st_ino:
            key = os.path.realpath(path)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _skipped_in(self, folder: str) -> set[str]:
        """The names in a folder that are skipped; links to such places are not seen."""
        if not self._skip:
            return set()
        real = os.path.realpath(folder)
        places = map(os.path.split, self._skip)
        return {name for parent, name in places if parent == real}

    def _is_skipped(self, path: str) -> bool:
        return bool(self._skip) and os.path.realpath(path) in self._skip


def _shown(path: str) -> str:
    return shown_path(path.removeprefix("." + os.sep))


def _below(path: str, folder: str) -> str:
    """The path from `folder` on, as it is shown."""
    top = folder if folder.endswith(os.sep) else folder + os.sep
    if path.startswith(top):
        return shown_path(path[len(top) :]) or "."
    return shown_path(os.path.relpath(path, folder))


def _fixed_part(pattern: str) -> str:
    """The folder that a glob starts in."""
    parts: list[str] = []
    for part in Path(pattern).parts[:-1]:
        if _GLOB.intersection(part):
            break
        parts.append(part)
    return str(Path(*parts)) if parts else "."
