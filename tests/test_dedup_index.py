"""Documents of earlier runs: a reference corpus, and the index file."""

import pytest

from corpuskit.dedup import DedupOptions, Index, NearDuplicates, compaction, dedup
from corpuskit.dedup import index as index_module
from corpuskit.dedup.compaction import first_to_join
from corpuskit.document import Document
from corpuskit.errors import OutputError, ReadError
from tests.test_dedup_texts import ALPHABETS, edited, words

OLD = {f"old-{name}": words(name, 200, 1) for name in ALPHABETS}


def documents(texts):
    return [Document(id=name, text=text) for name, text in texts.items()]


def marks_against(index, texts, scratch, *, add=True):
    """The marks of a batch by id, after which it is added to the index."""
    survey, batch = NearDuplicates(), documents(texts)
    summaries = [survey.summarize(batch, scratch)]
    marks = survey.decide(summaries, reference=index.relevant(summaries))
    if add:
        index.add(summaries, marks)
    return {batch[place].id: mark for place, mark in marks.of(0).items()}


@pytest.fixture
def index(tmp_path):
    index = Index(tmp_path / "index")
    assert marks_against(index, OLD, tmp_path) == {}
    return index


def test_against_names_the_reference_document_and_writes_none_of_it():
    batch = {"copy": OLD["old-ja"], "near": edited(OLD["old-zh"], 0.1), "new": "x" * 99}
    marked = list(dedup(documents(batch), against=documents(OLD)))
    assert [(d.id, d.cluster, d.reason) for d in marked] == [
        ("copy", "old-ja", "dedup.exact"),
        ("near", "old-zh", "dedup.near"),
        ("new", "", ""),
    ]


def test_against_drops_even_a_longer_text_than_the_reference_has():
    longer = OLD["old-en"] + " and a few words more"
    (marked,) = dedup([Document(id="a", text=longer)], against=documents(OLD))
    assert (marked.keep, marked.cluster) == (False, "old-en")


def test_duplicates_inside_the_reference_are_no_matter():
    reference = [Document(id=name, text="the same words") for name in "ab"]
    batch = [Document(id="c", text="other words")]
    assert list(dedup(batch, against=reference)) == batch


@pytest.mark.parametrize("language", ALPHABETS)
def test_index_names_the_old_document(index, tmp_path, language):
    old = f"old-{language}"
    batch = {"same": OLD[old], "near": edited(OLD[old], 0.1), "other": "short"}
    marks = marks_against(Index(index.path), batch, tmp_path)
    assert {name: (m.cluster, m.reason) for name, m in marks.items()} == {
        "same": (old, "dedup.exact"),
        "near": (old, "dedup.near"),
    }


def test_index_grows_by_what_is_kept(index, tmp_path):
    batch = {"copy": OLD["old-ko"], "a": "短い", "b": "短い", "c": words("ja", 90, 7)}
    marks_against(index, batch, tmp_path)
    again = Index(index.path)
    again.check()
    assert again.n_documents == index.n_documents == len(OLD) + 2
    marks = marks_against(again, {"d": "短い", "e": batch["c"]}, tmp_path)
    assert {name: mark.cluster for name, mark in marks.items()} == {"d": "a", "e": "c"}
    assert again.n_documents == len(OLD) + 2


def test_index_without_documents_has_no_file(tmp_path):
    index = Index(tmp_path / "index")
    assert marks_against(index, {"a": ""}, tmp_path) == {}
    assert not index.path.exists()


@pytest.mark.parametrize("cut", [1, 12, 100, 5000])
def test_a_killed_run_leaves_the_last_good_state(index, tmp_path, cut):
    whole = index.path.stat().st_size
    marks_against(index, {"new": words("en", 900, 5)}, tmp_path)
    data = index.path.read_bytes()
    index.path.write_bytes(data[: len(data) - cut])
    again = Index(index.path)
    assert again.n_documents == len(OLD)
    marks_against(again, {"new": words("en", 900, 5)}, tmp_path)
    assert index.path.read_bytes()[whole:] == data[whole:]
    assert Index(index.path).n_documents == len(OLD) + 1


@pytest.mark.parametrize("length", [0, 10, 63])
def test_a_run_killed_in_the_first_line_leaves_an_empty_index(index, length):
    index.path.write_bytes(index.path.read_bytes()[:length])
    assert Index(index.path).n_documents == 0


