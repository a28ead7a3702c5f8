import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from corpuskit.cli.main import corpuskit as commands
from corpuskit.cli.main import run_command
from corpuskit.document import decode_record

ROOT = Path(__file__).parent.parent
PROSE = (
    "The harbour was quiet in the early morning, and the first boats came in with the "
    "tide. Nobody spoke much while the crates were carried to the market hall."
)
CHINESE = (
    "清晨的港口十分安静，第一批渔船随着潮水缓缓驶入。人们把一箱箱的鱼抬进市场，"
    "谁也没有多说话，只有海鸥在屋顶上盘旋鸣叫，等待着早市开张。"
)
JAPANESE = (
    "朝の港はとても静かで、最初の漁船が潮に乗ってゆっくりと入ってきた。"
    "人々は魚の箱を市場へ運びながら、ほとんど言葉を交わさなかった。"
)
PAGE = f"""<html><head><title>Harbour - The Paper</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Harbour</h1><p>{PROSE}</p><p>{PROSE[::-1]}</p></article>
<footer>All rights reserved</footer></body></html>"""


@pytest.fixture
def pages(tmp_path, monkeypatch):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE, encoding="utf-8")
    (folder / "b.txt").write_text(f"{CHINESE}\n\n{CHINESE[10:]}\n", encoding="utf-8")
    (folder / "c.txt").write_text(f"{JAPANESE}\n", encoding="utf-8")
    (folder / "d.txt").write_text(f"{JAPANESE}  \n\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def run(*arguments, code=0):
    """Standard output, parsed line by line, and standard error."""
    done = CliRunner().invoke(commands, arguments, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    assert done.return_value == code, done.output
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def records_of(path):
    return [decode_record(line) for line in path.read_bytes().splitlines()]


def test_list_shows_documents_as_found(pages):
    rows, err = run("list", "pages")
    assert [row["id"] for row in rows] == [
        "pages/a.html#0",
        "pages/b.txt#0",
        "pages/c.txt#0",
        "pages/d.txt#0",
    ]
    assert rows[0]["media_type"] == "text/html"
    assert rows[0]["size_bytes"] == len(PAGE.encode())
    assert rows[0]["n_chars"] == len(PAGE)
    assert rows[0]["title"].startswith("Harbour")
    assert err == ""


def test_list_long_knows_the_language(pages):
    rows, _ = run("list", "--long", "pages")
    assert [row["language"] for row in rows] == ["en", "zh-Hans", "ja", "ja"]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "table"])
def test_list_in_other_formats(pages, form):
    done = CliRunner().invoke(commands, ["list", "pages", "--format", form])
    assert done.exit_code == 0
    assert "pages/a.html#0" in done.stdout
    if form == "json":
        assert len(json.loads(done.stdout)) == 4


def test_list_of_formats_names_the_extras():
    rows, _ = run("list", "--formats")
    by_name = {row["format"]: row for row in rows}
    assert by_name["html"]["extra"] == ""
    assert by_name["html"]["readable"] is True
    assert by_name["parquet"]["extra"] == "parquet"
    done = CliRunner().invoke(commands, ["list", "--formats", "--format", "table"])
    assert "corpuskit[parquet]" in done.stdout


