"""Finding files: order, sources, links, globs, what is passed over, splits."""

import io
import os
import pickle
import sys
from pathlib import Path

import pytest

from corpuskit.errors import UsageError
from corpuskit.sources import ReadOptions, plan, read, read_split, spool
from corpuskit.sources.names import is_wanted, shown_path, sort_key

PAGE = "<html><body><p>ページ</p></body></html>"
needs_posix = pytest.mark.skipif(
    sys.platform == "win32", reason="POSIX names and links"
)


def make(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{PAGE} {name}", encoding="utf-8")
    return folder


def names(paths, **options) -> list[str]:
    splits = plan([paths] if isinstance(paths, Path) else paths, ReadOptions(**options))
    return [item.name for split in splits for item in split.inputs]


def test_paths_are_in_natural_order(tmp_path):
    make(
        tmp_path, "p10.html", "p9.html", "p1/z.html", "p1.html", "P2.html", "第2章.txt"
    )
    make(tmp_path, "第10章.txt", "p1/a.html")
    found = names(tmp_path)
    assert found[0] == "P2.html"
    assert found[1:5] == ["p1/a.html", "p1/z.html", "p1.html", "p9.html"]
    assert found[-2:] == ["第2章.txt", "第10章.txt"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("a2", "a10"), ("a", "a1"), ("a1/b", "a2"), ("2", "10"), ("", "a"), ("a01", "a2")],
)
def test_numbers_sort_by_value(first, second):
    assert sort_key(first) < sort_key(second)


def test_hidden_files_are_passed_over_but_can_be_named(tmp_path):
    make(tmp_path, "a.txt", ".git/config", ".DS_Store", "__MACOSX/a.txt", ".hidden.txt")
    assert names(tmp_path) == ["a.txt"]
    assert names(tmp_path / ".hidden.txt") == [".hidden.txt"]


@pytest.mark.parametrize(
    ("include", "exclude", "wanted"),
    [
        ((), (), ["a.html", "b.txt", "sub/c.html"]),
        (("*.html",), (), ["a.html", "sub/c.html"]),
        ((), ("sub/*",), ["a.html", "b.txt"]),
        (("*.html",), ("a*",), ["sub/c.html"]),
        (("nothing",), (), []),
    ],
)
def test_patterns_choose_files(tmp_path, include, exclude, wanted):
    make(tmp_path, "a.html", "b.txt", "sub/c.html")
    assert names(tmp_path, include=include, exclude=exclude) == wanted


def test_patterns_fit_the_path_or_its_last_part():
    assert is_wanted("a/b.html", ("*.html",), ())
    assert is_wanted("a/b.html", ("b.*",), ())
    assert not is_wanted("a/b.html", (), ("a/*",))


def test_globs_give_paths_below_their_fixed_part(tmp_path):
    make(tmp_path, "pages/a/1.html", "pages/b/2.html", "pages/b/3.txt")
    splits = plan([str(tmp_path / "pages" / "*" / "*.html")])
    items = [item for split in splits for item in split.inputs]
    assert [item.name for item in items] == ["a/1.html", "b/2.html"]
    assert {item.source for item in items} == {"pages"}
    assert names([str(tmp_path / "**" / "*.txt")]) == ["pages/b/3.txt"]


def test_a_glob_that_fits_nothing_is_a_record(tmp_path):
    (document,) = read([str(tmp_path / "*.html")])
    assert document.reason == "read.missing"


def test_a_file_whose_name_looks_like_a_glob_is_read(tmp_path):
    make(tmp_path, "[red]x[/red].html".replace("/", "_"))
    assert names(tmp_path / "[red]x[_red].html") == ["[red]x[_red].html"]


def test_folders_of_the_same_name_are_two_sources(tmp_path):
    make(tmp_path, "x/data/a.txt", "y/data/a.txt", "z/data/a.txt")
    paths = [tmp_path / name / "data" for name in "xyz"]
    ids = [document.id for document in read(paths)]
    assert ids == ["data/a.txt#0", "data~2/a.txt#0", "data~3/a.txt#0"]


def test_a_file_given_twice_is_read_once(tmp_path):
    make(tmp_path, "a.txt")
    assert names([tmp_path / "a.txt", tmp_path, tmp_path / "a.txt"]) == ["a.txt"]


