import io
import tempfile
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.dedup import DedupOptions
from corpuskit.document import Document, encode
from corpuskit.run.duplicates import Duplicates
from corpuskit.run.inputs import FileSource
from corpuskit.run.pipeline import Plan, run
from corpuskit.run.rewriting import rewrite
from corpuskit.run.spool import Spool, SpoolSource
from corpuskit.run.tally import Tally
from corpuskit.sources import ReadOptions, plan
from corpuskit.write.corpus import NullSink, Record, StreamSink, Wants

# Text that looks like the places where a record is taken apart.
PIECES = st.sampled_from(
    [
        '","source":"',
        ',"text":"',
        '"',
        "\\",
        '\\"',
        "\n",
        "\u2028",
        "山路を登りながら",
        "서울 ",
        "\x7f",
        "\t",
        "𠮷",
        "x",
    ]
)
TEXTS = st.lists(PIECES, max_size=8).map("".join) | st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00")
)
DOCUMENTS = st.builds(
    lambda name, text, language, keep: (
        Document(name, source=name, title=text, language=language).with_text(text)
        if keep
        else Document(name, title=text).with_text(text).dropped("read.json")
    ),
    TEXTS.filter(bool),
    TEXTS,
    st.sampled_from(["ja", "zh-Hans", "und"]),
    st.booleans(),
)
JSONL = Wants("jsonl", dropped=True)


def mark(document, decision):
    document = msgspec.structs.replace(document, cluster=decision)
    return document if decision == "kept" else document.dropped("dedup.near")


def spooled(folder: Path, documents, decisions):
    with Spool(folder / "spool.jsonl") as spool:
        spool.put([Record(b'{"id":"before"}\n')])
        spool.put([JSONL.record(document) for document in documents])
    return spool.splits[1]._replace(decisions=decisions)


def held(folder: Path, documents, decisions):
    with Spool(folder / "spool.jsonl") as spool:
        spool.hold([Document("before")])
        spool.hold(documents)
    assert not (folder / "spool.jsonl").stat().st_size
    return spool.splits[1]._replace(decisions=decisions)


def overflown(folder: Path, documents, decisions):
    with Spool(folder / "spool.jsonl", hold_bytes=2000) as spool:
        spool.hold([Document("before")])
        spool.hold(documents)
        spool.hold([Document("after"), Document("the end")])
    splits = [split._replace(decisions=decisions) for split in spool.splits]
    assert [d.id for d in splits[0].documents()] == ["before"]
    assert [d.id for d in splits[2].documents()] == ["after", "the end"]
    assert (folder / "spool.jsonl").stat().st_size
    return splits[1]


def tally_of(documents):
    tally = Tally()
    for document in documents:
        tally.count(document)
    return tally


@settings(deadline=None, max_examples=150)
@given(
    st.lists(DOCUMENTS, max_size=6),
    st.dictionaries(st.integers(0, 5), st.sampled_from(["kept", "other"])),
    st.sampled_from([JSONL, Wants("jsonl"), Wants("json"), Wants("")]),
    st.sampled_from([spooled, held, overflown]),
)
def test_records_are_those_of_decoded_documents(documents, decisions, wants, laid):
    with tempfile.TemporaryDirectory() as folder:
        split = laid(Path(folder), documents, decisions)
        after = list(SpoolSource(mark).read(split, []))
        tally = tally_of(documents)
        found = list(chain(*rewrite(split, mark, wants=wants, tally=tally)))
    assert found == [wants.record(document) for document in after]
    assert tally == tally_of(after)


@pytest.mark.parametrize(
    ("wants", "takes"),
    [
        (Wants("jsonl"), True),
        (Wants("", dropped=True), True),
        (Wants("csv"), False),
        (Wants("tsv"), False),
        (Wants("jsonl", texts=True), False),
        (Wants("jsonl", encode=encode), False),
        (Wants("jsonl", explained=True), False),
    ],
)
def test_who_takes_encoded_records(wants, takes):
    assert wants.takes_encoded is takes


class Seen:
    """A collector, which asks for whole documents."""

    def __init__(self):
        self.documents = []

    def add(self, document):
        self.documents.append(document)

    def merge(self, other):
        self.documents += other.documents


@pytest.mark.parametrize("mark_only", [False, True])
@pytest.mark.parametrize("hold_bytes", [1, 1 << 20])
def test_runs_with_and_without_a_collector_give_the_same(
    tmp_path, monkeypatch, mark_only, hold_bytes
):
    monkeypatch.setattr("corpuskit.run.pipeline.HELD_BYTES", hold_bytes)
    text = "同じ文章が二度ある。" * 20
    rows = [{"id": f"r{n}", "text": f"{text}{n % 3}\n“{n}”"} for n in range(40)]
    rows += [{"id": "r1", "text": "another of the same id"}, {"id": "none"}]
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\n".join(map(msgspec.json.encode, rows)))
    source, splits = FileSource(ReadOptions()), plan([path], ReadOptions())
    survey = Duplicates(DedupOptions(), mark_only)
    streams = [io.BytesIO(), io.BytesIO()]
    reports = [
        run(
            Plan(splits=splits, source=source, survey=survey, collector=collector),
            StreamSink(stream),
        )
        for stream, collector in zip(streams, (None, Seen), strict=True)
    ]
    assert streams[0].getvalue() == streams[1].getvalue()
    assert reports[0].tally == reports[1].tally
    assert reports[0].clashes == reports[1].clashes == [("r1", "r1~2")]
    assert len(reports[0].problems) == len(reports[1].problems) == 1
    assert [d.keep for d in reports[1].collected.documents].count(True) >= 2


def test_what_keeps_nothing_is_counted(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text":"once upon a time there was"}\n' * 3)
    splits = plan([path], ReadOptions())
    plan_ = Plan(
        splits=splits,
        source=FileSource(ReadOptions()),
        survey=Duplicates(DedupOptions()),
    )
    report = run(plan_, NullSink())
    assert report.tally.to_dict()["dropped_by_step"] == {"dedup": {"exact": 2}}
    assert (report.tally.documents, report.tally.kept) == (3, 1)


def test_sources_hash_only_where_it_is_asked(tmp_path):
    names = [tmp_path / name for name in ("a.txt", "b.jsonl")]
    names[0].write_text("朝早く港へ行くと、", encoding="utf-8")
    names[1].write_text('{"text":"바다가 보인다"}\n', encoding="utf-8")
    (split,) = plan([*names, tmp_path / "gone"], ReadOptions())
    logs = [[], []]
    texts = [
        [
            document.text
            for document in FileSource(ReadOptions(), hashes).read(split, log)
        ]
        for hashes, log in zip((True, False), logs, strict=True)
    ]
    assert texts[0] == texts[1]
    assert [entry.path for entry in logs[0]] == [entry.path for entry in logs[1]]
    assert all(entry.sha256 for entry in logs[0])
    assert not any(entry.sha256 for entry in logs[1])
