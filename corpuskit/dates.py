"""Dates as people and machines write them, turned into one form.

The form is ISO 8601 basic in UTC, `20240325T100700Z`. A time with an offset is moved
to UTC; a time without one is taken as written. What names no full day (a bare year, a
month) gives no date. Where day and month could be either, slashes read month first
and dots or hyphens read day first, unless the caller says which.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

import msgspec

YEARS = range(1500, 2101)
"""Years that are taken for the year of a document."""

_MONTHS = (
    "january jan januar januari janvier janv enero ene gennaio gen janeiro stycznia "
    "styczen sty января январь янв січня ledna leden januara január ianuarie ian "
    "януари ιανουαριου ιανουαριος ιαν ocak oca tammikuuta tammikuu gener jaanuar "
    "janvaris sausio sijecnja yanvar",
    "february feb februar februari fevrier fevr fev febrero febbraio fevereiro lutego "
    "luty lut февраля февраль фев лютого unora unor februara február februarie "
    "февруари φεβρουαριου φεβρουαριος φεβ subat sub helmikuuta helmikuu febrer "
    "veebruar februaris vasario veljace",
    "march mar marz maerz mrz mars maart mrt marzo marco março marca marzec марта март "
    "мар березня brezna brezen marec március martie μαρτιου μαρτιος μαρ mart "
    "maaliskuuta maaliskuu marc marts kovo ozujka maret",
    "april apr avril avr abril abr aprile kwietnia kwiecien kwi апреля апрель апр "
    "квітня dubna duben aprila április aprilie април απριλιου απριλιος απρ nisan nis "
    "huhtikuuta huhtikuu aprill aprilis balandzio travnja",
    "may mai mei mayo maggio mag maio maja maj мая май травня kvetna kveten mája "
    "május μαιου μαιος μαι mayis toukokuuta toukokuu maig geguzes svibnja",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июнь июн "
    "червня cervna cerven juna június iunie iun юни ιουνιου ιουνιος ιουν haziran haz "
    "kesakuuta kesakuu juny juuni junijs birzelio lipnja",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июль июл "
    "липня cervence cervenec jula július iulie iul юли ιουλιου ιουλιος ιουλ temmuz tem "
    "heinakuuta heinakuu juliol juuli julijs liepos srpnja",
    "august aug aout août agosto ago augustus sierpnia sierpien sie августа август авг "
    "серпня srpna srpen augusta augusztus αυγουστου αυγουστος αυγ agustos elokuuta "
    "elokuu agost augusts rugpjucio kolovoza agustus",
    "september sep sept septembre septiembre settembre set setembro wrzesnia wrzesien "
    "wrz сентября сентябрь сен сент вересня zari septembra szeptember septembrie "
    "септември σεπτεμβριου σεπτεμβριος σεπ eylul eyl syyskuuta syyskuu setembre "
    "septembris rugsejo rujna",
    "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika "
    "pazdziernik paz октября октябрь окт жовтня rijna rijen oktobra október octombrie "
    "октомври οκτωβριου οκτωβριος οκτ ekim eki lokakuuta lokakuu oktoober oktobris "
    "spalio",
    "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя "
    "листопада novembra noiembrie noi ноември νοεμβριου νοεμβριος νοε kasim kas "
    "marraskuuta marraskuu novembris lapkricio studenoga studenog nopember",
    "december dec dezember dez decembre diciembre dic dicembre dezembro grudnia "
    "grudzien gru декабря декабрь дек грудня prosince prosinec decembra decembrie "
    "декември δεκεμβριου δεκεμβριος δεκ aralik ara joulukuuta joulukuu "
    "desember des desembre detsember decembris gruodzio prosinca",
)
_ZONES = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60,
    "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "jst": 540,
    "kst": 540, "hkt": 480, "sgt": 480, "est": -300, "edt": -240, "et": -300,
    "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "aest": 600,
    "aedt": 660,
}  # fmt: skip
_AFTERNOON = ("下午", "晚上", "午後", "오후", "p")
_MORNING = ("上午", "早上", "凌晨", "午前", "오전", "a")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


class Found(msgspec.Struct, frozen=True):
    """A date found in a line: its value, and where it stands there."""

    created: str
    start: int
    end: int


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _month_of() -> dict[str, int]:
    """The number of each month's name; built at first use, as the patterns are."""
    return {
        _fold(name): number
        for number, names in enumerate(_MONTHS, 1)
        for name in names.split()
    }


