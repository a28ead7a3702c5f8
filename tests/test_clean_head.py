import pytest

from corpuskit.clean.head_lines import (
    is_byline,
    is_label_line,
    is_menu,
    is_trail,
    read_head,
)

BODY = "\n\nThe new library opened on Sunday, and more than two thousand people came."
BODY_ZH = "\n\n三月三日，城南图书馆新馆正式向市民开放，当天有两千多人前来参观阅览室。"

HEADS = [
    ("新馆开放打印\n发布时间:2022-06-26来源:示例日报" + BODY_ZH,
     "新馆开放", "20220626T000000Z", "示例日报", ""),
    ("首页 > 新闻\n\n城南新馆开放\n\n张三 2024-04-28 19:22:24" + BODY_ZH,
     "城南新馆开放", "20240428T192224Z", "", ""),
    ("新馆开放\n来源：示例日报   作者：李四   加入时间：2024年11月25日 10:07" + BODY_ZH,
     "新馆开放", "20241125T100700Z", "示例日报", "李四"),
    ("図書館が開館\n公開日：2024年3月3日 ソース：例の新聞" + BODY_ZH,
     "図書館が開館", "20240303T000000Z", "例の新聞", ""),
    ("도서관 새로 문 열어\n입력: 2024.03.03 10:30 작성자: 김철수" + BODY,
     "도서관 새로 문 열어", "20240303T103000Z", "", "김철수"),
    ("A new library\nBy Jane Miller\nMarch 3, 2024 10:30" + BODY,
     "A new library", "20240303T103000Z", "", "Jane Miller"),
    ("Home » News » Town\nA new library\nPosted on: 3 March 2024" + BODY,
     "A new library", "20240303T000000Z", "", ""),
    ("Neue Bücherei\nVon Jana Müller\n3. März 2024" + BODY,
     "Neue Bücherei", "20240303T000000Z", "", "Jana Müller"),
    ("# A heading" + BODY, "A heading", "", "", ""),
    ("Just a title" + BODY, "Just a title", "", "", ""),
    ("It was raining when we left." + BODY, "", "", "", ""),
    ("", "", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title", "created", "site", "author"), HEADS, ids=range(len(HEADS))
)
def test_head_gives_the_fields(text, title, created, site, author):
    head = read_head(text)
    assert (head.title, head.created) == (title, created)
    assert (head.site, head.author) == (site, author)


def test_a_date_without_a_year_stays_as_written():
    head = read_head("新馆开放了\n\nadmin8个月前 (09-29)新闻16" + BODY_ZH)
    assert head.created == ""
    assert head.written == "8个月前 (09-29)"
    assert head.title == "新馆开放了"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新馆开放\n2024-04-28 19:22:24 admin" + BODY_ZH, True),
        ("新馆开放\n发布时间:2022-06-26" + BODY_ZH, True),
        ("新馆开放\n日期：2022-06-26" + BODY_ZH, False),
        ("My dear Anna\n4 March 1871" + BODY, False),
        ("Subject: Minutes\nDate: Tue, 3 Mar 2020 10:22:11 +0100" + BODY, False),
        ("The Mill\nBy Jane Miller" + BODY, False),
    ],
)
def test_only_pages_have_page_heads(text, expected):
    assert read_head(text).is_page_head is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("当前位置:首页 > 新闻 > 正文内容", True),
        ("山东 >> 济南", True),
        ("Home › News › Town", True),
        ("You are here: Home", True),
        ("x > 3 && y > 4;", False),
        ("他说：“大于号 > 不常见。”", False),
    ],
)
def test_trails_are_names_joined_by_arrows(line, expected):
    assert is_trail(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("首页 新闻 财经 体育 社会 文化 图片", True),
        ("Home | News | Sport | Culture | Log in", True),
        ("今天的天气很好，我们去了公园。", False),
        ("A title - with a dash", False),
    ],
)
def test_menus_are_many_short_names(line, expected):
    assert is_menu(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("编辑:王五", True),
        ("来源：示例日报", True),
        ("2024-03-03 10:30", True),
        ("责任编辑：王五 审核：赵六", True),
        ("Source: The Example Post", True),
        (
            "他在2024年3月3日上午10:30到达车站，随后与等候多时的同事一起出发前往工地。",
            False,
        ),
        ("Note: the following happened on the second day of our journey north.", False),
    ],
)
def test_label_lines(line, expected):
    assert is_label_line(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Miller", True),
        ("Von Jana Müller und Max Weber", True),
        ("By the time we left it was raining", False),
        ("By Jane.", False),
    ],
)
def test_bylines_are_names(line, expected):
    assert is_byline(line) is expected
