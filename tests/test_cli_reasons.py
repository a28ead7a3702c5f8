import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpuskit.cli.main import corpuskit as commands
from corpuskit.cli.main import run_command

ROOT = Path(__file__).parent.parent
PROSE = (
    "清晨的港口十分安静，第一批渔船随着潮水缓缓驶入，人们把鱼抬进市场，谁也没有多说话。"
)
STORY = (
    "朝の港はとても静かで、最初の漁船が潮に乗ってゆっくりと入ってきた。市場は賑わった。"
)
PAGE = f"""<html><head><title>港口的早晨</title></head><body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></nav>
<article><h1>港口的早晨</h1><p>{PROSE}</p><h2>市場</h2><p>{STORY}</p>
<p>{PROSE[::-1]}</p></article><footer>版权所有 © 日报</footer></body></html>"""


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A finished run: a page, its near copy, and something unreadable."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.html").write_text(PAGE, encoding="utf-8")
    (pages / "b.html").write_text(PAGE.replace("缓缓", "慢慢"), encoding="utf-8")
    (pages / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    (pages / "d.txt").write_text("하나의 짧은 글이 여기 있습니다.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert (
        invoke("clean", "pages", "--dedup", "--explain", "--out", "corpus", "-q")[0]
        == 3
    )
    return tmp_path / "corpus"


def invoke(*arguments, **options):
    """The exit code, standard output and standard error of a command."""
    runner = CliRunner(**options)
    done = runner.invoke(commands, arguments, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.stdout, done.stderr


def why(*arguments):
    code, out, _ = invoke("why", *arguments)
    assert code == 0
    return json.loads(out)


def test_explained_rows_have_one_shape(corpus):
    lines = (corpus / "explained.jsonl").read_bytes().splitlines()
    rows = [json.loads(line) for line in lines]
    names = "id,at,rule,score,cut,link_share,n_words,path,signs,text"
    assert {",".join(row) for row in rows} == {names}
    assert {row["id"] for row in rows} == {"pages/a.html#0", "pages/b.html#0"}
    assert "首页" in [row["text"] for row in rows]
    record = json.loads((corpus / "documents.jsonl").read_bytes().splitlines()[0])
    assert "removed_spans" not in record["metadata"]["extra"]


def test_reasons_change_no_record_and_no_number_of_processes_changes_them(corpus):
    plain = ("clean", "pages", "--dedup", "-q", "--out")
    invoke(*plain, "plain")
    invoke(*plain, "one.jsonl", "--explain", "--jobs", "2")
    for name in ("documents.jsonl", "dropped.jsonl"):
        assert (corpus.parent / "plain" / name).read_bytes() == (
            corpus / name
        ).read_bytes()
    assert not (corpus.parent / "plain" / "explained.jsonl").exists()
    beside = (corpus.parent / "one.explained.jsonl").read_bytes()
    assert beside == (corpus / "explained.jsonl").read_bytes()


def test_reasons_go_with_the_record_where_there_is_no_folder(corpus):
    _, out, _ = invoke("clean", "pages/a.html", "--explain")
    extra = json.loads(json.loads(out)["metadata"]["extra"])
    assert extra["removed_spans"][0]["text"] == "首页"
    (corpus.parent / "piped.jsonl").write_text(out, encoding="utf-8")
    assert why("a.html", "piped.jsonl")["removed"] == extra["removed_spans"]


def test_people_are_shown_the_reasons_where_nothing_is_written(corpus):
    arguments = ("clean", "pages/a.html", "pages/d.txt", "--explain")
    _, out, _ = invoke(*arguments, "--format", "table")
    assert "- 首页 · 新闻" in out
    assert "0 spans, 0 characters" in out


def test_renamed_documents_keep_their_reasons(corpus):
    lines = [json.dumps({"id": "same", "text": f"首页 > 新闻\n{n}"}) for n in range(2)]
    (corpus.parent / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    invoke("clean", "rows.jsonl", "--explain", "--out", "out", "-q")
    lines = Path("out/documents.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["same", "same~2"]
    assert why("same~2", "out")["explained"] is True


def test_why_tells_what_was_removed(corpus):
    found = why("a.html")
    assert found["id"] == "pages/a.html#0"
    assert found["keep"] is True
    assert found["explained"] is True
    assert PROSE in found["text"]
    assert [span["text"] for span in found["removed"]][:2] == ["首页", "新闻"]
    (twin,) = found["duplicates"]
    assert twin["id"] == "pages/b.html#0"
    assert twin["reason"] == "dedup.near"
    assert 0.8 < twin["similarity"] < 1


def test_why_tells_which_document_a_duplicate_matched(corpus):
    found = why("b.html")
    assert (found["keep"], found["reason"]) == (False, "dedup.near")
    assert found["matched"]["id"] == "pages/a.html#0"
    assert PROSE in found["matched"]["text"]
    assert 0.8 < found["similarity"] < 1


def test_why_of_an_unreadable_input(corpus):
    assert why("c.png")["reason"] == "read.binary"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["why", "html"], 2, "pages/a.html#0, pages/b.html#0"),
        (["why", "nothing"], 5, "no document 'nothing' in corpus"),
        (["why", "a", "nowhere"], 3, "nowhere: no such file"),
        (["show", "html"], 2, "give more"),
        (["diff", "corpus", "nowhere"], 3, "nowhere"),
        (["clean", "pages", "--keep", "adverts"], 2, "cannot keep 'adverts'"),
    ],
)
def test_every_way_out_has_its_code(corpus, capsys, arguments, code, words):
    assert run_command(arguments) == code
    assert words in capsys.readouterr().err


def test_show_gives_the_text_alone_into_a_pipe(corpus):
    text = why("a.html")["text"]
    assert invoke("show", "a.html")[1] == f"{text}\n"
    assert invoke("show", "pages/d", "pages")[1].startswith("하나의")


def test_diff_of_two_runs(corpus):
    (corpus.parent / "pages" / "b.html").unlink()
    (corpus.parent / "pages" / "e.txt").write_text(f"{STORY}\n", encoding="utf-8")
    invoke("clean", "pages", "--markdown", "--out", "new", "-q")
    code, out, _ = invoke("diff", "corpus", "new")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["change"], row["id"]) for row in rows] == [
        ("changed", "pages/a.html#0"),
        ("added", "pages/e.txt#0"),
    ]
    assert "text" in rows[0]["fields"]
    assert invoke("diff", "corpus", "new", "--check")[0] == 1
    assert invoke("diff", "corpus", "corpus", "--check")[:2] == (0, "")
    code, out, _ = invoke("diff", "corpus", "new", "--format", "table")
    assert "1 added, 1 changed, 0 removed" in out
    invoke("diff", "corpus", "new", "-o", "changes.csv")
    header = Path("changes.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.startswith("change,id,fields")


def test_markdown_and_what_is_kept_besides(corpus):
    _, out, _ = invoke("clean", "pages/a.html", "--markdown", "--keep", "links, images")
    text = json.loads(out)["text"]
    assert "## 市場" in text
    for parser in ("lexbor", "bs4"):
        _, out, _ = invoke("clean", "pages/a.html", "--markdown", "--parser", parser)
        assert json.loads(out)["text"] == text


def test_stats_of_a_run_counts_its_drops(corpus):
    code, out, err = invoke("stats", "corpus")
    numbers = json.loads(out)
    assert (code, err) == (0, "")
    assert numbers["reasons"] == {"dedup.near": 1, "read.binary": 1}
    assert (numbers["documents"], numbers["dropped"]) == (2, 2)
    assert (numbers["duplicates"], numbers["clusters"]) == (1, 1)
    invoke("clean", "pages", "--dedup", "--out", "one.jsonl", "-q")
    beside = json.loads(invoke("stats", "one.jsonl")[1])
    assert beside["reasons"] == numbers["reasons"]
    assert len(invoke("list", "corpus")[1].splitlines()) == 2


def test_problems_of_this_run_are_still_told_beside_old_ones(corpus):
    Path("pages/new.png").write_bytes(Path("pages/c.png").read_bytes())
    code, out, err = invoke("stats", "corpus", "pages/new.png")
    assert code == 3
    assert err == "corpuskit: pages/new.png: binary data, not text: " + (
        "exclude it or convert it to text\n"
    )
    assert json.loads(out)["reasons"]["read.binary"] == 2


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["why", "a.html"], ["- 首页 · 新闻", "# clean.page_model", f"  {PROSE[:30]}"]),
        (["why", "b.html"], ["matched", "~", PROSE[:15]]),
        (["show", "a.html"], ["港口的早晨", PROSE[:30]]),
    ],
)
def test_a_terminal_is_shown_the_reasons(corpus, arguments, words):
    import pty

    leader, follower = pty.openpty()
    places = {"COLUMNS": "160", "LINES": "200", "PAGER": "cat", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "corpuskit", *arguments],
        stdout=follower,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **places, "NO_COLOR": "1", "TERM": "xterm"},
    ) as process:
        os.close(follower)
        shown = b""
        while chunk := _read(leader):
            shown += chunk
        assert process.wait(timeout=60) == 0
    os.close(leader)
    plain = shown.decode("utf-8").replace("\r", "").replace("\x1b[9m", "")
    plain = plain.replace("\x1b[0m", "").replace("\x1b[2m", "")
    assert all(word in plain for word in words), plain


def _read(handle):
    try:
        return os.read(handle, 1 << 16)
    except OSError:
        return b""
