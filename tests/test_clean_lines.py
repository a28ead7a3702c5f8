import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.clean.head_lines import Head
from corpuskit.clean.lines import main_lines
from corpuskit.clean.lines_gate import Evidence, count_menus, find_evidence
from corpuskit.clean.lines_model import CUT, LOW_CUT, WIDE_CUT, best_runs, cut_of, judge
from corpuskit.clean.lines_rules import (
    drop_dated_lists,
    drop_islands,
    drop_trailing_headlines,
    is_notice,
    is_stamp,
)
from corpuskit.clean.lines_split import ends_sentence, is_cut, split_lines
from corpuskit.clean.normalize_text import normalize
from tests.texts_whole import OTHERS, PROSE

FRAMES = {
    "en": (
        "Home\nNews\nSport\nOpinion\nSubscribe\nLog in\nSearch",
        "Council opens a new library\n\nBy Jane Miller\nMarch 3, 2024 10:30\n"
        "Share this article\nFacebook\nTwitter",
        "Related articles\n\nTen bridges to see\nWhy trains are late\n\n"
        "About us\nContact\nPrivacy policy\nTerms of use\n"
        "© 2024 The Example Post. All rights reserved.",
    ),
    "de": (
        "Startseite\nPolitik\nSport\nKultur\nAnmelden\nAbo\nNewsletter",
        "Stadt eröffnet neue Bücherei\n\nVon Jana Müller\n3. März 2024, 10:30 Uhr\n"
        "Teilen\nDrucken",
        "Mehr zum Thema\n\nZehn Brücken der Stadt\nWarum Züge zu spät kommen\n\n"
        "Impressum\nDatenschutz\nAGB\nKontakt\n© 2024 Beispielblatt",
    ),
    "zh": (
        "首页\n新闻\n财经\n体育\n登录\n注册\n首页 > 新闻 > 社会",
        "城南图书馆新馆开放\n\n2024-03-03 10:30 来源：示例日报\n分享到：\n微信\n微博",
        "责任编辑：张三\n\n相关阅读\n十座老桥的故事\n列车为何晚点\n雨水多的一年\n\n"
        "关于我们\n联系我们\n广告服务\n版权所有 示例日报 京ICP备00000000号",
    ),
    "ja": (
        "ホーム\nニュース\nスポーツ\nログイン\n会員登録\n検索",
        "新しい図書館が開館\n\n2024年3月3日 10時30分\nシェア\nツイート",
        "関連記事\n橋を歩く\n電車が遅れる理由\n雨の多い年\n\n会社概要\nプライバシーポリシー\n"
        "利用規約\nお問い合わせ\n© 2024 Example Press 無断転載を禁じます",
    ),
}
BODIES = {
    "en": (
        "The new library on Mill Street opened its doors on Sunday, and more than two "
        "thousand people came to see the reading room, the council said.",
        "“We waited eleven years for this,” said the head librarian, who showed "
        "visitors the old card catalogue, now behind glass.",
        "The building cost nine million and was paid for by the town and a foundation. "
        "It will open six days a week, and in winter on Sundays too.",
    ),
    "de": (
        "Die neue Bücherei in der Mühlstraße hat am Sonntag eröffnet, und mehr als "
        "zweitausend Menschen kamen, um den Lesesaal zu sehen, teilte die Stadt mit.",
        "„Wir haben elf Jahre auf dieses Haus gewartet“, sagte die Leiterin, die den "
        "Besuchern den alten Zettelkatalog zeigte, der nun hinter Glas steht.",
        "Das Gebäude kostete neun Millionen und wurde von der Stadt und einer Stiftung "
        "bezahlt. Es ist an sechs Tagen in der Woche geöffnet.",
    ),
    "zh": (
        "三月三日，城南图书馆新馆正式向市民开放，当天有两千多人前来参观阅览室，市文化局负责人"
        "在仪式上介绍了新馆的建设情况。",
        "“这座楼我们等了十一年。”馆长说，她带着读者参观了旧卡片目录，如今它们陈列在玻璃柜里，"
        "许多老读者在柜前停留了很久。",
        "新馆总投资九千万元，由市财政和一家基金会共同承担，今后每周开放六天，冬季周日也照常"
        "开放，儿童阅览区将另行公布时间。",
    ),
    "ja": (
        "町の新しい図書館が日曜日に開館し、二千人を超える市民が閲覧室を見に訪れたと、市の担当者"
        "が式典のあとの会見で明らかにした。",
        "「この建物を十一年待ちました」と館長は話し、ガラスの中に展示された古い目録カードを来館者"
        "に見せながら、これまでの歩みを説明した。",
        "建設費は九億円で、市と財団が負担した。開館は週に六日で、冬のあいだは日曜日も利用できる"
        "ようになるという。",
    ),
}


def _page(language):
    menu, head, foot = FRAMES[language]
    return normalize("\n\n".join((menu, head, *BODIES[language], foot)))


