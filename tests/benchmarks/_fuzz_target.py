"""One process of fuzzing: libFuzzer feeds a reader until it fails or time is up.

python -m tests.benchmarks._fuzz_target READER FOLDER [libFuzzer options]
"""

import io
import pkgutil
import sys
from collections.abc import Callable
from importlib import import_module

import atheris

with atheris.instrument_imports(
    include=["corpuskit", "email", "zipfile", "tarfile", "csv", "yaml", "gzip"]
):
    for module in ("csv", "email.message", "gzip", "tarfile", "zipfile", "yaml"):
        import_module(module)
    import corpuskit.sources

    # Readers are loaded when they are used; here all of them are watched.
    for found in pkgutil.iter_modules(corpuskit.sources.__path__):
        import_module(f"corpuskit.sources.{found.name}")

from corpuskit.document import decode_record, encode
from corpuskit.errors import ReadError
from corpuskit.sources import ReadOptions, decode
from corpuskit.sources.faults import Origin, fault_of
from corpuskit.sources.streams import Job, read_stream
from corpuskit.sources.unpack import Budget
from tests.benchmarks._fuzz_mutate import mutate
from tests.benchmarks._fuzz_seeds import seeds

OPTIONS = ReadOptions(
    max_document_bytes=1 << 20, max_unpacked_bytes=8 << 20, max_members=100
)
MOST_DOCUMENTS = 100_000


def decode_all(data: bytes) -> None:
    """Decodes bytes; what comes must be true to its own counts."""
    decoded = decode(data)
    assert decoded.encoding != "binary" or not decoded.text
    assert decoded.n_replaced <= len(data)
    decoded.text.encode("utf-8", "surrogatepass")


def reader_of(name: str) -> Callable[[bytes], None]:
    """Reads bytes as a file of this name; documents must survive being written."""
    origin = Origin("fuzz", name, name)

    def read_all(data: bytes) -> None:
        job = Job(name, OPTIONS, Budget.of(len(data), OPTIONS), stop=len(data))
        stream = io.BufferedReader(io.BytesIO(data), 1 << 16)
        n_documents = 0
        try:
            for document in read_stream(stream, origin, job):
                n_documents += 1
                assert n_documents < MOST_DOCUMENTS
                assert decode_record(encode(document)) == document
                assert document.keep or document.extra()["error"]
        except (ReadError, OSError) as error:
            encode(fault_of(origin, error))

    return read_all


def change(data: bytes, limit: int, seed: int) -> bytes:
    """libFuzzer's own mutation, inside packed data or of it."""
    return mutate(data, limit, seed, lambda part, most: atheris.Mutate(part, most))


def main() -> None:
    """Runs libFuzzer; it ends the process."""
    name, _ = seeds(sys.argv[1])
    target = reader_of(name) if name else decode_all
    arguments = [sys.argv[0], *sys.argv[2:]]
    atheris.Setup(arguments, target, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
