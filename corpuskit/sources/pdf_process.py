"""The process that reads PDF files for this one; a new one where it has died."""

import atexit
import os
import shutil
import subprocess
import sys
import threading
from typing import BinaryIO, cast

import msgspec

from corpuskit.errors import ReadError
from corpuskit.sources.options import ReadOptions
from corpuskit.sources.pdf_child import Answer, Request, receive, send

_MEMORY_BYTES = 1 << 30
_CPU_S = 120
_lock = threading.Lock()
_child: "subprocess.Popen[bytes] | None" = None
_owner = 0


def ask(file: BinaryIO, options: ReadOptions) -> Answer:
    """What is in a PDF file, read by the other process.

    Args:
        file: the file, from its beginning.
        options: limits of pages and characters.

    Raises:
        ReadError: it cannot be read, or only with more memory or time than it may take.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    request = Request(
        size,
        options.max_pages,
        options.max_document_bytes,
        _MEMORY_BYTES + 2 * size,
        _CPU_S,
    )
    with _lock:
        message = _talk(file, request)
    if not message:
        error = "takes more memory or time than a PDF file may, or is damaged"
        raise ReadError(f"{error}: exclude it", rule="limit")
    answer = msgspec.msgpack.decode(message, type=Answer)
    if answer.rule:
        raise ReadError(answer.error, rule=answer.rule)
    return answer


def _talk(file: BinaryIO, request: Request) -> bytes:
    """The answer to a request; none where the process ended over it."""
    child = _running()
    given, taken = cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
    try:
        send(given, request)
        shutil.copyfileobj(file, given, 1 << 20)
        given.flush()
        message = receive(taken)
    except (BrokenPipeError, ConnectionError):
        message = b""
    if not message:
        _stop()
    return message


def _running() -> "subprocess.Popen[bytes]":
    global _child, _owner
    if _owner != os.getpid():  # one that a fork has copied belongs to the other side
        _child, _owner = None, os.getpid()
        atexit.register(_stop)
    if _child is None:
        _child = subprocess.Popen(
            [sys.executable, "-m", "corpuskit.sources.pdf_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    return _child


def _stop() -> None:
    """Ends the process."""
    global _child
    if _child is None:
        return
    for stream in (_child.stdin, _child.stdout):
        try:
            cast(BinaryIO, stream).close()
        except BrokenPipeError:
            continue
    _child.kill()
    _child.wait()
    _child = None
