"""Comparing in several processes gives what one process gives."""

import contextlib
from concurrent.futures.process import BrokenProcessPool

import pytest

from corpuskit.dedup import DedupOptions
from corpuskit.document import Document
from corpuskit.run.duplicates import Duplicates
from tests.test_dedup_texts import ALPHABETS, edited, words

SURVEY = Duplicates(DedupOptions())


@pytest.fixture
def summaries(tmp_path, monkeypatch):
    monkeypatch.setattr("corpuskit.run.duplicates._WORTH_A_POOL", 1)
    monkeypatch.setattr("corpuskit.dedup.verify._BATCH_CODES", 2000)
    texts = [words(name, 150, seed) for name in ALPHABETS for seed in range(6)]
    texts += [edited(text, 0.1) for text in texts[::2]]
    documents = [Document(id=f"d{n:02}", text=text) for n, text in enumerate(texts)]
    parts = documents[:9], documents[9:]
    return [SURVEY.summarize(part, tmp_path) for part in parts]


def found(summaries, jobs):
    marks = SURVEY.decide(summaries, [], jobs)
    return [marks.of(number) for number in range(2)]


def test_processes_find_the_same_clusters(summaries):
    alone = found(summaries, 1)
    assert sum(map(len, alone)) == 24
    assert found(summaries, 2) == alone


def test_a_killed_process_does_not_end_the_run(summaries, monkeypatch):
    @contextlib.contextmanager
    def broken(jobs):
        raise BrokenProcessPool
        yield jobs

    monkeypatch.setattr("corpuskit.run.pool.executor", broken)
    assert found(summaries, 2) == found(summaries, 1)
