import io
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from corpuskit.document import Document, decode_record
from corpuskit.errors import CorpuskitError
from corpuskit.run.inputs import FileSource
from corpuskit.run.pipeline import Plan, run
from corpuskit.run.tally import Tally, problem_of
from corpuskit.sources import ReadOptions, plan
from corpuskit.write.corpus import NullSink, StreamSink
from tests.run_steps import Misbehave, Upper


def planned(paths, **values):
    options = ReadOptions()
    splits = plan([str(path) for path in paths], options)
    return Plan(splits=splits, source=FileSource(options), **values)


def pages(folder: Path, texts) -> Path:
    for number, text in enumerate(texts):
        (folder / f"page{number}.txt").write_text(text, encoding="utf-8")
    return folder


def records(plan_, **values):
    stream = io.BytesIO()
    report = run(plan_, StreamSink(stream), **values)
    return [decode_record(line) for line in stream.getvalue().splitlines()], report


TEXTS = [f"第{n}篇 text number {n} of the small test corpus" for n in range(100)]


def test_documents_come_out_in_the_order_they_went_in(tmp_path):
    found, report = records(planned([pages(tmp_path, TEXTS)], steps=(Upper(),)))
    assert [d.text for d in found] == [text.upper() for text in TEXTS]
    assert report.tally.documents == report.tally.kept == 100
    assert report.tally.ran == {"upper": 100}
    assert len(msgspec.json.decode(b"[%b]" % report.inputs)) == 100


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_give_the_same_bytes(tmp_path, jobs):
    folder = pages(tmp_path, TEXTS)
    streams = [io.BytesIO(), io.BytesIO()]
    run(planned([folder], steps=(Upper(),)), StreamSink(streams[0]))
    run(planned([folder], steps=(Upper(),), jobs=jobs), StreamSink(streams[1]))
    assert streams[0].getvalue() == streams[1].getvalue()


@pytest.mark.parametrize("jobs", [1, 2])
def test_failing_step_drops_its_document_and_says_so(tmp_path, jobs):
    texts = [*TEXTS[:40], "raise the roof", *TEXTS[40:60]]
    plan_ = planned([pages(tmp_path, texts)], steps=(Misbehave(),), jobs=jobs)
    found, report = records(plan_)
    assert len(found) == 60
    assert report.tally.reasons == {"misbehave.failed": 1}
    (problem,) = report.problems
    assert problem.path.endswith("page40.txt")
    assert "ValueError: cannot bear raise the roof" in problem.error


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a POSIX signal")
def test_killed_worker_costs_only_its_file(tmp_path):
    texts = [*TEXTS[:50], "die", *TEXTS[50:], "die again"]
    plan_ = planned([pages(tmp_path, texts)], steps=(Misbehave(),), jobs=2)
    found, report = records(plan_)
    assert [d.text for d in found] == TEXTS
    assert report.tally.reasons == {"read.killed": 2}
    names = [Path(problem.path).name for problem in report.problems]
    assert names == ["page50.txt", "page101.txt"]
    assert "killed" in report.problems[0].error


@dataclass(frozen=True)
class BrokenSource:
    """Reads some splits and breaks on others."""

    def read(self, split, log):
        for item in split:
            if item == "bad":
                raise RuntimeError("reader bug")
            yield Document(f"s/{item}#0", source="s").with_text(item)

    def parts(self, split):
        return [(item,) for item in split]

    def is_own(self, split, problem):
        return True

    def lost(self, split, rule, message):
        lost = Document(f"s/{split[0]}#0", source="s").with_extra(error=message)
        return lost.dropped(f"read.{rule}")


@pytest.mark.parametrize("jobs", [1, 2])
def test_failing_reader_costs_only_its_input(jobs):
    splits = [("a", "b"), ("c", "bad", "d"), ("e",)]
    found, report = records(Plan(splits, BrokenSource(), jobs=jobs))
    assert [d.text for d in found] == ["a", "b", "c", "d", "e"]
    assert [p.reason for p in report.problems] == ["read.failed"]
    assert "RuntimeError: reader bug" in report.problems[0].error


@pytest.mark.parametrize("limit", [1, 7, 32, 33, 99, 1000])
def test_limit_is_exact(tmp_path, limit):
    found, report = records(planned([pages(tmp_path, TEXTS)], limit=limit, jobs=2))
    assert [d.text for d in found] == TEXTS[:limit]
    assert report.tally.documents == min(limit, 100)