def _bare(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", FRAMES)
def test_article_is_cut_out_of_its_frame(language):
    text, head = main_lines(_page(language))
    assert text == "\n\n".join(BODIES[language])
    assert head.title == FRAMES[language][1].split("\n")[0]
    assert head.created.startswith("20240303")


@pytest.mark.parametrize("language", FRAMES)
def test_lost_empty_lines_do_no_harm(language):
    text, _ = main_lines(_page(language).replace("\n\n", "\n"))
    assert text == "\n".join(BODIES[language])


@pytest.mark.parametrize("language", PROSE)
def test_prose_comes_out_whole(language):
    text = normalize("\n\n".join(PROSE[language]))
    assert main_lines(text)[0] == text


@pytest.mark.parametrize("language", PROSE)
def test_wrapped_prose_comes_out_whole(language):
    width = 30 if language in ("zh", "ja", "ko", "th") else 66
    text = normalize("\n\n".join(textwrap.fill(p, width) for p in PROSE[language] * 4))
    assert main_lines(text)[0] == text


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_texts_of_other_kinds_come_out_whole(text):
    text = normalize(text)
    assert main_lines(text)[0] == text


@pytest.mark.parametrize("language", BODIES)
def test_article_alone_comes_out_whole(language):
    text = normalize("\n\n".join(BODIES[language]))
    assert main_lines(text)[0] == text


def test_title_and_labels_alone_go_to_the_fields():
    head = "城南图书馆新馆开放\n\n发布时间：2024-03-03来源：示例日报\n\n"
    text, found = main_lines(normalize(head + "\n\n".join(BODIES["zh"])))
    assert _bare(text) == _bare("".join(BODIES["zh"]))
    assert (found.title, found.site) == ("城南图书馆新馆开放", "示例日报")


def test_image_names_go_where_a_head_shows_a_page():
    body = "\n\n".join((BODIES["zh"][0], "微信图片_2024.jpg", BODIES["zh"][1]))
    text, _ = main_lines(normalize(f"新馆开放\n\n2024-03-03 10:30:00 管理员\n\n{body}"))
    assert ".jpg" not in text


@pytest.mark.parametrize("text", ["", "\n", "x", "首页", "Share\nPrint\nLogin\n© 2024"])
def test_tiny_texts_do_no_harm(text):
    assert main_lines(text)[0] == text


LINES = st.sampled_from(
    [
        *(
            line
            for frame in FRAMES.values()
            for part in frame
            for line in part.split("\n")
        ),
        *(line for body in BODIES.values() for line in body),
        *(line for prose in PROSE.values() for line in prose),
        "2024-04-03 09:51",
        "编辑:李四",
        "a",
    ]
)


@given(st.lists(LINES, max_size=60))
@settings(deadline=None, max_examples=60)
def test_cleaning_twice_equals_once(lines):
    once, _ = main_lines(normalize("\n".join(lines)))
    assert main_lines(once)[0] == once


@given(st.lists(LINES, min_size=1, max_size=40))
@settings(deadline=None, max_examples=40)
def test_only_whole_lines_go(lines):
    text = normalize("\n".join(lines))
    rest = iter(text.split("\n"))
    assert all(line in rest for line in main_lines(text)[0].split("\n") if line)


def test_probabilities_are_the_same_for_any_run():
    lines = split_lines(_page("zh"))
    first, words, cut = judge(lines)
    again, _, _ = judge(lines, is_sure=False)
    assert cut == WIDE_CUT
    assert first.tolist() == again.tolist()
    assert len(first) == len(words) == len(lines.texts)
    assert 0 <= first.min() <= first.max() <= 1


def test_cuts_go_by_script_and_evidence():
    assert judge(split_lines(_page("en"))).cut == CUT == cut_of(0.0)
    assert cut_of(1.0) == WIDE_CUT > CUT > LOW_CUT
    assert judge(split_lines(_page("zh")), is_sure=False).cut == LOW_CUT


@pytest.mark.parametrize(
    ("values", "change", "kept"),
    [
        ([1, 1, -0.1, 1], 0.3, "1111"),
        ([1, 1, -3, 1], 0.3, "1101"),
        ([-1, 0.2, -1], 0.3, "000"),
        ([-1, 2, -1], 0.3, "010"),
        ([-1, -1], 0.3, "00"),
        ([], 0.3, ""),
    ],
)
def test_best_runs_weigh_changes(values, change, kept):
    import numpy as np

    result = best_runs(np.array(values, np.float32), change)
    assert "".join("01"[k] for k in result) == kept


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024-04-03 09:51", True),
        ("[2024年4月3日]", True),
        ("2024-04-03 会议开始", False),
        ("12345", False),
        ("March 3, 2024", True),
    ],
)
def test_stamps_are_dates_alone(line, expected):
    assert is_stamp(line) is expected


