import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpuskit.clean.removed import removed_from
from corpuskit.cli.main import corpuskit as commands
from corpuskit.document import Document
from corpuskit.run.again import removed_again
from tests.test_cli_reasons import PAGE, PROSE, STORY

NEWS = (
    f"首页 > 新闻 > 正文\n港口\n发布时间：2024-03-25 10:07 来源：日报\n{PROSE}\n{STORY}"
)


@pytest.fixture
def pages(tmp_path, monkeypatch):
    folder = tmp_path / "pages" / "sub"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text(PAGE, encoding="utf-8")
    (folder / "b.txt").write_text(NEWS, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "pages" / "c.zip", "w") as archive:
        archive.writestr("x/a.html", PAGE)
        archive.writestr("x/b.txt", NEWS.replace("港口", "市場"))
    rows = [{"id": f"r{n}", "text": f"{NEWS}\n{n}"} for n in range(3)]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "pages" / "rows.jsonl").write_text(lines, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "pages"


def invoke(*arguments):
    done = CliRunner().invoke(commands, arguments, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.stdout


def why(name, run="corpus"):
    return json.loads(invoke("why", name, run))


NAMES = ["sub/a.html", "sub/b.txt", "c.zip/x/a.html", "c.zip/x/b.txt", "r0", "r2"]


@pytest.mark.parametrize(
    "options", [(), ("--markdown", "--mode", "recall", "--form", "nfd")]
)
def test_a_run_without_reasons_is_cleaned_again(pages, options):
    arguments = ("clean", "pages", "-q", *options)
    invoke(*arguments, "--explain", "--out", "told")
    invoke(*arguments, "--out", "corpus")
    for name in NAMES:
        told, again = why(name, "told"), why(name)
        assert (told["cleaned_again"], again["cleaned_again"]) == (False, True)
        assert again["removed"] == told["removed"]
        assert again["removed"]


@pytest.mark.parametrize(
    "change", [Path.unlink, lambda p: p.write_text(STORY, "utf-8")]
)
def test_an_input_that_is_gone_or_changed_tells_nothing(pages, change):
    invoke("clean", "pages", "-q", "--out", "corpus")
    change(pages / "sub" / "b.txt")
    found = why("sub/b.txt")
    assert (found["explained"], found["removed"]) == (False, [])


def test_redacted_texts_are_not_shown_as_they_were(pages):
    (pages / "d.txt").write_text(f"{NEWS}\n电邮 a@example.org 谢谢。", "utf-8")
    invoke("clean", "pages", "-q", "--redact", "email", "--out", "corpus")
    out = invoke("why", "d.txt", "corpus")
    assert "<EMAIL>" in out
    assert "a@example.org" not in out
    assert why("sub/b.txt")["explained"] is False


def test_options_of_another_kind_tell_nothing(pages):
    invoke("clean", "pages/sub", "-q", "--out", "corpus")
    record = json.loads(Path("corpus/documents.jsonl").read_bytes().splitlines()[0])
    document = Document(record["id"]).with_text(record["text"])
    document = document.with_metadata(path=record["metadata"]["path"])
    assert removed_again(document, {}) is not None
    assert removed_again(document, {"mode": "other"}) is None
    assert removed_from(document) is None