@needs_posix
def test_links_are_followed_once_and_loops_end(tmp_path):
    make(tmp_path, "in/d/page.html", "in/real.html", "out/far.html")
    (tmp_path / "in/d/up").symlink_to("..")
    (tmp_path / "in/a_link.html").symlink_to("real.html")
    (tmp_path / "in/linked").symlink_to("../out")
    (tmp_path / "in/self").symlink_to("self")
    (tmp_path / "in/dangling.html").symlink_to("nowhere.html")
    documents = {d.id: d for d in read([tmp_path / "in"])}
    assert [i for i, d in documents.items() if d.keep] == [
        "in/d/page.html#0",
        "in/linked/far.html#0",
        "in/real.html#0",
    ]
    assert documents["in/dangling.html#0"].reason == "read.missing"
    assert documents["in/self#0"].reason == "read.missing"


@needs_posix
def test_pipes_are_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.html")
    (document,) = read([tmp_path])
    assert document.reason == "read.not_file"
    (document,) = read([tmp_path / "pipe.html"])
    assert document.reason == "read.not_file"


@needs_posix
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path):
    make(tmp_path, "a.html")
    (split,) = plan([tmp_path])
    (tmp_path / "a.html").unlink()
    os.mkfifo(tmp_path / "a.html")
    (document,) = read_split(split)
    assert document.reason == "read.not_file"


@needs_posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="as root")
def test_unreadable_files_and_folders_are_records(tmp_path):
    make(tmp_path, "a.txt", "locked/b.txt")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "locked").chmod(0)
    try:
        reasons = [document.reason for document in read([tmp_path])]
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert reasons == ["read.permission"] * 2


@needs_posix
def test_names_that_are_no_text_are_shown_with_escapes(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9-\xff.html")  # noqa: PTH118
    try:
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(PAGE.encode())
    except OSError:
        pytest.skip("this file system takes only text")
    (document,) = read([tmp_path])
    assert document.keep
    assert document.id.endswith("/caf\\xe9-\\xff.html#0")
    assert document.metadata.path.encode("utf-8")


@pytest.mark.parametrize(
    ("path", "shown"),
    [("a/b", "a/b"), ("a\udce9", "a\\xe9"), ("a\ud800", "a\\ud800"), ("春\n", "春\n")],
)
def test_paths_are_shown_as_valid_text(path, shown):
    assert shown_path(path) == shown


def test_deep_folders_are_walked(tmp_path):
    deep = "/".join(f"d{n}" for n in range(50)) + "/far.html"
    make(tmp_path, deep)
    assert names(tmp_path) == [deep]


def test_skipped_paths_are_not_read(tmp_path):
    make(tmp_path, "a.txt", "out/b.txt", "c.jsonl")
    skip = (str(tmp_path / "out"), str(tmp_path / "c.jsonl"))
    assert names(tmp_path, skip=skip) == ["a.txt"]


def test_own_output_is_read_as_records_when_named_and_else_passed_over(tmp_path):
    make(tmp_path, "a.txt", "corpus/text/a.txt")
    manifest = '{"tool": "corpuskit 0.1", "inputs": []}'
    (tmp_path / "corpus/manifest.json").write_text(manifest, encoding="utf-8")
    (tmp_path / "corpus/documents.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text":"b"}\n', encoding="utf-8")
    (tmp_path / "b.dropped.jsonl").write_text('{"text":"no"}\n', encoding="utf-8")
    (tmp_path / "b.manifest.json").write_text(manifest, encoding="utf-8")
    assert names(tmp_path) == ["a.txt", "b.jsonl"]
    assert names(tmp_path / "corpus") == ["documents.jsonl"]


def test_small_files_are_read_together_and_splits_travel(tmp_path):
    make(tmp_path, *(f"{n}.html" for n in range(80)))
    splits = plan([tmp_path])
    assert [len(split.inputs) for split in splits] == [32, 32, 16]
    assert pickle.loads(pickle.dumps(splits)) == splits
    assert sum(split.size_bytes for split in splits) > 80 * len(PAGE)


def test_standard_input_is_read_from_its_copy(tmp_path):
    with (make(tmp_path, "given") / "given").open("rb") as stream:
        spooled = spool(stream, str(tmp_path))
    (split,) = plan(["-"], spooled=spooled)
    (document,) = read_split(split)
    assert (document.id, document.source) == ("stdin/-#0", "stdin")
    assert document.metadata.path == "-"


def test_standard_input_must_have_been_copied():
    with pytest.raises(UsageError, match="standard input"):
        plan(["-"])


def test_read_copies_standard_input_itself(tmp_path, monkeypatch):
    rows = '{"text":"一"}\n{"text":"二"}\n'.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows)))
    assert [d.text for d in read("-")] == ["一", "二"]


def test_public_names_exist_and_are_sorted():
    from corpuskit import sources

    assert sources.__all__ == sorted(sources.__all__)
    assert all(getattr(sources, name) for name in sources.__all__)
    assert set(sources.__all__) <= set(dir(sources))
    with pytest.raises(AttributeError, match="no attribute"):
        _ = sources.absent
