"""Limits as options: sizes as people write them, and what each of them refuses."""

import gzip

import click
import pytest
from click.testing import CliRunner

from corpuskit.cli.main import corpuskit
from corpuskit.cli.sizes import to_size
from tests import made_files as made


@pytest.mark.parametrize(
    ("written", "n_bytes"),
    [
        ("1", 1),
        ("500k", 512_000),
        ("32M", 32 << 20),
        ("1.5g", 3 << 29),
        ("2 GiB", 2 << 30),
    ],
)
def test_sizes_are_read_as_people_write_them(written, n_bytes):
    assert to_size(None, None, written) == n_bytes


@pytest.mark.parametrize("written", ["", "0", "-1", "many", "1X", "1e9", "0.1"])
def test_what_is_no_size_is_refused(written):
    with pytest.raises(click.BadParameter, match="32M"):
        to_size(None, None, written)


NESTED = made.zipped({"a.zip": made.zipped({"b.txt": "春" * 9})})
CASES = [
    ("a.txt", "春".encode() * 999, "--max-document-size", "1k"),
    ("a.jsonl", b'{"text":"%s"}\n' % (b"x" * 2000), "--max-document-size", "1k"),
    ("a.jsonl.gz", gzip.compress(b'{"text":"ab"}\n' * 9), "--max-unpacked", "100"),
    ("a.zip", NESTED, "--max-depth", "0"),
    ("b.zip", made.zipped({"a.txt": "x", "b.txt": "y"}), "--max-files", "1"),
    pytest.param(
        *("a.pdf", made.pdf(["ab"], ["cd"]), "--max-pages", "1"),
        marks=pytest.mark.skipif(not made.HAS_PDF, reason="pypdfium2 is not installed"),
    ),
]


@pytest.mark.parametrize(("name", "content", "option", "value"), CASES)
@pytest.mark.parametrize("command", ["list", "clean", "stats"])
def test_each_limit_refuses_and_names_its_option(
    tmp_path, name, content, option, value, command
):
    (tmp_path / name).write_bytes(content)
    path = str(tmp_path / name)
    result = CliRunner().invoke(corpuskit, [command, path, option, value])
    assert f"raise {option}" in result.stderr
    assert name in result.stderr
    free = CliRunner().invoke(corpuskit, [command, path])
    assert "raise" not in free.stderr


def test_a_size_to_unpack_to_counts_at_any_ratio(tmp_path):
    row = b'{"text":"%s"}\n' % (b"x" * (1 << 20))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(row * 70))
    path = str(tmp_path / "a.jsonl.gz")
    refused = CliRunner().invoke(corpuskit, ["list", path])
    assert "raise --max-unpacked" in refused.stderr
    told = CliRunner().invoke(corpuskit, ["list", path, "--max-unpacked", "1G"])
    assert told.exit_code == 0
    assert told.stdout.count("\n") == 70
