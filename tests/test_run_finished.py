import gzip

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit._zstd import zstd
from corpuskit.clean.removed import Removed
from corpuskit.document import REMOVED_SPANS, Document
from corpuskit.errors import EmptyError, ReadError, UsageError
from corpuskit.run.differences import Change, Differences
from corpuskit.run.finished import dropped_of, open_run
from corpuskit.write.corpus import FileSink, FolderSink

MANIFEST = {"corpuskit": "0.1.0"}
SPAN = {"at": 0, "rule": "clean.x", "text": "菜单"}


def document(name, text="早晨的港口", **values):
    found = Document(name, source="s", **values).with_text(text)
    return found.with_metadata(path=name)


DOCUMENTS = [
    document("s/甲.html#0").with_extra(**{REMOVED_SPANS: [SPAN]}),
    document("s/甲.html#1", cluster="s/甲.html#1"),
    document("s/乙.txt#0", "朝の港"),
    document("s/丙.txt#0", cluster="s/甲.html#1").dropped("dedup.exact"),
    document("s/그림.png#0", "").dropped("read.binary"),
]


def write_run(path, documents=DOCUMENTS, *, explained=True):
    """A run in a folder, or in one file where the name has a suffix."""
    if path.suffix:
        sink = FileSink(path, corpus=True, explained=explained)
    else:
        sink = FolderSink(path, explained=explained)
    sink.put([sink.wants.record(found) for found in documents])
    sink.commit(MANIFEST)
    return open_run(str(path))


NAMES = ["run", "run.jsonl", "run.jsonl.gz", "run.jsonl.zst", "run.csv", "run.parquet"]


@pytest.mark.parametrize("name", NAMES)
def test_a_run_is_read_again_in_every_form(tmp_path, name):
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    run = write_run(tmp_path / name)
    found = [row.document() for row in run.rows()]
    assert {d.id for d in found} == {d.id for d in DOCUMENTS}
    assert run.find("乙").text == "朝の港"
    (span,) = run.removed(run.find("s/甲.html#0"))
    assert (span.rule, span.text) == ("clean.x", "菜单")
    assert run.removed(run.find("乙")) == []
    assert dropped_of(str(tmp_path / name)).endswith("dropped.jsonl")


def test_the_records_inside_a_run_are_the_run(tmp_path):
    write_run(tmp_path / "run")
    run = open_run(str(tmp_path / "run" / "documents.jsonl"))
    assert run.removed(run.find("s/甲.html#0"))
    assert run.find("丙").reason == "dedup.exact"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("s/乙.txt#0", "s/乙.txt#0"),
        ("s/乙", "s/乙.txt#0"),
        ("乙.TXT", "s/乙.txt#0"),
        ("s/甲.html", "s/甲.html#0"),
        ("s/甲.html#1", "s/甲.html#1"),
        ("그림", "s/그림.png#0"),
    ],
)
def test_an_id_is_found_by_a_part_that_only_it_has(tmp_path, wanted, expected):
    assert write_run(tmp_path / "run").find(wanted).id == expected


def test_an_id_that_is_not_there_or_not_alone_is_told(tmp_path):
    run = write_run(tmp_path / "run")
    with pytest.raises(
        UsageError, match=r"2 ids .*s/甲.html#0, s/甲.html#1.*give more"
    ):
        run.find("甲")
    with pytest.raises(EmptyError, match="no document '戊'"):
        run.find("戊")
    many = write_run(tmp_path / "many", [document(f"s/{n}#0") for n in range(9)])
    with pytest.raises(UsageError, match="and 4 more"):
        many.find("s/")


def test_members_of_a_cluster_and_the_kept_one(tmp_path):
    run = write_run(tmp_path / "run")
    assert [row.key.id for row in run.members("s/甲.html#1")] == ["s/丙.txt#0"]
    assert run.get("s/甲.html#1").cluster == "s/甲.html#1"
    assert run.get("s/甲") is None


def test_a_run_that_does_not_explain_itself_says_so(tmp_path):
    plain = document("s/甲.html#0")
    for name in ("run", "run.jsonl"):
        run = write_run(tmp_path / name, [plain], explained=False)
        assert run.removed(run.find("甲")) is None
    carried = write_run(tmp_path / "c.jsonl", DOCUMENTS[:1], explained=False)
    assert carried.removed(carried.find("甲")) == [msgspec.convert(SPAN, Removed)]