def test_list_into_a_file(pages, tmp_path):
    rows, _ = run("list", "pages", "-o", "listing.csv")
    assert rows == []
    lines = (tmp_path / "listing.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("id,")
    assert len(lines) == 5


def test_clean_keeps_content_and_language(pages):
    rows, _ = run("clean", "pages")
    texts = [row["text"] for row in rows]
    assert PROSE in texts[0]
    assert "All rights reserved" not in texts[0]
    assert "Home" not in texts[0]
    assert texts[1] == f"{CHINESE}\n\n{CHINESE[10:]}"
    assert [row["language"] for row in rows] == ["en", "zh-Hans", "ja", "ja"]
    assert all(row["version"] == "corpuskit/1" for row in rows)


def test_clean_without_detection_leaves_the_language(pages):
    rows, _ = run("clean", "--no-detect", "pages")
    assert {row["language"] for row in rows} == {"und"}


def test_clean_with_dedup_into_a_folder(pages, tmp_path):
    rows, err = run("clean", "pages", "--dedup", "--out", "corpus")
    assert rows == []
    assert "written: corpus" in err
    corpus = tmp_path / "corpus"
    kept = records_of(corpus / "documents.jsonl")
    dropped = records_of(corpus / "dropped.jsonl")
    assert len(kept) == 3
    (gone,) = dropped
    assert gone.reason == "dedup.exact"
    assert gone.cluster == "pages/c.txt#0"
    texts = sorted(p.relative_to(corpus).as_posix() for p in corpus.rglob("*.txt"))
    assert texts == ["pages/a.html.txt", "pages/b.txt", "pages/c.txt"]
    manifest = json.loads((corpus / "manifest.json").read_bytes())
    assert manifest["counts"]["documents"] == 4
    assert manifest["counts"]["dropped_by_step"] == {"dedup": {"exact": 1}}
    assert manifest["options"]["dedup"] is True
    assert manifest["inputs"][0]["path"].endswith("a.html")
    assert len(manifest["inputs"][0]["sha256"]) == 64


@pytest.mark.parametrize("name", ["c.jsonl", "c.jsonl.gz", "c.jsonl.zst", "c.csv"])
def test_clean_into_one_file_with_its_companions(pages, tmp_path, name):
    run("clean", "pages", "--out", name, "--quiet")
    assert (tmp_path / name).stat().st_size > 0
    assert (tmp_path / "c.dropped.jsonl").exists()
    assert (tmp_path / "c.manifest.json").exists()


def test_cleaned_records_are_not_cleaned_again(pages, tmp_path):
    run("clean", "pages", "-o", "once.jsonl")
    run("clean", "once.jsonl", "-o", "twice.jsonl")
    assert (tmp_path / "twice.jsonl").read_bytes() == (
        tmp_path / "once.jsonl"
    ).read_bytes()


def test_output_folder_inside_the_input_is_not_read(pages, tmp_path):
    run("clean", "pages", "--out", "pages/corpus", "--quiet")
    first = (pages / "corpus" / "documents.jsonl").read_bytes()
    run("clean", "pages", "--out", "pages/corpus", "--quiet")
    assert (pages / "corpus" / "documents.jsonl").read_bytes() == first


def test_out_and_output_together_are_a_usage_error(pages, capsys):
    assert run_command(["clean", "pages", "--out", "a", "-o", "b.jsonl"]) == 2
    assert "give one" in capsys.readouterr().err


def test_detect_gives_records_with_language_and_says_it_cleaned(pages):
    rows, err = run("detect", "pages")
    assert [row["language"] for row in rows] == ["en", "zh-Hans", "ja", "ja"]
    assert "4 documents were cleaned first" in err
    rows, err = run("detect", "--raw", "pages")
    assert rows[0]["text"] == PAGE
    assert "cleaned" not in err


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (["--only", "zh,ja"], ["zh-Hans", "ja", "ja"]),
        (["--not", "en"], ["zh-Hans", "ja", "ja"]),
        (["--min-score", "0.1"], ["en", "zh-Hans", "ja", "ja"]),
        (["--tags", "flores"], ["eng_Latn", "zho_Hans", "jpn_Jpan", "jpn_Jpan"]),
        (["--engine", "profiles"], ["en", "zh-Hans", "ja", "ja"]),
    ],
)
def test_detect_selects_and_writes_languages(pages, options, kept):
    rows, _ = run("detect", "pages", *options)
    assert [row["language"] for row in rows] == kept


def test_detect_per_line(pages):
    rows, _ = run("detect", "--raw", "--per-line", "pages/b.txt", "pages/c.txt")
    assert [(row["line"], row["language"]) for row in rows] == [
        (1, "zh-Hans"),
        (3, "zh-Hans"),
        (1, "ja"),
    ]
    assert rows[0]["text"] == CHINESE


def test_detect_with_a_model_of_nothing_is_a_usage_error(pages, capsys):
    assert run_command(["detect", "pages", "--engine", "fasttext"]) == 2
    assert "go together" in capsys.readouterr().err


def test_detect_has_a_second_name(pages):
    assert run("lang", "pages")[0] == run("detect", "pages")[0]


def test_dedup_keeps_one_of_each(pages):
    rows, _ = run("dedup", "pages")
    assert [row["id"] for row in rows] == [
        "pages/a.html#0",
        "pages/b.txt#0",
        "pages/c.txt#0",
    ]


def test_dedup_mark_keeps_all_and_names_the_cluster(pages):
    rows, _ = run("dedup", "--mark", "pages")
    assert [row["cluster"] for row in rows] == ["", "", *["pages/c.txt#0"] * 2]
    assert all(row["keep"] for row in rows)
    assert rows[3]["reason"] == "dedup.exact"


@pytest.mark.parametrize(
    ("paths", "code"), [(["pages/a.html", "pages/b.txt"], 0), (["pages"], 1)]
)
def test_dedup_check_ends_with_one_if_there_are_duplicates(pages, paths, code):
    done = CliRunner().invoke(
        commands,
        ["dedup", "--check", "--format", "table", *paths],
        standalone_mode=False,
    )
    assert done.return_value == code
    assert ("pages/d.txt#0" in done.stdout) == bool(code)


def test_dedup_writes_its_clusters_into_a_file(pages, tmp_path):
    run("dedup", "pages", "--pairs", "pairs.jsonl")
    rows = [json.loads(x) for x in (tmp_path / "pairs.jsonl").read_bytes().splitlines()]
    assert [(row["id"], row["keep"], row["reason"]) for row in rows] == [
        ("pages/c.txt#0", True, ""),
        ("pages/d.txt#0", False, "dedup.exact"),
    ]
    assert {row["cluster"] for row in rows} == {"pages/c.txt#0"}


