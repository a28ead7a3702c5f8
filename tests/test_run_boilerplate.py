import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpuskit.cli.main import corpuskit as commands
from tests.test_clean_boilerplate import HEADS, TAILS, body


@pytest.fixture
def site(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    folder.mkdir()
    for i in range(8):
        lines = body(i % 7, 8)
        if i == 7:
            lines[4] = lines[4][:-3] + "。"
        text = "\n\n".join([*HEADS["zh"], *lines, *TAILS["zh"]])
        (folder / f"p{i}.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def run(*arguments):
    done = CliRunner().invoke(commands, arguments, standalone_mode=False)
    assert done.return_value == 0, done.output
    return done.stdout


def test_clean_learns_from_three_pages_on(site):
    rows = list(map(json.loads, run("clean", "site").splitlines()))
    assert [row["text"] for row in rows[:7]] == [
        "\n\n".join(body(i, 8)) for i in range(7)
    ]
    two = run("clean", "site/p0.txt", "site/p1.txt")
    assert HEADS["zh"][0] in two
    assert HEADS["zh"][0] in run("clean", "site", "--no-learn-boilerplate")


def test_duplicates_are_found_in_the_same_run(site):
    rows = list(map(json.loads, run("clean", "site", "--dedup").splitlines()))
    assert len(rows) == 7
    assert HEADS["zh"][0] not in rows[0]["text"]
    assert rows[0]["cluster"] == rows[0]["id"]


def test_cleaning_the_result_changes_nothing(site):
    first = run("clean", "site", "-o", "once.jsonl")
    run("clean", "once.jsonl", "-o", "twice.jsonl")
    once, twice = (Path(f"{n}.jsonl").read_bytes() for n in ("once", "twice"))
    assert (first, once) == ("", twice)


def test_explained_runs_name_the_rule(site):
    run("clean", "site", "--explain", "--out", "corpus")
    text = (site.parent / "corpus" / "explained.jsonl").read_text("utf-8")
    spans = [json.loads(line) for line in text.splitlines()]
    assert HEADS["zh"][0] in {span["text"] for span in spans}
    assert "clean.boilerplate" in {span["rule"] for span in spans}


def test_any_number_of_processes_gives_the_same_bytes(site):
    for i in range(8, 80):
        (site / f"p{i}.txt").write_text("\n\n".join([*HEADS["ja"], *body(i)]), "utf-8")
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "corpuskit", "clean", "site", "--jobs", jobs],
            capture_output=True,
            check=True,
        ).stdout
        for jobs in "12"
    }
    assert len(outputs) == 1
    assert HEADS["ja"][0] not in outputs.pop().decode()
