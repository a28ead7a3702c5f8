"""The head of a plain text: title, date, author and source from its first lines.

A flattened page opens with a breadcrumb or a menu, then its title, then one or two
lines of labels (published, source, author, editor, views), then its text. Everything
here is read from the form of a line: labels, dates, separators, length. No numpy:
`list` shows these fields of every text.
"""

import re
from typing import Final

import msgspec

from corpuskit._patterns import pattern
from corpuskit.clean.normalize_text import normalize
from corpuskit.dates import find_date
from corpuskit.scripts import count_words

HEAD_CHARS: Final = 4000
"""As much of a text as is looked at for its head."""

_MAX_LINES: Final = 14
_MAX_TITLE_WORDS: Final = 60
_MAX_META_CHARS: Final = 160
_MAX_BODY_CHARS: Final = 25
_MAX_BESIDE_DATE: Final = 8
_MAX_BYLINE: Final = 70

_DATE_LABELS = (
    "发布时间|发布日期|发表时间|发布于|加入时间|更新时间|更新日期|创建时间|录入时间|时间|日期"
    "|發布時間|發佈時間|發表時間|更新時間|時間|公開日時?|更新日時?|掲載日時?|投稿日時?|配信日時?"
    "|입력|등록|승인|수정|작성일|게시일|기사입력|최종수정"
    "|published(?: on)?|posted(?: on)?|updated(?: on)?|last (?:updated|modified)|date"
    "|publié le|mis à jour(?: le)?|veröffentlicht(?: am)?|aktualisiert(?: am)?|stand"
    "|publicado(?: el| em)?|actualizado|atualizado(?: em)?|pubblicato(?: il)?"
    "|aggiornato|опубликовано|обновлено|дата|geplaatst op|gepubliceerd|opublikowano"
)
_SOURCE_LABELS = (
    "文章来源|稿件来源|信息来源|来源|來源|出处|出處|转自|ソース|出典|提供|情報元|출처"
    "|source|quelle|fuente|fonte|источник|bron|źródło|kaynak"
)
_AUTHOR_LABELS = (
    "文章作者|作者|撰文|编辑|責任編輯|责任编辑|责编|編輯|记者|記者|发布者|发布人|著者|執筆|筆者"
    "|글쓴이|작성자|기자|author|written by|words by|autor|auteur|autore|автор|yazar"
)
_OTHER_LABELS = (
    "浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|点击次数|点击数|点击|人气|访问量|查看|评论|字体|字号"
    "|分享到?|瀏覽|點閱|閱讀|分かち合う|シェア|共有|閲覧数?|조회수?|댓글|views?|reads?|hits"
    "|comments?|share|tags?|category|分类|标签|關鍵字|关键词|カテゴリー?|タグ"
)
_LABEL = pattern(
    rf"(?<![^\W\d_])(?:(?P<date>{_DATE_LABELS})|(?P<source>{_SOURCE_LABELS})"
    rf"|(?P<author>{_AUTHOR_LABELS})|(?P<other>{_OTHER_LABELS}))\s?[:：](?!//)\s?",
    re.IGNORECASE,
)
_BY = pattern(
    r"(?:by|von|par|por|di|door|av|af|od|автор)\s+(?P<name>[^\W\d_].{1,60})",
    re.IGNORECASE,
)
_TIME_OF_DAY = pattern(r"(?<!\d)[0-2]?\d\s?[:：.h時时点點시]\s?[0-5]\d(?!\d)")
_AGE = pattern(
    r"(?<!\d)\d{1,3}\s?(?:秒|分钟|分鐘|小时|小時|天|日|周|週|个月|個月|年|時間|か月|ヶ月|시간|일|개월)"
    r"(?:前|전)(?:\s?[(（]\d{1,2}[-/]\d{1,2}[)）])?"
    r"|\b(?:\d{1,3}|an?|one)\s(?:second|minute|hour|day|week|month|year)s?\sago\b",
    re.IGNORECASE,
)
_TRAIL = pattern(
    r"(?:^|(?<=[:：\s]))[^>»›→|]{1,24}(?:\s?(?:>{1,2}|»|›|→|&gt;)\s?[^>»›→|]{1,40})+$"
)
_HERE = pattern(
    r"(?:当前位置|您的位置|您(?:现在|所在)的位置|現在位置|現在地|目前位置|현재 ?위치"
    r"|you are here|sie sind hier|vous êtes ici)\s?[:：]?",
    re.IGNORECASE,
)
_SEPARATED = pattern(r"\s{2,}|\s[|·•/\-–—]\s|\t|[|｜]")
_BUTTON = pattern(
    r"(?<=\S)\s*(?:打印本?[页文]?|列印|印刷する?|收藏|分享|关闭|複製|复制|推荐|字号|字体|인쇄"
    r"|공유|シェア|ツイート|\s(?:print|share|email|save|tweet|pin it|drucken|teilen"
    r"|imprimer|partager|imprimir|compartir|stampa|condividi|печать))$",
    re.IGNORECASE,
)
_SENTENCE_END = pattern(r"[。．！？!?.…;；:：,，、]['\"”’」』)）\]]*$")
_QUESTION_END = pattern(r"[！？!?…]['\"”’」』)）\]]*$")
_MAIL_HEADER = pattern(r"[A-Za-z][A-Za-z-]{1,15}:\s")
_MARKDOWN = pattern(r"#{1,3}\s+(?P<title>.+?)\s*#*$")
_FIRST_WIDE: Final = "\u2e80"  # East Asian scripts and their punctuation


