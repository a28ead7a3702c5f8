"""Repeated paragraphs, lines and substrings: the first of each stays."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.cli.main import corpuskit
from corpuskit.dedup import CutOptions, Repeats
from corpuskit.document import Document
from corpuskit.errors import UsageError
from tests.test_dedup_texts import ALPHABETS, words

NOTES = {
    "zh": "本站所有文章版权归原作者所有，未经许可不得转载，违者必究。",
    "ja": "当サイトの記事・写真の無断転載を禁じます。著作権は各社に帰属します。",
    "ko": "이 사이트의 모든 기사는 저작권의 보호를 받으며 무단 전재와 배포를 금합니다.",
    "en": "All articles on this site are protected; copying needs written permission.",
}


def cut_all(parts, scratch, options, reference=()):
    """The texts after cutting, split by split as they came."""
    repeats = Repeats(options)
    split_up = [[Document(id=f"{n}", text=t) for n, t in enumerate(p)] for p in parts]
    known = [Document(id="r", text=text) for text in reference]
    cuts = repeats.decide(
        [repeats.summarize(part, scratch) for part in split_up],
        [repeats.summarize(known, scratch)],
    )
    return [
        [
            repeats.cut(document, cuts.of(number)[place])
            if place in cuts.of(number)
            else document
            for place, document in enumerate(part)
        ]
        for number, part in enumerate(split_up)
    ]


@pytest.mark.parametrize("language", NOTES)
@pytest.mark.parametrize(("kind", "between"), [("line", "\n"), ("paragraph", "\n\n")])
def test_the_first_of_a_repeated_passage_stays(tmp_path, language, kind, between):
    note, texts = NOTES[language], [words(language, 30, n) for n in range(3)]
    pages = [between.join([text, note, "短い", text + "x"]) for text in texts]
    ((first, *others),) = cut_all([pages], tmp_path, CutOptions(kind))
    assert first.text == pages[0]
    assert [d.text for d in others] == [
        between.join([text, "短い", text + "x"]) for text in texts[1:]
    ]
    assert all(d.keep and d.n_chars == len(d.text) for d in others)
    note_of = others[0].extra()["repeated"]
    assert (note_of["kind"], note_of["passages"]) == (kind, 1)


@pytest.mark.parametrize("text", ["短い行です", "Share this", "공유하기", "1 2 3"])
def test_short_lines_are_left_alone(tmp_path, text):
    pages = [f"{text}\n{text}"] * 3
    ((*found,),) = cut_all([pages], tmp_path, CutOptions("line"))
    assert [document.text for document in found] == pages


@pytest.mark.parametrize("kind", ["line", "paragraph", "substring"])
def test_a_text_that_is_all_repeats_is_dropped_with_its_text(tmp_path, kind):
    text = NOTES["en"]
    ((_, second),) = cut_all([[text, text]], tmp_path, CutOptions(kind, 40))
    assert (second.keep, second.reason) == (False, f"dedup.{kind}")
    assert second.text == text


def test_dress_does_not_hide_a_repeat_of_a_line(tmp_path):
    lines = [NOTES["en"], NOTES["en"].upper().replace(" ", "  ")]
    options = CutOptions("line")
    ((_, second),) = cut_all([[f"a\n{n}\nb" for n in lines]], tmp_path, options)
    assert second.text == "a\nb"


def test_per_site_compares_within_a_site(tmp_path):
    repeats = Repeats(CutOptions("line", per_site=True))
    documents = [
        Document(id=str(n), text=NOTES["zh"], url=f"http://{host}/{n}")
        for n, host in enumerate(["a.cn", "b.cn", "A.cn"])
    ]
    cuts = repeats.decide([repeats.summarize(documents, tmp_path)])
    assert list(cuts.of(0)) == [2]


@pytest.mark.parametrize("kind", ["line", "substring"])
def test_a_reference_comes_first_and_is_not_cut(tmp_path, kind):
    parts, reference = [[f"a\n{NOTES['ja']}\nb"]], [NOTES["ja"]]
    ((found,),) = cut_all(parts, tmp_path, CutOptions(kind, 30), reference)
    assert found.text == "a\nb"


@pytest.mark.parametrize("language", ALPHABETS)
def test_a_substring_is_cut_wherever_it_stands(tmp_path, language):
    shared = words(language, 60, "shared")
    texts = [f"{words(language, 9, n)}{n}{shared}{n}" for n in (1, 2)]
    ((first, second),) = cut_all([texts], tmp_path, CutOptions("substring", 40))
    assert first.text == texts[0]
    assert second.text == f"{words(language, 9, 2)}2\n2"


@pytest.mark.parametrize("text", ["-" * 200, "ab" * 100, "汉字" * 80])
def test_what_a_stretch_is_a_copy_of_stays_where_they_overlap(tmp_path, text):
    ((found,),) = cut_all([[text + "x"]], tmp_path, CutOptions("substring", 20))
    assert found.text.replace("\n", "") in (text[:20] + "x", text[:22] + "x")


def slow_marks(texts, size):
    """Which characters belong to a run that stood before, the slow way."""
    seen, marked = {}, [[False] * len(text) for text in texts]
    for n, text in enumerate(texts):
        for begin in range(len(text) - size + 1):
            first = seen.setdefault(text[begin : begin + size], (n, begin))
            if first == (n, begin):
                continue
            keep_to = first[1] + size if first[0] == n else 0
            for place in range(max(begin, keep_to), begin + size):
                marked[n][place] = True
    return marked


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("ab漢", max_size=40), max_size=6), st.integers(0, 6))
def test_substrings_are_those_of_the_slow_way(tmp_path_factory, texts, cut):
    scratch = tmp_path_factory.mktemp("scratch")
    repeats = Repeats(CutOptions("substring", 5, memory=500))
    documents = [Document(id="", text=text) for text in texts]
    parts = [documents[:cut], documents[cut:]]
    cuts = repeats.decide([repeats.summarize(part, scratch) for part in parts])
    found = [[False] * len(text) for text in texts]
    for number, begin in enumerate((0, len(parts[0]))):
        for place, spans in cuts.of(number).items():
            for low, high in spans:
                found[begin + place][low:high] = [True] * (high - low)
    assert found == slow_marks(texts, 5)


@pytest.mark.parametrize("kind", ["line", "paragraph", "substring"])
def test_splits_and_memory_do_not_change_what_is_cut(tmp_path, kind):
    pages = [f"{words('zh', 40, n % 3)}\n\n{words('en', 40, n % 4)}" for n in range(9)]
    whole = cut_all([pages], tmp_path, CutOptions(kind))
    little = cut_all([pages[:2], [], pages[2:]], tmp_path, CutOptions(kind, memory=99))
    assert [d.text for part in little for d in part] == [d.text for d in whole[0]]


@pytest.mark.parametrize(
    "values",
    [{"kind": "word"}, {"least": 1}, {"kind": "substring", "per_site": True}],
)
def test_cut_options_that_make_no_sense_are_refused(values):
    with pytest.raises(UsageError):
        CutOptions(**values)


def run(folder, *arguments):
    pages = {"a": "一页。", "b": "二页。"}
    rows = [
        json.dumps({"id": n, "text": f"{t}\n{NOTES['zh']}\n{t}"})
        for n, t in pages.items()
    ]
    path = folder / "in.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    command = ["dedup", "--raw", str(path), *arguments]
    return CliRunner().invoke(corpuskit, command, standalone_mode=False)


@pytest.mark.parametrize(
    "arguments",
    [["--level", "line"], ["--level", "line", "--per-site"], ["--substrings", "20"]],
)
def test_command_cuts_passages(tmp_path, arguments):
    result = run(tmp_path, *arguments)
    first, second = map(json.loads, result.stdout.splitlines())
    assert NOTES["zh"] in first["text"]
    assert NOTES["zh"] not in second["text"]
    assert "repeated" in second["metadata"]["extra"]


def test_command_marks_and_shows_passages(tmp_path):
    result = run(tmp_path, "--level", "line", "--mark")
    assert all(
        NOTES["zh"] in json.loads(row)["text"] for row in result.stdout.splitlines()
    )
    shown = run(tmp_path, "--level", "line", "--check", "--format", "table")
    assert "1 repeated passage of 1 document" in shown.stdout
    assert shown.return_value == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--level", "line", "--substrings", "20"],
        ["--level", "line", "--exact"],
        ["--substrings", "20", "--index", "x"],
        ["--per-site"],
        ["--min-length", "9"],
    ],
)
def test_command_refuses_options_that_do_not_go_together(tmp_path, arguments):
    result = run(tmp_path, *arguments)
    assert isinstance(result.exception, UsageError)


def test_memory_does_not_change_what_the_command_gives(tmp_path):
    assert run(tmp_path, "--memory", "1M").stdout == run(tmp_path).stdout
