import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from corpuskit.render.shapes import Bar, name_text
from corpuskit.render.words import (
    counted,
    duration,
    number,
    share,
    size,
    visible,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain.txt", "plain.txt"),
        ("[red]x[/].txt", "[red]x[/].txt"),
        (":smile:", ":smile:"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("bell\a \x9b31m", r"bell\x07 \x9b31m"),
        ("evil\u202egpj.exe", r"evil\u202egpj.exe"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("line\u2028end", r"line\u2028end"),
        ("broken\udc80", r"broken\udc80"),
        ("新闻.html", "新闻.html"),
        ("ニュース\u3000一覧", "ニュース\u3000一覧"),
        ("한국어", "한국어"),
        ("مقالة", "مقالة"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_visible_writes_out_what_a_terminal_hides(text, shown):
    assert visible(text) == shown
    assert name_text(text).plain == shown


@given(st.text())
@settings(deadline=None)
def test_visible_leaves_nothing_to_obey(text):
    shown = visible(text)
    shown.encode("utf-8")
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.00 kB"),
        (9_994, "9.99 kB"),
        (46_683, "46.7 kB"),
        (99_960, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1.00 MB"),
        (5_000_000_000, "5.00 GB"),
        (7 * 10**15, "7.00 PB"),
    ],
)
def test_size(size_bytes, shown):
    assert size(size_bytes) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, ""),
        (0, 5, "0.0 %"),
        (2, 3, "66.7 %"),
        (3, 3, "100.0 %"),
        (1, 10_000, "< 0.1 %"),
        (9_999, 10_000, "> 99.9 %"),
    ],
)
def test_share(part, whole, shown):
    assert share(part, whole) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0.0 s"),
        (0.84, "0.8 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (185, "3 min 05 s"),
        (7800, "2 h 10 min"),
    ],
)
def test_duration(seconds, shown):
    assert duration(seconds) == shown


def test_numbers():
    assert number(1234567) == "1,234,567"
    assert counted(1, "document") == "1 document"
    assert counted(2000, "document") == "2,000 documents"


@pytest.mark.parametrize(
    ("filled", "blocks", "ascii_"),
    [
        (0, "", ""),
        (0.0001, "▏", "#"),
        (0.5, "█████", "#####"),
        (0.55, "█████▌", "######"),
        (1, "█" * 10, "#" * 10),
    ],
)
def test_bar(filled, blocks, ascii_):
    bar = Bar(filled)
    assert bar.draw(10, ascii_only=False) == blocks
    assert bar.draw(10, ascii_only=True) == ascii_


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", "█"), ("ascii", "#")])
def test_bar_fits_the_encoding_of_the_output(encoding, shown):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    Console(file=stream, width=20).print(Bar(1.0, width=4))
    stream.flush()
    assert raw.getvalue().decode(encoding).strip() == shown * 4