class Head(msgspec.Struct, frozen=True):
    """What the first lines of a text say, and which of them say it.

    Attributes:
        title: the title line, without a button glued to its end.
        created: the date in the form of a record; "" without a full date.
        written: the date as written, where it is not a full one.
        author: who wrote it.
        site: where it came from, by a label like `Source:`.
        title_line: number of the title line among the lines that are not empty; -1.
        labels: numbers of the lines that hold labels, dates and bylines.
        trails: numbers of breadcrumb lines.
        is_page_head: whether the labels below the title are such as only pages have.
    """

    title: str = ""
    created: str = ""
    written: str = ""
    author: str = ""
    site: str = ""
    title_line: int = -1
    labels: tuple[int, ...] = ()
    trails: tuple[int, ...] = ()
    is_page_head: bool = False


def read_head(text: str, *, normalized: bool = False) -> Head:
    """The fields that the first lines of a plain text show."""
    text = text[:HEAD_CHARS]
    if not normalized:
        text = normalize(text)
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    return head_of(lines)


def head_of(lines: list[str]) -> Head:
    """The head of a text given as its stripped lines that are not empty."""
    lines = lines[:_MAX_LINES]
    trails = tuple(i for i, line in enumerate(lines) if is_trail(line))
    labels = _label_lines(lines, set(trails))
    found = _find_title(lines, set(trails), labels)
    fields = _read_labels([lines[i] for i in labels])
    title = _plain_title(lines[found], bool(labels)) if found >= 0 else ""
    is_page_head = (
        found >= 0
        and not _MAIL_HEADER.match(lines[found])
        and any(_is_published_line(lines[i]) for i in labels)
    )
    return Head(
        title,
        *fields,
        title_line=found,
        labels=labels,
        trails=trails,
        is_page_head=is_page_head,
    )


def is_trail(line: str) -> bool:
    """Whether a line is a breadcrumb: short names joined by arrows."""
    if len(line) > 120:
        return False
    return bool(_HERE.match(line) or _TRAIL.match(line)) and not _SENTENCE_END.search(
        line
    )


def is_label_line(line: str) -> bool:
    """Whether a line holds labels or a dated byline and hardly any other text."""
    if len(line) > _MAX_META_CHARS:
        return False
    labels = list(_LABEL.finditer(line))
    found = find_date(line)
    if labels:
        covered = labels[0].start() <= 40 and (found or _rest_is_short(line, labels))
        return bool(covered)
    if age := _AGE.search(line):
        return len(line) - len(age[0]) <= _MAX_BODY_CHARS * 2
    if not found:
        return is_byline(line)
    if line[-1] in "。！？!?":
        return False
    rest = line[: found.start] + line[found.end :]
    timed = bool(_TIME_OF_DAY.search(line[found.start : found.end + 8]))
    return _size(rest) <= (_MAX_BODY_CHARS if timed else _MAX_BESIDE_DATE)


def is_byline(line: str) -> bool:
    """Whether a line names who wrote the text: `By Jane Miller`."""
    by = _BY.match(line)
    if not by or len(line) > _MAX_BYLINE or _SENTENCE_END.search(line):
        return False
    names = [word for word in by["name"].split() if word[0].isalpha()]
    return bool(names) and sum(word[0].isupper() for word in names) * 2 > len(names)


def _is_published_line(line: str) -> bool:
    """Whether a label line tells more than a letter would: a time, a source, views."""
    found = find_date(line)
    if not found and not _AGE.search(line):
        return False
    if not found or _TIME_OF_DAY.search(line[found.start : found.end + 8]):
        return True
    labels = list(_LABEL.finditer(line))
    return any(label.lastgroup != "date" or len(label[0]) >= 5 for label in labels)