_WORD = r"(?P<m>[^\W\d_]{3,13})\.?"
_DAY = r"(?P<d>\d{1,2})"
_YEAR = r"(?P<y>[12]\d{3})"
_CJK_NUMBER = "[〇零○一二三四五六七八九十]"
_FORMS = (
    rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日号號일]?",
    rf"(?<![\d.]){_YEAR}(?P<s>[-/.])\s?(?P<m>\d{{1,2}})(?P=s)\s?{_DAY}(?!\d)\.?",
    rf"(?<!\d){_YEAR}(?P<m>[01]\d)(?P<d>[0-3]\d)(?=T\d{{4}}|(?!\d))",
    rf"(?<![\d.]){_DAY}(?:\.|st|nd|rd|th|er|º|ª)?[\s\-]\s?(?:de |d'|of )?{_WORD}"
    rf"[\s\-]?,?\s?(?:de |del )?(?P<y>[12]\d{{3}})(?!\d)",
    rf"(?<![^\W\d_]){_WORD}[\s\-]{{1,2}}{_DAY}(?:st|nd|rd|th)?,?\s{{0,2}}"
    rf"{_YEAR}(?!\d)",
    rf"(?<![^\W\d_]){_WORD}\s{{1,2}}{_DAY}\s(?P<time>\d\d:\d\d:\d\d)\s"
    rf"(?P<zone>[A-Z]{{1,4}}\s)?{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}\.?\s{_WORD}\s{_DAY}(?!\d)",
    rf"(?<!\d){_DAY}\s?tháng\s?(?P<m>\d{{1,2}}),?\s(?:năm\s)?{_YEAR}(?!\d)",
    rf"(?<![\d.])(?P<a>\d{{1,2}})(?P<s>[-/.])\s?(?P<b>\d{{1,2}})(?P=s)\s?"
    rf"{_YEAR}(?!\d|\.\d)",
    rf"(?P<era>{'|'.join(_ERAS)})\s?(?P<y>\d{{1,3}}|元)\s?年\s?(?P<m>\d{{1,2}})"
    rf"\s?月\s?{_DAY}\s?日?",
    rf"(?P<y>{_CJK_NUMBER}{{4}})年(?P<m>{_CJK_NUMBER}{{1,2}})月"
    rf"(?P<d>{_CJK_NUMBER}{{1,3}})日?",
)
# Without those that no text of ASCII alone can match.
_ASCII_FORMS = tuple(form for form in _FORMS if "年" not in form and "á" not in form)
_TIME = (
    r"(?:T|[\s,，、|·•/]{0,3}(?:(?:at|um|à|kl\.?|klo|o|as|às|alle|ore|в|г\.?|[-–—@])"
    r"[\s,]{0,2}){0,2})"
    r"(?:[(（]?(?:星期|周|週)?[一二三四五六日天月火水木金土][)）曜日]{0,3}\s?)?"
    r"(?P<half>上午|早上|凌晨|下午|晚上|午前|午後|오전|오후)?\s?"
    r"(?P<h>\d{1,2})(?:\s?[:：时時点點시h]\s?|(?<=T\d\d)|\.(?=\d\d(?!\d)))"
    r"(?P<min>\d{2})(?:\s?[:：分분]?\s?(?P<sec>\d{2})(?!\d))?(?:[.,]\d{1,9})?[分秒분초]?"
    r"(?:\s?(?P<ap>[ap])\.?m\.?(?!\w))?"
    r"(?:\s?\(?(?P<zone>[A-Z]{1,4}(?![a-z])(?:[+-]\d{1,2}:?(?:\d\d)?)?"
    r"|[+\-−]\d{2}:?(?:\d{2})?)(?!\d))?"
)
_OFFSET = re.compile(
    r"(?P<name>[A-Za-z]*)(?:(?P<sign>[+\-−])(?P<h>\d\d?):?(?P<m>\d\d)?)?"
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF0D, 0xFF1B)} | {
    0x3000: " ", 0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2011: "-", 0x2010: "-",
}  # fmt: skip
_STAMP = re.compile(r"(?P<s>\d{10})(?:\d{3})?(?:\.\d+)?")
_EPOCH = datetime(1970, 1, 1)
_CREATED = re.compile(r"\d{8}T\d{6}Z")
_HINT = re.compile(r"\d{4}|\d\s?年|[〇零○一二三四五六七八九]年|元年")