def test_equal_ids_are_made_unique_and_told(tmp_path):
    path = tmp_path / "rows.jsonl"
    rows = [{"id": "same", "text": f"row {n}"} for n in range(3)]
    path.write_bytes(b"\n".join(map(msgspec.json.encode, rows)))
    found, report = records(planned([path]))
    assert [d.id for d in found] == ["same", "same~2", "same~3"]
    assert report.clashes == [("same", "same~2"), ("same", "same~3")]


@dataclass
class Lengths:
    counts: Counter

    def add(self, document):
        self.counts[document.n_chars] += 1

    def merge(self, other):
        self.counts += other.counts


def new_lengths():
    return Lengths(Counter())


@pytest.mark.parametrize("jobs", [1, 2])
def test_collector_sees_every_document(tmp_path, jobs):
    plan_ = planned([pages(tmp_path, TEXTS)], collector=new_lengths, jobs=jobs)
    report = run(plan_, NullSink())
    assert report.collected.counts == Counter(map(len, TEXTS))


@dataclass(frozen=True)
class DropEverySecond:
    """A survey that needs all summaries: drops the odd places of the corpus."""

    keeps_texts: bool = False

    def summarize(self, documents, scratch):
        return sum(1 for _ in documents)

    def decide(self, summaries, reference, jobs):
        starts = [sum(summaries[:n]) for n in range(len(summaries))]
        return Odd(
            [
                {p: "odd" for p in range(n) if (start + p) % 2}
                for start, n in zip(starts, summaries, strict=True)
            ]
        )

    def apply(self, document, decision):
        return document.dropped(f"survey.{decision}")

    def committed(self, summaries, decisions):
        raise AssertionError("nothing was committed")


@dataclass(frozen=True)
class Odd:
    places: list

    def of(self, split):
        return self.places[split]


@pytest.mark.parametrize("jobs", [1, 2])
def test_survey_decides_over_the_whole_corpus(tmp_path, jobs):
    plan_ = planned(
        [pages(tmp_path, TEXTS)],
        steps=(Upper(),),
        survey=DropEverySecond(),
        collector=new_lengths,
        jobs=jobs,
    )
    found, report = records(plan_)
    assert [d.text for d in found] == [text.upper() for text in TEXTS[::2]]
    assert report.tally.reasons == {"survey.odd": 50}
    assert sum(report.collected.counts.values()) == 100
    assert len(msgspec.json.decode(b"[%b]" % report.inputs)) == 100


@dataclass(frozen=True)
class Broken(DropEverySecond):
    def summarize(self, documents, scratch):
        raise KeyError("survey bug")


def test_failing_survey_ends_the_run_with_its_words(tmp_path):
    plan_ = planned([pages(tmp_path, TEXTS)], survey=Broken(), jobs=2)
    with pytest.raises(CorpuskitError, match="internal error: KeyError: 'survey bug'"):
        run(plan_, NullSink())


def test_progress_hears_of_every_input(tmp_path):
    heard = Counter()

    class Hear:
        def phase(self, name, total=None):
            heard[name, total] += 1

        def advance(self, done=1):
            heard["done"] += done

    plan_ = planned([pages(tmp_path, TEXTS)], n_inputs=100)
    run(plan_, NullSink(), Hear())
    assert heard == {("reading", 100): 1, "done": 100}


def test_tally_counts_by_step_and_rule():
    tally = Tally()
    for document in (
        Document("a", language="ja", n_chars=5),
        Document("b").dropped("clean.empty"),
        Document("c").dropped("dedup.near"),
    ):
        tally.count(document)
    assert tally.to_dict() == {
        "documents": 3,
        "kept": 1,
        "dropped": 2,
        "dropped_by_step": {"clean": {"empty": 1}, "dedup": {"near": 1}},
        "n_chars": 5,
        "languages": {"ja": 1},
    }


@pytest.mark.parametrize(
    ("reason", "is_problem"),
    [
        ("read.binary", True),
        ("clean.failed", True),
        ("clean.empty", False),
        ("dedup.near", False),
    ],
)
def test_what_counts_as_a_problem(reason, is_problem):
    document = Document("s/a#0").with_extra(error="s/a: no").dropped(reason)
    assert (problem_of(document) is not None) is is_problem
    assert problem_of(Document("s/a#0")) is None