def _rest_is_short(line: str, labels: list[re.Match[str]]) -> bool:
    """Whether the values after the labels are names or numbers, not sentences."""
    values = [
        line[label.end() : end]
        for label, end in zip(labels, _ends(line, labels), strict=True)
    ]
    return all(
        _size(v) <= _MAX_BODY_CHARS for v in values
    ) and not _SENTENCE_END.search(line)


def _ends(line: str, labels: list[re.Match[str]]) -> list[int]:
    """Where the value after each label ends."""
    return [label.start() for label in labels[1:]] + [len(line)] * bool(labels)


def _n_wide(text: str) -> int:
    """How many characters are twice as wide as a letter."""
    return sum(character >= _FIRST_WIDE for character in text)


def _size(text: str) -> int:
    """Length of a text as names go: two Latin letters count as one character."""
    wide = _n_wide(text)
    return wide + (len(text) - wide) // 2


def _label_lines(lines: list[str], trails: set[int]) -> tuple[int, ...]:
    """The first run of label lines, within the head: text ends the head."""
    found: list[int] = []
    for i, line in enumerate(lines):
        if i in trails:
            continue
        if is_label_line(line):
            found.append(i)
        elif count_words(line) > (25 if found else 80) or (found and i > found[-1] + 1):
            break
    return tuple(found)


def _find_title(lines: list[str], trails: set[int], labels: tuple[int, ...]) -> int:
    """Number of the title line, or -1: above the labels, or the first line."""
    if labels:
        for i in range(labels[0] - 1, -1, -1):
            if i not in trails and _looks_like_title(lines[i], above_labels=True):
                return i
        return -1
    for i, line in enumerate(lines[:4]):
        if i not in trails:
            good = _looks_like_title(line, above_labels=False)
            return i if good and _has_text_after(lines[i + 1 :], line) else -1
    return -1


def _looks_like_title(line: str, *, above_labels: bool) -> bool:
    words = count_words(line)
    if not 1 <= words <= _MAX_TITLE_WORDS or is_menu(line):
        return False
    if above_labels:
        return words >= 2
    ends = _SENTENCE_END.search(line) and not _QUESTION_END.search(line)
    return not ends and words <= _MAX_TITLE_WORDS // 2


def _has_text_after(lines: list[str], title: str) -> bool:
    """Whether the lines after a title hold a text longer than the title."""
    return any(len(line) > max(40, len(title)) for line in lines[:8])


def is_menu(line: str) -> bool:
    """Whether a line is many short names side by side."""
    parts = [part for part in _SEPARATED.split(line) if part.strip()]
    if len(parts) >= 4:
        return max(map(_size, parts)) <= 14
    names = line.split()
    wide = _n_wide(line)
    return len(names) >= 6 and wide > len(line) // 2 and len(line) / len(names) <= 6


def _plain_title(line: str, has_labels: bool) -> str:
    """The title without heading marks, and without a button glued to its end."""
    if match := _MARKDOWN.match(line):
        return match["title"]
    if has_labels and count_words(short := _BUTTON.sub("", line)) >= 4:
        return short.strip()
    return line


def _read_labels(lines: list[str]) -> tuple[str, str, str, str]:
    """Date, date as written, author and source of the label lines."""
    created = written = author = site = ""
    for line in lines:
        found = find_date(line)
        if found and not created:
            created = found.created
        elif not created and not written and (age := _AGE.search(line)):
            written = age[0]
        for label, value in label_values(line):
            if label == "author":
                author = author or value
            elif label == "source":
                site = site or value
        if not author and (by := _BY.match(line)):
            is_dated = found and found.start > by.start("name")
            name = (
                line[by.start("name") : found.start]
                if found and is_dated
                else by["name"]
            )
            author = _SEPARATED.split(name)[0].strip(" ,")
    return created, "" if created else written, author, site


def label_values(line: str) -> list[tuple[str, str]]:
    """The label kinds of a line with the name after each, up to a date."""
    labels = list(_LABEL.finditer(line))
    values = []
    for label, end in zip(labels, _ends(line, labels), strict=True):
        value = re.split(r"\s{2,}|[|｜]", line[label.end() : end].strip())[0].strip(
            " []【】"
        )
        if found := find_date(value):
            value = value[: found.start].rstrip(" ,，|·•-–—(（")
        if value:
            values.append((label.lastgroup or "", value))
    return values
