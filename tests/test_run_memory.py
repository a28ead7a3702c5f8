import sys

import pytest

from corpuskit.run import memory

MIB = 1 << 20


@pytest.mark.parametrize(
    ("held", "n_trims"),
    [
        ([50, 51, 60], 0),
        ([50, 70, 52, 60], 1),
        ([50, 70, 69, 70, 84], 1),  # what is in use cannot be given back
        ([50, 70, 52, 70, 52], 2),
    ],
)
def test_memory_is_given_back_when_much_more_is_held(monkeypatch, held, n_trims):
    trims = []
    left = iter([n * MIB for n in held])
    monkeypatch.setattr(memory, "_resident", lambda: next(left))
    monkeypatch.setattr(memory, "_trim", lambda: trims.append)
    freed = memory.Freed()
    for _ in range(len(held) - 1 - n_trims):
        freed.give_back()
    assert trims == [0] * n_trims
    assert next(left, None) is None


def test_nothing_is_done_where_the_library_cannot(monkeypatch):
    held = iter([0, 99 * MIB, 99 * MIB, 99 * MIB])
    monkeypatch.setattr(memory, "_resident", lambda: next(held))
    monkeypatch.setattr(memory, "_trim", lambda: None)
    freed = memory.Freed()
    freed.give_back()
    freed.give_back()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say")
def test_freed_strings_are_given_back():
    before = memory._resident()
    freed = memory.Freed()
    kept = [bytes(1000) for _ in range(60_000)]
    assert memory._resident() > before + 40 * MIB
    del kept
    freed.give_back()
    assert memory._resident() < before + 40 * MIB