def test_dated_list_below_an_article_goes_but_a_thread_stays():
    body = list(BODIES["zh"]) * 2
    listed = [
        x
        for i in range(4)
        for x in (f"标题{i}", "一句简短的导语。", "2024-04-03 09:51")
    ]
    lines = split_lines("\n".join(body + listed))
    keep = [True] * len(lines.texts)
    drop_dated_lists(lines, keep)
    assert keep == [True] * len(body) + [False] * len(listed)
    posts = [x for text in BODIES["zh"] * 2 for x in ("2024-04-03 09:51", text)]
    lines = split_lines("\n".join(posts))
    keep = [True] * len(posts)
    drop_dated_lists(lines, keep)
    assert all(keep)


def test_headlines_go_at_the_end_of_the_choice_only():
    texts = [
        *BODIES["zh"],
        "老街巷的新活力",
        "小镇走上快车道",
        "森林里的食堂",
        "版权所有",
    ]
    lines = split_lines("\n".join(texts))
    keep = [True] * 6 + [False]
    drop_trailing_headlines(lines, keep)
    assert keep == [True] * 3 + [False] * 4
    keep = [True] * 7
    drop_trailing_headlines(lines, keep)
    assert all(keep)


def test_islands_far_behind_the_text_go():
    texts = [*BODIES["en"], *["Menu"] * 8, "A last teaser about the weather today."]
    lines = split_lines("\n".join(texts))
    keep = [True] * 3 + [False] * 8 + [True]
    drop_islands(lines, keep)
    assert keep == [True] * 3 + [False] * 9


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("版权声明：本文由某网发布，如需转载请注明出处。", True),
        ("All rights reserved. No reproduction without permission.", True),
        ("The right to vote was won late.", False),
        ("他发表了声明。", False),
    ],
)
def test_notices_speak_of_rights_again_and_again(line, expected):
    assert is_notice(line) is expected


@pytest.mark.parametrize(
    ("line", "ended", "cut"),
    [
        ("他说：“好。”", True, False),
        ("He left.", True, False),
        ("A headline", False, False),
        ("据介绍，科创中心是...", True, True),
        ("そして… 続きを読む >", False, True),
        ("It began… Read more", False, True),
    ],
)
def test_line_ends(line, ended, cut):
    assert ends_sentence(line) is ended
    assert is_cut(line) is cut


def test_evidence_needs_more_than_a_word():
    lines = split_lines("More\n\n" + "\n".join(BODIES["en"]))
    assert find_evidence(lines, Head()) is Evidence.NONE
    assert find_evidence(lines, Head(is_page_head=True)) is Evidence.SOME
    bare = split_lines("\n".join(BODIES["en"]))
    assert find_evidence(bare, Head(is_page_head=True)) is Evidence.HEAD
    assert find_evidence(split_lines(_page("ja")), Head()) is Evidence.FRAME


MENUS = {
    "en": ["Home", "News", "Sport", "Culture", "Travel", "Weather", "Opinion", "Books"],
    "zh": ["首页", "要闻", "财经", "体育", "文化", "旅游", "天气", "读书"],
    "ar": ["الأخبار", "رياضة", "ثقافة", "السياحة", "منوعات", "صحة", "وظائف", "الطقس"],
    "tr": [
        "Kurumsal",
        "Tarihçe",
        "Künye",
        "Logolar",
        "Spor",
        "Kültür",
        "Ekonomi",
        "Dünya",
    ],
}
SENTENCES = ["The council opened the new library on Sunday, and many came."] * 2


@pytest.mark.parametrize("language", MENUS)
def test_menus_are_rows_of_different_names(language):
    names = MENUS[language]
    assert count_menus(split_lines("\n".join([*names, *SENTENCES]))) == 1
    assert count_menus(split_lines("\n".join([*names[1:], *SENTENCES]))) == 0
    assert count_menus(split_lines("\n".join([*names[:1] * 9, *SENTENCES]))) == 0
    assert count_menus(split_lines("\n".join(names * 2))) == 0


@pytest.mark.parametrize(
    "line", ["2 eggs", "flour,", "* salt", "He came.", "one two three four", "A: B"]
)
def test_lists_and_verse_are_no_menus(line):
    lines = [f"{line}{mark}" for mark in "abcdefghijk"]
    if line[-1].isalpha() and line != "one two three four":
        lines = [f"{mark} {line}" for mark in ("1", "2,", "-", "*", "·", "(", "[", "#")]
    assert count_menus(split_lines("\n".join([*lines, *SENTENCES]))) == 0


def test_a_menu_alone_is_no_evidence_but_adds_to_some():
    menu = "\n".join(MENUS["tr"] + MENUS["ar"])
    text = f"{menu}\n" + "\n".join(SENTENCES)
    assert find_evidence(split_lines(text), Head()) == Evidence.NONE
    assert find_evidence(split_lines(f"{text}\nShare"), Head()) >= Evidence.SOME
