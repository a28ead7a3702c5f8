import gzip
import json
import sys
from pathlib import Path

import pytest

import corpuskit
from corpuskit._zstd import zstd
from corpuskit.document import Document, decode_record, encode
from corpuskit.errors import MissingExtraError, OutputError, UsageError
from corpuskit.write.atomic import AtomicFile, AtomicFolder, write_file
from corpuskit.write.corpus import FileSink, FolderSink
from corpuskit.write.formats import encoder, format_of, header, stem_of, with_id

DOCUMENTS = [
    Document("s/a.txt#0", source="s", title="题目").with_text("你好，世界\n第二行"),
    Document("s/b.txt#0", source="s").with_text('comma, "quote"\tand tab'),
    Document("s/c.txt#0", source="s").with_text("gone").dropped("clean.empty"),
]
KEPT = DOCUMENTS[:2]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def opened(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    return zstd.decompress(data) if path.suffix == ".zst" else data


@pytest.mark.parametrize(
    ("name", "found", "stem"),
    [
        ("a.jsonl", ("jsonl", ""), "a"),
        ("a.b.JSONL.GZ", ("jsonl", "gz"), "a.b"),
        ("语料.jsonl.zst", ("jsonl", "zst"), "语料"),
        ("a.ndjson", ("jsonl", ""), "a"),
        ("a.csv", ("csv", ""), "a"),
        ("a.tsv.gz", ("tsv", "gz"), "a"),
        ("a.parquet", ("parquet", ""), "a"),
    ],
)
def test_suffix_says_the_format(name, found, stem):
    assert format_of(Path(name)) == found
    assert stem_of(Path(name)) == stem


@pytest.mark.parametrize("name", ["a", "a.txt", "a.gz", "a.parquet.gz", ".jsonl.xz"])
def test_unknown_suffix_is_a_usage_error(name):
    with pytest.raises(UsageError, match="cannot tell the format"):
        format_of(Path(name))


@pytest.mark.parametrize("name", ["jsonl", "csv", "tsv"])
@pytest.mark.parametrize("new", ["plain~2", 'with "quotes", and comma~2', "名前~2"])
def test_id_is_exchanged_without_decoding(name, new):
    for document in DOCUMENTS:
        renamed = with_id(encoder(name)(document), name, document.id, new)
        other = Document(**{**_fields(document), "id": new})
        assert renamed == encoder(name)(other)


def _fields(document):
    return {name: getattr(document, name) for name in document.__struct_fields__}


@pytest.mark.parametrize("name", ["o.jsonl", "o.jsonl.gz", "o.jsonl.zst"])
def test_written_jsonl_reads_back(tmp_path, name):
    assert corpuskit.write(DOCUMENTS, tmp_path / name) == 2
    lines = opened(tmp_path / name).splitlines()
    assert [decode_record(line) for line in lines] == KEPT
    assert names(tmp_path) == [name]


@pytest.mark.parametrize("name", ["o.jsonl.gz", "o.jsonl.zst", "o.csv", "o.parquet"])
def test_writing_twice_gives_the_same_bytes(tmp_path, name):
    one, two = tmp_path / "one" / name, tmp_path / "two" / name
    corpuskit.write(DOCUMENTS, one)
    corpuskit.write(DOCUMENTS, two)
    assert one.read_bytes() == two.read_bytes()


def test_csv_has_a_header_and_reads_back(tmp_path):
    import csv

    corpuskit.write(DOCUMENTS, tmp_path / "o.csv")
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == [d.text for d in KEPT]
    assert rows[0]["keep"] == "true"
    assert rows[0]["metadata.extra"] == "{}"
    assert header("csv").startswith(b"id,text,source,created,version")


def test_parquet_has_typed_columns(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    corpuskit.write(DOCUMENTS, tmp_path / "o.parquet")
    table = parquet.read_table(tmp_path / "o.parquet")
    assert table.num_rows == 2
    assert [str(table.schema.field(n).type) for n in ("n_chars", "keep", "text")] == [
        "int64",
        "bool",
        "string",
    ]
    assert table.column("text").to_pylist() == [d.text for d in KEPT]
    assert str(table.schema.field("language_score").type) == "double"


def test_parquet_without_its_extra_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'corpuskit\[parquet\]'"):
        FileSink(tmp_path / "o.parquet")
    assert names(tmp_path) == []


def test_folder_holds_texts_records_drops_and_manifest(tmp_path):
    corpuskit.write(DOCUMENTS, tmp_path / "corpus")
    found = sorted(
        path.relative_to(tmp_path).as_posix()
        for path in tmp_path.rglob("*")
        if path.is_file()
    )
    assert found == [
        "corpus/documents.jsonl",
        "corpus/dropped.jsonl",
        "corpus/manifest.json",
        "corpus/s/a.txt",
        "corpus/s/b.txt",
    ]
    text = (tmp_path / "corpus/s/a.txt").read_text(encoding="utf-8")
    assert text == "你好，世界\n第二行"
    dropped = (tmp_path / "corpus/dropped.jsonl").read_bytes()
    assert dropped == encode(DOCUMENTS[2])
    manifest = json.loads((tmp_path / "corpus/manifest.json").read_bytes())
    assert manifest["kept"] == 2


def test_corpus_file_has_drops_and_manifest_beside_it(tmp_path):
    sink = FileSink(tmp_path / "o.jsonl.gz", corpus=True)
    sink.put([sink.wants.record(document) for document in DOCUMENTS])
    sink.commit({"corpuskit": "x"})
    assert names(tmp_path) == [
        "o.dropped.jsonl",
        "o.jsonl.gz",
        "o.manifest.json",
    ]


def test_equal_names_are_numbered(tmp_path):
    same = [Document(i).with_text(i) for i in ("a:b", "a?b", "A*B")]
    corpuskit.write(same, tmp_path / "corpus")
    texts = sorted(path.name for path in (tmp_path / "corpus").glob("*.txt"))
    assert texts == ["A_B~3.txt", "a_b.txt", "a_b~2.txt"]


def test_own_output_is_replaced_whole(tmp_path):
    corpuskit.write(KEPT, tmp_path / "corpus")
    corpuskit.write(KEPT[:1], tmp_path / "corpus")
    assert not (tmp_path / "corpus/s/b.txt").exists()
    assert names(tmp_path) == ["corpus"]


def test_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(OutputError, match="did not write"):
        FolderSink(tmp_path)
    assert names(tmp_path) == ["thesis.doc"]


def test_file_in_the_way_of_a_folder_is_refused(tmp_path):
    (tmp_path / "corpus").write_text("a file")
    with pytest.raises(OutputError, match="in the way"):
        FolderSink(tmp_path / "corpus")


@pytest.mark.parametrize("make", [FileSink, FolderSink])
def test_discarded_output_leaves_nothing(tmp_path, make):
    sink = make(tmp_path / "o.jsonl.gz")
    sink.put([sink.wants.record(document) for document in DOCUMENTS])
    sink.discard()
    assert names(tmp_path) == []


def test_failed_writing_keeps_the_old_file(tmp_path):
    path = tmp_path / "o.jsonl"
    write_file(path, b"old\n")

    def broken():
        yield DOCUMENTS[0]
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        corpuskit.write(broken(), path)
    assert path.read_bytes() == b"old\n"
    assert names(tmp_path) == ["o.jsonl"]


def test_output_below_a_file_is_an_output_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        AtomicFile(tmp_path / "file" / "o.jsonl")
    with pytest.raises(OutputError, match="cannot write"):
        AtomicFolder(tmp_path / "file" / "corpus")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_one_output_error():
    from corpuskit.write.atomic import output_errors

    with (
        pytest.raises(OutputError, match="No space left"),
        output_errors(Path("/dev/full")),
        Path("/dev/full").open("wb", buffering=0) as file,
    ):
        file.write(b"x")
