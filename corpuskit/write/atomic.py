"""Files and folders that appear whole or not at all."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from corpuskit.errors import OutputError

MANIFEST = "manifest.json"
_TEMPORARY = ".corpuskit-"


@contextlib.contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turns a failing disk into one OutputError that names the path."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot write {path}: {reason}; choose another place or free some space"
        ) from error


class AtomicFile:
    """A file written beside its final place, synced and renamed by `commit`."""

    def __init__(self, path: Path) -> None:
        import tempfile

        self.path = path
        with output_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=path.parent)
        self._temporary = Path(name)
        self.file: BinaryIO = os.fdopen(handle, "wb", buffering=1 << 20)

    def commit(self) -> None:
        """Puts the finished file in its place."""
        with output_errors(self.path):
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            self._temporary.chmod(0o666 & ~_umask())
            self._temporary.replace(self.path)

    def discard(self) -> None:
        """Removes what was written; does nothing after `commit`."""
        with contextlib.suppress(OSError):
            self.file.close()
        self._temporary.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Writes a whole file at once, or nothing."""
    target = AtomicFile(path)
    try:
        with output_errors(path):
            target.file.write(content)
        target.commit()
    finally:
        target.discard()


class AtomicFolder:
    """A folder built beside its final place and renamed by `commit`.

    An existing folder is replaced only when it is empty or an earlier output of
    corpuskit (it holds a manifest); anything else is refused before work starts.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        check_replaceable(path)
        with output_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.staging = _new_folder(path.parent, f"{_TEMPORARY}{path.name}-")

    def commit(self) -> None:
        """Puts the finished folder in its place, in one rename."""
        with output_errors(self.path):
            self.staging.chmod(0o777 & ~_umask())
            _sync_folder(self.staging)
            if self.path.exists():
                old = _new_folder(self.path.parent, _TEMPORARY)
                self.path.rename(old / "old")
                self.staging.rename(self.path)
                _remove(old)
            else:
                self.staging.rename(self.path)
            _sync_folder(self.path.parent)

    def discard(self) -> None:
        """Removes what was written; does nothing after `commit`."""
        _remove(self.staging, ignore_errors=True)


def _new_folder(parent: Path, prefix: str) -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix=prefix, dir=parent))


def _remove(folder: Path, *, ignore_errors: bool = False) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=ignore_errors)


def check_replaceable(path: Path) -> None:
    """Raises OutputError unless a folder output may take this place."""
    if not path.exists() and not path.is_symlink():
        return
    if not path.is_dir():
        raise OutputError(
            f"cannot write the folder {path}: a file of that name is in the way; "
            "choose another --out"
        )
    with output_errors(path):
        names = {entry.name for entry in path.iterdir()}
    if names and not _is_own_output(path):
        raise OutputError(
            f"cannot write into {path}: it holds files that corpuskit did not write; "
            "choose a new folder for --out"
        )


def _is_own_output(path: Path) -> bool:
    import json

    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and "corpuskit" in manifest


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(path: Path) -> None:
    """Makes renames inside the folder durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
