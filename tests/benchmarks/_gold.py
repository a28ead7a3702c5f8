"""The labelled data and its scorers, found through CORPUSKIT_GOLD."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

VARIABLE = "CORPUSKIT_GOLD"


def gold(*parts: str) -> Path | None:
    """A path inside the labelled data; None where it is not at hand."""
    root = os.environ.get(VARIABLE)
    if not root:
        return None
    path = Path(root).resolve().joinpath(*parts)
    return path if path.exists() else None


def need_gold(*parts: str) -> Path:
    """A path inside the labelled data; ends a benchmark with a clear line without."""
    path = gold(*parts)
    if path is None:
        sys.exit(f"skipped: set {VARIABLE} to the folder that holds {'/'.join(parts)}")
    return path


def beside_gold(name: str) -> Path:
    """A script or folder that lies beside the labelled data."""
    return need_gold().parent / name


def scorer(name: str) -> ModuleType:
    """A scorer beside the labelled data, as a module."""
    path = beside_gold(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
