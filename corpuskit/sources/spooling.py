"""Copy standard input to a file, so that it can be read twice and by any process."""

import shutil
from pathlib import Path
from typing import BinaryIO


def spool(stream: BinaryIO, folder: str) -> str:
    """Copies a stream into `folder` and gives the path of the copy."""
    path = Path(folder, "stdin")
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file, 1 << 20)
    return str(path)
