import pytest

from corpuskit.clean.lines import main_lines
from corpuskit.clean.lines_consent import drop_consent
from corpuskit.clean.lines_split import split_lines
from tests.test_clean_lines import BODIES, FRAMES

NOTICES = {
    "en": (
        "We and our partners store cookies on your device and process personal data.",
        "What are cookies?",
        "You may withdraw your consent in the settings of your browser at any time; "
        "cookies of our advertising partners then stop.",
    ),
    "de": (
        "Wir und unsere Partner speichern Cookies auf deinem Endgerät und verarbeiten "
        "personenbezogene Daten für Werbung.",
        "Deine Einwilligung kannst du in den Einstellungen deines Browsers widerrufen.",
    ),
    "zh": (
        "本网站使用Cookie处理个人信息，并用于广告。",
        "您可以在浏览器中管理Cookie，详见我们的隐私政策。",
    ),
    "ja": (
        "当サイトはCookieを使い、広告のために個人情報を利用します。",
        "ブラウザの設定でクッキーを無効にできます。プライバシーをご覧ください。",
    ),
}


def kept(texts):
    lines = split_lines("\n".join(texts))
    keep = [True] * len(lines.texts)
    drop_consent(lines, keep)
    return [line for line, is_kept in zip(lines.texts, keep, strict=True) if is_kept]


@pytest.mark.parametrize("language", NOTICES)
def test_notices_beside_an_article_go(language):
    body = [*BODIES[language], *BODIES[language]]
    assert kept([*NOTICES[language], *body]) == body
    assert kept([*body, *NOTICES[language]]) == body


@pytest.mark.parametrize("language", NOTICES)
def test_texts_about_cookies_stay(language):
    texts = [*NOTICES[language] * 4, *BODIES[language][:1]]
    assert kept(texts) == texts


@pytest.mark.parametrize(
    "line",
    [
        "The partner may process personal data on any device, the court said.",
        "Cookies are best with tea.",
        "他把饼干放进浏览器旁边的盒子里。",
    ],
)
def test_one_line_that_speaks_of_it_stays(line):
    body = [*BODIES["en"], line, *BODIES["zh"]]
    assert kept(body) == body


def test_nothing_kept_is_fine():
    lines = split_lines("\n".join(NOTICES["en"]))
    keep = [False] * len(lines.texts)
    drop_consent(lines, keep)
    assert not any(keep)


def test_notice_goes_from_a_page():
    before, head, after = FRAMES["en"]
    page = "\n\n".join([*NOTICES["en"], before, head, *BODIES["en"], after])
    assert main_lines(page)[0] == "\n\n".join(BODIES["en"])
