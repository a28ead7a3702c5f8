"""Size of the installed packages: at most 20 beside corpuskit and pip, 200 MB.

    python -m tests.benchmarks.footprint

Run it with the Python of an environment that holds nothing but the base install.
"""

import json
import sys
from importlib import metadata
from pathlib import Path

MOST_PACKAGES, MOST_MB = 20, 200.0
NOT_COUNTED = {"corpuskit", "pip", "setuptools"}


def installed() -> dict[str, float]:
    """Installed packages and their size in MB."""
    sizes = {}
    for package in metadata.distributions():
        name = package.metadata["Name"]
        if name not in NOT_COUNTED:
            paths = (Path(str(file.locate())) for file in package.files or ())
            n_bytes = sum(path.stat().st_size for path in paths if path.is_file())
            sizes[name] = n_bytes / 1e6
    return sizes


def main() -> int:
    sizes = installed()
    for name, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"{name:24} {size:8.1f} MB")
    total = sum(sizes.values())
    print(f"{len(sizes)} packages {total:21.1f} MB")
    print(json.dumps({"packages": len(sizes), "mb": round(total, 1)}))
    return int(len(sizes) > MOST_PACKAGES or total > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
