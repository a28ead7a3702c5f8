"""Rows of plain text are documents of a corpus: commands take them as they are."""

import csv
import io
import json
import subprocess
import sys

import pytest

from corpuskit.cli import execute
from corpuskit.cli.main import run_command
from corpuskit.errors import UsageError

# Cleaning would change every one of these: it cuts menus, spaces and odd characters.
TEXTS = {
    "zh": "首页 | 登录 | 注册\n\n　　上海图书馆重新开放。　　\n版权所有 © 2024",
    "ja": "ホーム ログイン\r\n\r\n春になると、川沿いの桜がいっせいに咲きます。\r\n",
    "ko": "홈 로그인 회원가입\n\n봄이 되면 강가의 벚꽃이 한꺼번에 핍니다.\n",
    "mixed": "Home |\n\n今日は新しい library を試した。 It\u00a0was  &amp; fine\n",
    "broken": "caf\ufffd\ufffd \x0b naÃ¯ve text   with   gaps\n\n\n\nShare on Facebook",
}
AS_FOUND = [text.replace("\r\n", "\n") for text in TEXTS.values()]
PAGE = "<!DOCTYPE html><html><body><p>{}</p></body></html>".format(
    "The harbour was rebuilt after the storm, and the ferries run again. " * 5
)
COMMANDS = ["detect", "dedup", "redact"]


def jsonl(texts):
    rows = (json.dumps({"id": f"r{n}", "text": t}) for n, t in enumerate(texts))
    return "\n".join(rows)


def separated(texts):
    out = io.StringIO()
    csv.writer(out).writerows([["id", "text"], *enumerate(texts)])
    return out.getvalue()


def run(*arguments, stdin=None):
    """The records on standard output, and what standard error says."""
    command = [sys.executable, "-m", "corpuskit", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, check=True)
    return [json.loads(x) for x in done.stdout.splitlines()], done.stderr.decode()


@pytest.fixture
def rows(tmp_path):
    """Rows of plain text in several formats."""
    texts = list(TEXTS.values())
    contents = {
        "rows.jsonl": jsonl(texts),
        "rows.json": json.dumps([{"text": text} for text in texts]),
        "rows.csv": separated(texts),
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "rows.csv"])
def test_rows_of_plain_text_are_taken_as_found(rows, capfdbinary, command, name):
    assert run_command([command, str(rows / name)]) == 0
    out, err = capfdbinary.readouterr()
    found = [json.loads(line) for line in out.splitlines()]
    assert [row["text"] for row in found] == AS_FOUND
    assert b"cleaned" not in err
    run_command([command, "--raw", str(rows / name)])
    assert capfdbinary.readouterr().out == out


def test_rows_through_pipes_are_those_of_the_file(rows):
    content = (rows / "rows.jsonl").read_bytes()
    piped, err = run("dedup", "-", stdin=content)
    assert [row["text"] for row in piped] == AS_FOUND
    lines = "\n".join(map(json.dumps, piped)).encode()
    again, more = run("detect", "-", stdin=lines)
    assert [row["text"] for row in again] == AS_FOUND
    assert "cleaned" not in err + more


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", PAGE),
        ("flat.txt", TEXTS["zh"]),
        ("rows.jsonl", json.dumps({"text": PAGE})),
        ("rows.csv", separated([PAGE])),
        ("mail.eml", f"Subject: s\nFrom: a@b.example\nTo: c\n\n{TEXTS['mixed']}"),
    ],
)
def test_pages_files_and_markup_in_rows_are_cleaned(tmp_path, capfd, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert run_command(["detect", str(tmp_path / name)]) == 0
    out, err = capfd.readouterr()
    assert "1 document was cleaned first" in err
    assert json.loads(out)["text"] != content


def test_clean_cleans_rows_as_ever(rows, capfd):
    assert run_command(["clean", str(rows / "rows.jsonl")]) == 0
    cleaned = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert cleaned
    assert all('"cleaned":true' in row["metadata"]["extra"] for row in cleaned)
    assert not {row["text"] for row in cleaned} & set(AS_FOUND)


def test_records_of_pages_taken_raw_are_still_pages(tmp_path):
    (tmp_path / "flat.txt").write_text(TEXTS["zh"], encoding="utf-8")
    raw, _ = run("dedup", "--raw", tmp_path / "flat.txt")
    (found,), err = run("detect", "-", stdin=json.dumps(raw[0]).encode())
    assert "1 document was cleaned first" in err
    assert found["text"] != raw[0]["text"]


def test_a_row_with_sizes_inside_of_its_values_is_a_row(tmp_path, capfd):
    row = {"text": TEXTS["ko"], "files": [{"size_bytes": 3}]}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    run_command(["detect", str(tmp_path / "rows.jsonl")])
    out, err = capfd.readouterr()
    assert json.loads(out)["text"] == TEXTS["ko"]
    assert "cleaned" not in err


@pytest.mark.parametrize(
    ("command", "is_page", "asked", "used", "is_whole"),
    [
        ("dedup", False, [], 1, True),
        ("dedup", True, [], 3, False),
        ("dedup", False, ["--jobs", "1"], 1, True),
        ("dedup", False, ["--jobs", "2"], 2, False),
        ("dedup", True, ["--raw"], 1, True),
        ("detect", False, [], 3, False),
        ("detect", False, ["--limit", "9"], 1, False),
        ("detect", False, ["--raw", "--jobs", "1"], 1, False),
    ],
)
def test_small_corpora_of_rows_are_read_by_one_process(
    tmp_path, monkeypatch, command, is_page, asked, used, is_whole
):
    plans = []

    def planned(plan, *_):
        plans.append(plan)
        raise UsageError("planned")

    for number in range(4):
        path = tmp_path / f"{number}.jsonl"
        path.write_text(
            jsonl([PAGE if is_page else TEXTS["ja"]]) + "\n" * 3000, encoding="utf-8"
        )
    monkeypatch.setattr(execute, "_SMALL_BYTES", 5000)
    monkeypatch.setattr("corpuskit.sources.planning.BATCH_BYTES", 1)
    monkeypatch.setattr("corpuskit.sources.planning.RANGE_BYTES", 1000)
    monkeypatch.setattr("corpuskit.sources.planning._CHUNK_BYTES", 500)
    monkeypatch.setattr("corpuskit.run.server.usable_cores", lambda: 3)
    monkeypatch.setattr("corpuskit.run.pipeline.run", planned)
    assert run_command([command, *asked, str(tmp_path)]) == 2
    assert plans[0].jobs == used
    assert (len(plans[0].splits) == 4) is is_whole
