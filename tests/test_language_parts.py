import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.document import Document
from corpuskit.language import DetectOptions, detect, identify, probing
from corpuskit.language.parts import Unit, cheapest_path, pieces, spans

ENGLISH = (
    "The committee met on Tuesday to discuss the annual budget and the new library.\n"
    "Several members asked for more time before they would vote on the proposal.\n"
)
GERMAN = (
    "Der Ausschuss trat am Dienstag zusammen, um über den Haushalt zu beraten.\n"
    "Mehrere Mitglieder baten um mehr Zeit, bevor sie darüber abstimmen wollten.\n"
)
HANS = "委员会星期二开会讨论了年度预算和新图书馆的问题，几名委员要求推迟表决。\n" * 2
HANT = "委員會星期二開會討論了年度預算和新圖書館的問題，幾名委員要求推遲表決。\n" * 2
JAPANESE = (
    "委員会は火曜日に会合を開き、年度予算と新しい図書館について話し合った。\n" * 2
)
KOREAN = (
    "위원회는 화요일에 모여 연간 예산과 새 도서관에 대해 논의하였다고 밝혔다.\n" * 2
)
RUSSIAN = "Комитет собрался во вторник, чтобы обсудить бюджет и новую библиотеку.\n" * 2


@pytest.mark.parametrize(
    ("pieces", "languages"),
    [
        ((HANS, ENGLISH), ["zh-Hans", "en"]),
        ((ENGLISH, HANT), ["en", "zh-Hant"]),
        ((HANS, HANT), ["zh-Hans", "zh-Hant"]),
        ((JAPANESE, HANS), ["ja", "zh-Hans"]),
        ((HANT, JAPANESE), ["zh-Hant", "ja"]),
        ((KOREAN, ENGLISH), ["ko", "en"]),
        ((RUSSIAN, GERMAN), ["ru", "de"]),
        ((ENGLISH * 2, GERMAN * 2), ["en", "de"]),
    ],
)
def test_two_languages_make_two_parts(pieces, languages):
    text = "".join(pieces)
    parts = detect(text).parts
    assert [part.language for part in parts] == languages
    assert parts[0].end == parts[1].start == len(pieces[0])


@pytest.mark.parametrize(
    ("first", "second"),
    [(ENGLISH, GERMAN), (ENGLISH, RUSSIAN), (GERMAN, KOREAN), (HANS, JAPANESE)],
)
def test_languages_that_change_within_a_line_make_parts(first, second):
    pieces = [first.replace("\n", " "), second.replace("\n", " ")] * 4
    text = "".join(pieces)
    parts = detect(text).parts
    assert [part.end - part.start for part in parts] == [len(p) for p in pieces]
    assert len({part.language for part in parts[::2]}) == 1


def test_second_language_in_the_middle_of_a_long_text_is_seen():
    text = ENGLISH * 8 + GERMAN * 3 + ENGLISH * 8
    assert [part.language for part in detect(text).parts] == ["en", "de", "en"]


@pytest.mark.parametrize("n", [0, 1, 100, 700, 50_000])
def test_windows_are_spread_over_the_text(n):
    text = "".join(chr(0x4E00 + i % 20_000) for i in range(n))
    found = probing.windows(text)
    assert 3 <= len(found) <= 16
    assert all(len(piece) <= 160 for piece in found)
    assert text.startswith(found[0]) and text.endswith(found[-1])


@settings(deadline=None)
@given(st.text(alphabet="ab .!?。\n中あ", max_size=600))
def test_pieces_cover_the_text(text):
    cuts = pieces(text)
    assert "".join(text[start:end] for start, end in cuts) == text
    assert len(cuts) <= 6


@pytest.mark.parametrize(
    "text", [ENGLISH, HANS, JAPANESE, KOREAN, HANS + "RCEP (IASP) 2022\n" + HANS]
)
def test_one_language_makes_one_part(text):
    (part,) = detect(text).parts
    assert (part.start, part.end) == (0, len(text))


def test_parts_can_be_left_out():
    assert len(detect(HANS + ENGLISH, DetectOptions(parts=False)).parts) == 1


def test_identify_keeps_the_shares_of_a_mixed_document():
    document = identify(Document(id="a", text=HANS + ENGLISH))
    shares = document.extra()["languages"]
    assert set(shares) == {"zh-Hans", "en"}
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    assert "languages" not in identify(Document(id="a", text=HANS)).extra()


def test_a_doubtful_unit_goes_with_its_neighbours():
    sure = {"en": 0.98, "de": 0.01}
    doubtful = {"de": 0.6, "en": 0.4}
    shares = [sure, doubtful, sure]
    units = [Unit(i, i + 1, 40.0, "Latn", s) for i, s in enumerate(shares)]
    assert cheapest_path(units, ["en", "de"]) == ["en"] * 3


@settings(deadline=None)
@given(st.text(alphabet="ab .!?。\n中あ", max_size=600))
def test_spans_cover_the_text(text):
    ends = [0]
    for start, end in spans(text):
        assert start == ends[-1] < end
        ends.append(end)
    assert ends[-1] == len(text)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from([ENGLISH, HANS, HANT, JAPANESE, "\n", "12\n"])))
def test_parts_cover_the_text(pieces):
    text = "".join(pieces)
    parts = detect(text).parts
    assert "".join(text[part.start : part.end] for part in parts) == text
