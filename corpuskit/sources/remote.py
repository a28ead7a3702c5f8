"""Inputs behind URLs, through fsspec: found by its listing, read as a stream.

`s3://`, `gs://`, `http://`, `https://`, `hdfs://`, `memory://` and whatever else a
package of fsspec reads. A web address is one file, unless it holds a `*`.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpuskit.errors import CorpuskitError, MissingExtraError, UsageError
from corpuskit.sources.extras import has_extra
from corpuskit.sources.faults import explain
from corpuskit.sources.find import Finder
from corpuskit.sources.names import is_hidden, shown_path, sort_key
from corpuskit.sources.split import Input

_WEB = ("http://", "https://")
_SIGN_IN = re.compile(r"(?<=://)[^/@]*@")
_GLOB = frozenset("*?[")
# What the packages raise that is no OSError.
_OWN_FAULTS = (
    ("aiohttp", "ClientError"),
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("gcsfs.retry", "HttpError"),
    ("google.auth.exceptions", "GoogleAuthError"),
)
_LOGGERS = ("fsspec", "aiohttp", "asyncio", "s3fs", "botocore", "gcsfs", "google")
STALL_S = 60
"""Seconds for which a web server may send nothing before it counts as broken."""


def is_web(path: str) -> bool:
    """Whether a path is a web address."""
    return path.lower().startswith(_WEB)


def file_system(url: str) -> tuple[Any, str]:
    """The file system behind a URL, and its own path of what the URL names.

    Raises:
        MissingExtraError: fsspec is not installed.
        CorpuskitError: what it needs for such URLs is not.
    """
    scheme = url.partition("://")[0].lower()
    if not has_extra("remote"):
        raise MissingExtraError("remote", f"reading {scheme}:// URLs")
    import fsspec

    _quiet()
    try:
        return fsspec.url_to_fs(url, **_options(url))  # type: ignore[no-any-return]
    except ValueError as error:
        raise UsageError(f"no package reads {scheme}:// URLs ({error})") from error
    except ImportError as error:
        # fsspec names the package: "Install s3fs to access S3".
        problem = f"reading {scheme}:// URLs needs one more package: {error}"
        raise CorpuskitError(problem) from error


@cache
def _quiet() -> None:
    """Gives the packages' loggers a handler: without one they print what goes wrong.

    Faults become records all the same.
    """
    import logging

    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())


def _options(url: str) -> dict[str, Any]:
    if not is_web(url):
        return {}
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=None, sock_connect=STALL_S, sock_read=STALL_S)
    return {"client_kwargs": {"timeout": timeout}}


def faults() -> tuple[type[Exception], ...]:
    """What the file systems raise when something is missing or breaks off."""
    types: list[type[Exception]] = [OSError, ValueError, RuntimeError, EOFError]
    for module, name in _OWN_FAULTS:
        if module in sys.modules:
            types.append(getattr(sys.modules[module], name))
    return tuple(types)


@dataclass(frozen=True, slots=True)
class RemoteFinder:
    """Finds the files behind URLs: one, those of a folder, or those of a glob."""

    finder: Finder

    def find(self, url: str) -> list[Input]:
        """The inputs that a URL names, in natural order.

        Raises:
            MissingExtraError: a package that is needed is not installed.
        """
        try:
            # Some file systems are connected to before they are asked for anything.
            system, path = file_system(url)
            return list(self._found(system, path, url))
        except faults() as error:
            return [self._broken(url, error)]

    def _found(self, system: Any, path: str, url: str) -> Iterator[Input]:  # noqa: ANN401
        is_glob = "*" in path if is_web(url) else bool(_GLOB.intersection(path))
        if is_glob:
            listed = system.glob(path, detail=True)
            top = path[: min(place for c in _GLOB if (place := path.find(c)) >= 0)]
            top = top.rpartition("/")[0]
        elif not is_web(url) and system.isdir(path):
            listed, top = system.find(path, detail=True), path
        else:
            yield self._one(system, path, url)
            return
        if not listed:
            raise FileNotFoundError(2, "no such file")
        source = self.finder.source_named(url, _last_part(top))
        for name in sorted(listed, key=sort_key):
            below = name.removeprefix(top).strip("/")
            if listed[name].get("type") != "directory" and self._takes(below):
                size = int(listed[name].get("size") or 0)
                full = system.unstrip_protocol(name)
                yield Input(full, shown_url(full), source, shown_path(below), size)

    def _one(self, system: Any, path: str, url: str) -> Input:  # noqa: ANN401
        """One file; a web server is asked for it only when it is read."""
        size = 0 if is_web(url) else int(system.info(path).get("size") or 0)
        source, name = self._place(url)
        return Input(url, shown_url(url), source, name, size)

    def _broken(self, url: str, error: Exception) -> Input:
        source, name = self._place(url)
        rule, line = explain(as_os_error(error))
        return Input(url, shown_url(url), source, name, rule=rule, error=line)

    def _place(self, url: str) -> tuple[str, str]:
        folder, _, name = shown_url(url).rstrip("/").partition("://")[2].rpartition("/")
        if not folder:
            return self.finder.source_named(name, name), "-"
        return self.finder.source_named(folder, _last_part(folder)), name

    def _takes(self, name: str) -> bool:
        if any(map(is_hidden, name.split("/"))):
            return False
        return self.finder.takes(name)


def _last_part(path: str) -> str:
    return shown_path(path.rstrip("/").rpartition("/")[2]) or "root"


def shown_url(url: str) -> str:
    """The URL as records show it: without a user's name and password."""
    return shown_path(_SIGN_IN.sub("", url))


def as_os_error(error: Exception) -> OSError:
    """The error as one that `explain` knows."""
    cause = error.__cause__
    if isinstance(cause, Exception) and isinstance(error, FileNotFoundError):
        # What a web server says to the first question is all called "not found".
        return as_os_error(cause)
    if isinstance(error, FileNotFoundError) or getattr(error, "status", 0) == 404:
        return FileNotFoundError(2, "no such file")
    if isinstance(error, PermissionError) or getattr(error, "status", 0) in (401, 403):
        return PermissionError(13, "permission denied")
    if isinstance(error, OSError) and error.errno:
        return error
    return OSError(5, " ".join(str(error).split())[:200] or type(error).__name__)