@pytest.mark.parametrize("data", [b"x" * 200, b"corpuskit-index/9 ".ljust(63) + b"\n"])
def test_a_file_that_is_no_index_of_this_version_is_refused(tmp_path, data):
    path = tmp_path / "index"
    path.write_bytes(data)
    with pytest.raises(ReadError, match="no index of the version"):
        Index(path)


def test_check_finds_a_changed_byte(index):
    data = bytearray(index.path.read_bytes())
    data[len(data) // 2] ^= 1
    index.path.write_bytes(data)
    with pytest.raises(ReadError, match="damaged"):
        Index(index.path).check()


def test_index_that_cannot_be_written_is_an_output_error(tmp_path):
    index = Index(tmp_path / "missing" / "index")
    with pytest.raises(OutputError):
        marks_against(index, OLD, tmp_path)


def test_index_filled_by_an_exact_run_finds_near_copies_too(tmp_path):
    survey = NearDuplicates(DedupOptions(near=False))
    summaries = [survey.summarize(documents(OLD), tmp_path)]
    index = Index(tmp_path / "index")
    assert index.relevant(summaries) == []
    index.add(summaries, survey.decide(summaries))
    marks = marks_against(index, {"near": edited(OLD["old-zh"], 0.1)}, tmp_path)
    assert marks["near"].cluster == "old-zh"


def test_an_exact_run_finds_the_copies_of_an_index(index, tmp_path):
    survey = NearDuplicates(DedupOptions(near=False))
    batch = {"a": OLD["old-ja"], "b": edited(OLD["old-zh"], 0.1)}
    summaries = [survey.summarize(documents(batch), tmp_path)]
    reference = index.relevant(summaries, survey.options)
    marks = survey.decide(summaries, reference=reference).of(0)
    assert {place: mark.cluster for place, mark in marks.items()} == {0: "old-ja"}


def filled(path, scratch, n_batches):
    """An index to which so many batches were added, one by one."""
    survey = NearDuplicates()
    for number in range(n_batches):
        batch = {f"{number}-{name}": words(name, 90, number + 9) for name in ALPHABETS}
        summaries = [survey.summarize(documents(batch), scratch)]
        Index(path).add(summaries, survey.decide(summaries))
    return Index(path)


@pytest.mark.parametrize(
    ("sizes", "first"),
    [
        ([5], 0),
        ([5, 5, 5, 5], 0),
        ([100, 9, 8, 7], 1),
        ([20, 10, 5], 0),
        ([41, 10, 4], 2),
        ([1000, 41, 10, 10], 2),
        ([1, 2, 1000], 0),
    ],
)
def test_which_segments_are_joined(sizes, first):
    assert first_to_join(sizes) == first


def test_small_segments_become_one_and_say_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "_MOST_SEGMENTS", 3)
    joined = filled(tmp_path / "joined", tmp_path, 5)
    monkeypatch.setattr(index_module, "_MOST_SEGMENTS", 99)
    apart = filled(tmp_path / "apart", tmp_path, 5)
    assert (len(joined._segments), len(apart._segments)) == (2, 5)
    assert joined.n_documents == apart.n_documents
    joined.check()
    batch = {
        f"new-{number}-{name}": edited(words(name, 90, number + 9), 0.05)
        for number in (0, 3, 4)
        for name in ALPHABETS
    }
    found = [marks_against(one, batch, tmp_path, add=False) for one in (joined, apart)]
    assert found[0] == found[1]
    assert {mark.cluster for mark in found[0].values()} >= {"0-ja", "3-zh", "4-en"}


def test_joining_gives_the_same_bytes_each_time(tmp_path):
    paths = [tmp_path / name for name in "ab"]
    for path in paths:
        filled(path, tmp_path, 17)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_index_stays_where_joining_fails(tmp_path, monkeypatch):
    path = tmp_path / "index"
    index = filled(path, tmp_path, 16)
    (tmp_path / "index.new").write_bytes(b"left by a run that was killed")

    more, last = (
        {f"{seed}-{name}": words(name, 90, seed) for name in ALPHABETS}
        for seed in (77, 78)
    )

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(compaction.os, "replace", full)
        with pytest.raises(OutputError, match="No space left"):
            marks_against(index, more, tmp_path)
    assert not (tmp_path / "index.new").exists()
    again = Index(path)
    again.check()
    assert (len(again._segments), again.n_documents) == (17, 17 * len(ALPHABETS))
    marks_against(again, last, tmp_path)
    assert len(Index(path)._segments) == 1