def test_reasons_of_an_earlier_run_do_not_stay_beside_the_file(tmp_path):
    write_run(tmp_path / "run.jsonl")
    assert (tmp_path / "run.explained.jsonl").exists()
    write_run(tmp_path / "run.jsonl", explained=False)
    assert not (tmp_path / "run.explained.jsonl").exists()


def test_the_run_here_is_found_without_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no run here"):
        open_run()
    write_run(tmp_path / "corpus")
    assert open_run().shown == "corpus"
    monkeypatch.chdir(tmp_path / "corpus")
    assert open_run().shown == "."


def test_what_is_no_run_is_read_as_documents(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text("早晨", encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text('{"id": "r1", "text": "항구"}\n', "utf-8")
    assert open_run(str(tmp_path / "pages")).find("a").text == "早晨"
    assert open_run(str(tmp_path / "rows.jsonl")).find("r1").text == "항구"
    assert dropped_of(str(tmp_path / "pages")) == ""
    with pytest.raises(ReadError, match="no such file"):
        open_run(str(tmp_path / "nowhere"))


@pytest.mark.parametrize("name", ["documents.jsonl", "explained.jsonl"])
def test_a_damaged_run_is_named_with_the_line(tmp_path, name):
    run = write_run(tmp_path / "run")
    with (tmp_path / "run" / name).open("ab") as file:
        file.write(b'{"id":\n')
    with pytest.raises(ReadError, match=rf"{name}: line \d"):
        run.removed(run.find("s/그림.png"))


@pytest.mark.parametrize(("suffix", "module"), [(".gz", gzip), (".zst", zstd)])
def test_a_damaged_packed_run_is_an_error_and_no_crash(tmp_path, suffix, module):
    whole = module.compress(msgspec.json.encode(DOCUMENTS[0]) * 50)
    path = tmp_path / f"run.jsonl{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReadError, match="cannot be read"):
        open_run(str(path)).find("zzz")


def changes(before, after):
    return [
        (change.change, change.id, change.fields)
        for change in Differences(before, after)
    ]


def test_changes_between_two_runs(tmp_path):
    before = write_run(tmp_path / "a")
    new = [
        msgspec.structs.replace(DOCUMENTS[0], title="港", language="zh-Hans"),
        DOCUMENTS[1].with_text("改过的文字"),
        DOCUMENTS[2].dropped("dedup.near"),
        msgspec.structs.replace(DOCUMENTS[3], keep=True, reason="", cluster=""),
        document("s/新.txt#0"),
    ]
    after = write_run(tmp_path / "b.jsonl.gz", new)
    found = list(Differences(before, after))
    assert found == [
        Change("changed", "s/甲.html#0", "title,language", 5, 5),
        Change("changed", "s/甲.html#1", "text", 5, 5),
        Change("added", "s/丙.txt#0", "", 0, 5, "dedup.exact"),
        Change("added", "s/新.txt#0", "", 0, 5),
        Change("removed", "s/乙.txt#0", "", 3, 0, "", "dedup.near"),
    ]


def test_a_run_does_not_differ_from_itself(tmp_path):
    run = write_run(tmp_path / "a")
    assert changes(run, run) == []
    assert changes(run, write_run(tmp_path / "b.jsonl.zst")) == []


TEXTS = st.dictionaries(
    st.sampled_from("甲乙丙丁戊"), st.sampled_from("abc"), max_size=5
)


@settings(deadline=None, max_examples=25)
@given(TEXTS, TEXTS)
def test_changes_are_those_of_two_dictionaries(tmp_path_factory, old, new):
    folder = tmp_path_factory.mktemp("runs")
    runs = [
        write_run(folder / name, [document(*pair) for pair in texts.items()])
        for name, texts in (("a", old), ("b", new))
    ]
    found = {name: change for change, name, _ in changes(*runs)}
    assert found == {
        name: "added"
        if name not in old
        else "removed"
        if name not in new
        else "changed"
        for name in {*old, *new}
        if old.get(name) != new.get(name)
    }
