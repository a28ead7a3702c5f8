import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpuskit.clean import redact
from corpuskit.cli.main import corpuskit as commands
from corpuskit.cli.main import run_command
from tests.benchmarks._gold import gold

TEXT = "联系我们：电话 0531-85190000，邮箱 info@example.cn，服务器在 8.8.8.8。"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("这里没有联系方式。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments, code=0):
    done = CliRunner().invoke(commands, arguments, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    assert done.return_value == code, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_records_come_out_redacted(folder):
    first, second = run("redact", "a.txt", "b.txt")
    assert first["text"] == "联系我们：电话 <PHONE>，邮箱 <EMAIL>，服务器在 <IP>。"
    counts = json.loads(first["metadata"]["extra"])["redacted"]
    assert counts == {"email": 1, "phone": 1, "ip": 1}
    assert "redacted" not in second["metadata"]["extra"]


def test_kinds_can_be_chosen(folder):
    (row,) = run("redact", "a.txt", "--only", "Email, ip")
    assert "0531-85190000" in row["text"]
    assert "<EMAIL>" in row["text"]
    (row,) = run("clean", "a.txt", "--redact", "phone")
    assert "info@example.cn" in row["text"]
    (row,) = run("clean", "a.txt", "--redact", "all")
    assert row["text"].count("<") == 3


def test_cleaning_the_result_changes_nothing(folder):
    run("clean", "a.txt", "b.txt", "--redact", "all", "-o", "once.jsonl")
    run("clean", "once.jsonl", "--redact", "all", "-o", "twice.jsonl")
    assert Path("once.jsonl").read_bytes() == Path("twice.jsonl").read_bytes()


def test_check_looks_for_new_finds_only(folder):
    run("redact", "a.txt", "--check", "-o", "out.jsonl", code=1)
    run("redact", "out.jsonl", "--check")
    run("redact", "b.txt", "--check")


def test_table_counts_what_was_replaced(folder):
    done = CliRunner().invoke(commands, ["redact", "a.txt", "--format", "table"])
    assert "phone" in done.stdout
    assert "in 1 document" in done.stdout
    done = CliRunner().invoke(commands, ["redact", "b.txt", "--format", "table"])
    assert "nothing to redact" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["redact", "a.txt", "--only", "email,name"],
        ["clean", "a.txt", "--redact", "name"],
    ],
)
def test_unknown_kinds_are_refused_before_any_work(folder, arguments, capsys):
    assert run_command(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("corpuskit: cannot redact 'name': use email")
    assert captured.out == ""


def test_missing_extra_ends_the_run(folder, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    assert run_command(["redact", "a.txt", "--region", "de"]) == 4
    assert "pip install 'corpuskit[phone]'" in capsys.readouterr().err


def test_real_process_in_a_pipe(folder):
    done = subprocess.run(
        [sys.executable, "-m", "corpuskit", "redact", "-", "--raw"],
        input=TEXT.encode(),
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["text"].endswith("服务器在 <IP>。")


@pytest.mark.skipif(gold("seeds") is None, reason="needs CORPUSKIT_GOLD")
def test_contact_data_of_the_samples():
    seeds = gold("seeds").parent.parent / "seeds"
    found = [redact(path.read_text("utf-8")).counts for path in seeds.glob("*.txt")]
    assert sum(sum(counts.values()) for counts in found) == 7
    rows = (gold("seeds") / "gold.jsonl").read_text("utf-8").splitlines()
    assert all(not redact(json.loads(row)["text"]).counts for row in rows)