def to_created(value: str | datetime | date, *, day_first: bool | None = None) -> str:
    """The date of a value as `20240325T100700Z`, or "" where it names no day.

    Args:
        value: a written date, alone or with a few words around it, a Unix time in
            seconds or milliseconds, or a `date` or `datetime`.
        day_first: how to read `03/04/2024`; None reads slashes month first.
    """
    if isinstance(value, datetime):
        return _stamp(value)
    if isinstance(value, date):
        return _stamp(datetime(value.year, value.month, value.day))
    value = value.strip()
    if _CREATED.fullmatch(value):
        return value if find_date(value[:8]) else ""
    if value.isascii() and value[:4].isdecimal() and len(value) >= 8:
        try:
            return _stamp(datetime.fromisoformat(value))
        except ValueError:
            pass
    if unix := _STAMP.fullmatch(value):
        return _stamp(_EPOCH + timedelta(seconds=int(unix["s"])))
    found = find_date(value[:200], day_first=day_first)
    return found.created if found else ""


def find_date(text: str, *, day_first: bool | None = None) -> Found | None:
    """The first written date in a short line, with its time; None without one."""
    if not text.isascii():
        text = text.translate(_NARROW)
    if not _HINT.search(text):
        return None
    best: Found | None = None
    for form in _ASCII_FORMS if text.isascii() else _FORMS:
        for match in _pattern(form).finditer(text):
            if best and match.start() >= best.start:
                break
            found = _read(text, match, day_first)
            if found:
                best = found
                break
    return best


def show(created: str) -> str:
    """A date for people, `2024-03-25`; anything but a created value stays as it is."""
    if not _CREATED.fullmatch(created):
        return created
    return f"{created[:4]}-{created[4:6]}-{created[6:8]}"


def _read(text: str, match: re.Match[str], day_first: bool | None) -> Found | None:
    """The date of one match, with the time after it; None where it is no date."""
    try:
        year, month, day = _day_of(match.groupdict(), day_first)
        start = datetime(year, month, day)
    except (ValueError, KeyError):
        return None
    end = match.end()
    groups = match.groupdict()
    if groups.get("time"):
        clock = _pattern(_TIME).match(
            " " + groups["time"] + " " + (groups["zone"] or "").strip()
        )
    else:
        clock = _pattern(_TIME).match(text, end)
        end = clock.end() if clock else end
    moment = _with_time(start, clock) if clock else start
    if moment is None:
        moment, end = start, match.end()
    created = _stamp(moment)
    return Found(created, match.start(), end) if created else None


def _day_of(
    groups: dict[str, str | None], day_first: bool | None
) -> tuple[int, int, int]:
    """Year, month and day of the groups of one form."""
    year = groups["y"] or ""
    if groups.get("a"):
        first, second = int(groups["a"] or 0), int(groups["b"] or 0)
        if day_first is None:
            day_first = groups["s"] != "/"
        if (day_first and second <= 12) or first > 12:
            return int(year), second, first
        return int(year), first, second
    month, day = groups["m"] or "", groups["d"] or ""
    if era := groups.get("era"):
        return _ERAS[era] + (1 if year == "元" else int(year)), int(month), int(day)
    if not year.isdecimal():
        digits = "".join(str(_NUMERALS[c]) for c in year)
        return int(digits), _numeral(month), _numeral(day)
    number = int(month) if month.isdecimal() else _month_of()[_fold(month)]
    return int(year), number, int(day)


def _numeral(text: str) -> int:
    """A Chinese numeral from one to ninety-nine."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_NUMERALS[c]) for c in text))
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def _with_time(start: datetime, clock: re.Match[str]) -> datetime | None:
    """The day with a time of day, in its zone where it names one."""
    hour, minute = int(clock["h"]), int(clock["min"])
    half = clock["half"] or (clock["ap"] or "").lower()
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    second = min(int(clock["sec"] or 0), 59)
    if hour == 24:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    moment = start.replace(hour=hour, minute=minute, second=second)
    offset = _offset(clock["zone"] or "")
    return moment.replace(tzinfo=offset) if offset else moment


def _offset(zone: str) -> timezone | None:
    """The offset that a zone names; None where it names none that is known."""
    match = _OFFSET.fullmatch(zone)
    if not zone or not match:
        return None
    minutes = _ZONES.get(match["name"].lower()) if match["name"] else 0
    if minutes is None:
        return None
    if match["sign"]:
        shift = int(match["h"]) * 60 + int(match["m"] or 0)
        minutes += shift if match["sign"] == "+" else -shift
    return timezone(timedelta(minutes=minutes)) if abs(minutes) < 24 * 60 else None


def _stamp(moment: datetime) -> str:
    """A moment in the basic form; one without an offset counts as UTC."""
    if moment.year not in YEARS:
        return ""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    day = f"{moment.year:04}{moment.month:02}{moment.day:02}"
    return f"{day}T{moment.hour:02}{moment.minute:02}{moment.second:02}Z"
