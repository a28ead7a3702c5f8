"""Steps that work on several documents together, and what happens where one fails."""

from dataclasses import dataclass

import pytest

from corpuskit.clean import CleanOptions
from corpuskit.document import Document, Metadata
from corpuskit.run.steps import Clean, ManyStep
from corpuskit.run.work import Job, work
from corpuskit.write.corpus import Wants
from tests.run_steps import Misbehave, Together

TEXTS = [f"第{n}篇 text number {n}" for n in range(30)]


@dataclass(frozen=True)
class Given:
    """A source that gives documents with these texts."""

    texts: tuple[str, ...]

    def read(self, split, log):
        for number, text in enumerate(self.texts):
            yield Document(f"s/{number}", metadata=Metadata()).with_text(text)

    def is_own(self, split, problem):
        return True


def worked(texts, step):
    job = Job(Given(tuple(texts)), (step,), Wants("jsonl"))
    return work(job, None)


@pytest.mark.parametrize("size", [1, 12, 13, 30])
def test_documents_keep_their_order_and_are_counted(size):
    found = worked(TEXTS[:size], Together())
    assert [number for number, _ in found.ids] == list(range(size))
    assert [name for _, name in found.ids] == [f"s/{number}" for number in range(size)]
    # The last one of 13 stands alone, and so is not worked on with others.
    assert found.tally.ran["misbehave"] == size - (size % 12 == 1)
    assert found.tally.documents == size


@pytest.mark.parametrize("at", [0, 5, 11, 12, 29])
def test_only_the_document_at_fault_is_dropped(at):
    texts = [*TEXTS[:at], "raise the roof", *TEXTS[at + 1 :]]
    found = worked(texts, Together())
    assert found.tally.reasons == {"misbehave.failed": 1}
    assert found.tally.documents == len(texts)
    (problem,) = found.problems
    assert "ValueError: cannot bear raise the roof" in problem.error


def test_long_documents_are_worked_on_sooner():
    found = worked(["x" * 600_000] * 5, Together())
    assert found.tally.ran["misbehave"] == 4


def test_which_steps_take_several():
    assert isinstance(Together(), ManyStep)
    assert not isinstance(Misbehave(), ManyStep)
    assert isinstance(Clean(CleanOptions()), ManyStep)