def test_dedup_against_a_reference_writes_nothing_of_it(pages):
    rows, _ = run("dedup", "pages", "--against", "pages/b.txt")
    assert [row["id"] for row in rows] == ["pages/a.html#0", "pages/c.txt#0"]
    _, err = run("dedup", "pages", "--against", "nowhere", code=3)
    assert "nowhere" in err


def test_dedup_with_an_index_knows_earlier_runs(pages, tmp_path):
    first, _ = run("dedup", "pages/b.txt", "pages/c.txt", "--index", "known.index")
    assert len(first) == 2
    run("dedup", "pages", "--index", "known.index", "-o", "new.jsonl")
    kept = records_of(tmp_path / "new.jsonl")
    assert [record.id for record in kept] == ["pages/a.html#0"]
    again, _ = run("dedup", "pages/a.html", "--mark", "--index", "known.index")
    assert [row["cluster"] for row in again] == ["pages/a.html#0"]


@pytest.mark.parametrize("keep", ["best", "first", "longest", "newest"])
def test_dedup_keep_rules(pages, keep):
    assert len(run("dedup", "--keep", keep, "pages")[0]) == 3


def test_stats_counts(pages):
    ((numbers,), _) = run("stats", "pages")
    assert numbers["documents"] == 4
    assert numbers["languages"] == {"ja": 2, "en": 1, "zh-Hans": 1}


def test_stats_by_language_of_a_corpus_with_drops(pages):
    run("clean", "pages", "--dedup", "--out", "corpus", "--quiet")
    paths = ("corpus/documents.jsonl", "corpus/dropped.jsonl")
    ((numbers,), err) = run("stats", *paths, "--by", "language")
    assert numbers["documents"] == 3
    assert numbers["reasons"] == {"dedup.exact": 1}
    assert "cleaned first" not in err


@pytest.mark.parametrize("command", ["list", "clean", "detect", "dedup", "stats"])
@pytest.mark.parametrize("width", [20, 80, 200])
def test_tables_for_people(pages, command, width):
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(
        commands, [command, "pages", "--format", "table"]
    )
    assert done.exit_code == 0
    assert done.stdout.strip()


def test_unreadable_input_is_told_and_the_rest_is_done(pages, tmp_path):
    (pages / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (pages / "rows.jsonl").write_text(
        '{"text": "好的文章"}\nno json\n', encoding="utf-8"
    )
    _, err = run("clean", "pages", "--dedup", "--out", "corpus", code=3)
    assert "picture.png" in err
    assert "rows.jsonl" in err
    manifest = json.loads((tmp_path / "corpus/manifest.json").read_bytes())
    reasons = sorted(p["reason"] for p in manifest["problems"])
    assert reasons == ["read.binary", "read.json"]
    assert all(p["error"] for p in manifest["problems"])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["list", "nowhere"], 5, "nowhere"),
        (["clean", "empty"], 5, "nothing to read in empty"),
        (["clean", "pages", "-o", "x.docx"], 2, "cannot tell the format"),
        (["clean", "pages", "--out", "pages"], 4, "did not write"),
        (["nonsense"], 2, "No such command"),
        (["list", "--jobs", "0"], 2, "--jobs"),
    ],
)
def test_every_way_out_has_its_code(pages, capsys, arguments, code, words):
    (pages.parent / "empty").mkdir()
    assert run_command(arguments) == code
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_any_number_of_processes_gives_the_same_bytes(tmp_path, monkeypatch, jobs):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(80):
        text = f"{CHINESE[number % 7 :]}\n\n{JAPANESE}\n\n{PROSE[number:]}{number % 50}"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    run("clean", "many", "--dedup", "--jobs", jobs, "--out", "one", "--quiet")
    run("clean", "many", "--dedup", "--jobs", "1", "--out", "two", "--quiet")
    for name in ("documents.jsonl", "dropped.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (
            tmp_path / "two" / name
        ).read_bytes()


def test_limit_reads_only_the_first(pages):
    rows, _ = run("clean", "pages", "--limit", "2")
    assert [row["id"] for row in rows] == ["pages/a.html#0", "pages/b.txt#0"]


def test_rows_with_keys_of_their_own(pages, tmp_path):
    row = {"body_html": CHINESE, "nr": 7, "views": 16}
    (tmp_path / "rows.jsonl").write_bytes(msgspec.json.encode(row))
    ((record,), _) = run(
        "clean", "rows.jsonl", "--text-key", "body_html", "--id-key", "nr"
    )
    assert record["id"] == "7"
    assert record["text"] == CHINESE
    assert json.loads(record["metadata"]["extra"])["views"] == 16


def test_without_paths_the_seeds_are_read(monkeypatch):
    monkeypatch.chdir(ROOT)
    rows, _ = run("list")
    assert len(rows) == 5
    assert all(row["id"].startswith("seeds/") for row in rows)


def test_python_gets_the_same_as_the_command(pages):
    import corpuskit

    documents = map(corpuskit.clean, corpuskit.read(["pages"]))
    texts = [document.text for document in corpuskit.dedup(documents) if document.keep]
    assert texts == [row["text"] for row in run("dedup", "pages")[0]]
