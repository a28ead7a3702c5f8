"""Dates in the forms that pages, feeds and people use."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.dates import find_date, show, to_created

DAY = "20240325T000000Z"
MORNING = "20240325T100700Z"
AFTERNOON = "20240325T150700Z"


@pytest.mark.parametrize(
    ("written", "created"),
    [
        ("2024-03-25", DAY),
        ("20240325", DAY),
        (DAY, DAY),
        ("2024/3/25", DAY),
        ("2024.03.25.", DAY),
        ("2024.03.25. 10:07", MORNING),
        ("2024-03-25T10:07", MORNING),
        ("2024-03-25T10:07:00Z", MORNING),
        ("2024-03-25 10:07:00.123", MORNING),
        ("20240325T100700Z", MORNING),
        ("2024-03-25T10:07:00+08:00", "20240325T020700Z"),
        ("2024-03-25T10:07:00.000-0500", AFTERNOON),
        ("2024-03-25 3:07 PM", AFTERNOON),
        ("Mon, 25 Mar 2024 10:07:00 GMT", MORNING),
        ("Mon, 25 Mar 2024 10:07:00 +0800", "20240325T020700Z"),
        ("Mon Mar 25 10:07:00 UTC 2024", MORNING),
        ("25-Mar-2024", DAY),
        ("1711361220", MORNING),
        ("1711361220000", MORNING),
    ],
)
def test_machine_forms_are_read(written, created):
    assert to_created(written) == created


@pytest.mark.parametrize(
    ("written", "created"),
    [
        ("2024年3月25日", DAY),
        ("2024年3月25日 10:07", MORNING),
        ("2024年03月25日10时07分", MORNING),
        ("2024年3月25日（月）午後3時07分", AFTERNOON),
        ("2024年3月25日 下午3:07", AFTERNOON),
        ("２０２４年３月２５日　１０：０７", MORNING),
        ("2024년 3월 25일 오후 3:07", AFTERNOON),
        ("令和6年3月25日", DAY),
        ("民國113年3月25日", DAY),
        ("二〇二四年三月二十五日", DAY),
        ("March 25, 2024", DAY),
        ("Mar. 25 2024 at 10:07 am", MORNING),
        ("March 25, 2024 at 11:07 a.m. EDT", AFTERNOON),
        ("Monday 25th of March 2024", DAY),
        ("25. März 2024, 10:07 Uhr", MORNING),
        ("25 mars 2024 à 10h07", MORNING),
        ("25 de marzo de 2024", DAY),
        ("25 марта 2024 г., 10:07", MORNING),
        ("25 marca 2024", DAY),
        ("25 Μαρτίου 2024", DAY),
        ("2024. március 25.", DAY),
        ("Ngày 25 tháng 3, 2024", DAY),
        ("25.03.2024 10:07", MORNING),
        ("25/03/2024", DAY),
        ("03/25/2024", DAY),
    ],
)
def test_written_forms_are_read(written, created):
    assert to_created(written) == created


@pytest.mark.parametrize(
    "written",
    [
        *("", "2024", "2024-03", "2024年3月", "3月25日", "2024-13-45", "昨天"),
        *("31 February 2024", "Marathon 25, 2024", "version 1.2.2024.3"),
        *("0000-00-00", "000000000", "0001-01-01", "99999999999999999999"),
    ],
)
def test_no_day_gives_no_date(written):
    assert to_created(written) == ""


@pytest.mark.parametrize(
    ("written", "day_first", "created"),
    [
        ("03/04/2024", None, "20240304T000000Z"),
        ("03/04/2024", True, "20240403T000000Z"),
        ("3.4.2024", None, "20240403T000000Z"),
        ("3.4.2024", False, "20240304T000000Z"),
        ("25/04/2024", False, "20240425T000000Z"),
    ],
)
def test_order_of_day_and_month(written, day_first, created):
    assert to_created(written, day_first=day_first) == created


def test_values_of_python_are_taken():
    assert to_created(date(2024, 3, 25)) == DAY
    assert to_created(datetime(2024, 3, 25, 10, 7)) == MORNING
    east = timezone(timedelta(hours=8))
    assert to_created(datetime(2024, 3, 25, 18, 7, tzinfo=east)) == MORNING


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("发布时间:2022-06-26来源:某报", "2022-06-26"),
        ("加入时间:2024-11-25 10:07:04  ", "2024-11-25 10:07:04"),
        ("By A. Writer | March 25, 2024", "March 25, 2024"),
        ("掲載日：2024年3月25日 更新日：2024年4月1日", "2024年3月25日"),
    ],
)
def test_find_date_tells_where_it_stands(line, part):
    found = find_date(line)
    assert found
    assert line[found.start : found.end] == part


@pytest.mark.parametrize(
    ("created", "shown"), [(DAY, "2024-03-25"), ("", ""), ("soon", "soon")]
)
def test_show_is_for_people(created, shown):
    assert show(created) == shown


@settings(deadline=None)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)))
def test_every_moment_survives(moment):
    moment = moment.replace(microsecond=0)
    created = to_created(moment)
    assert to_created(created) == created
    assert to_created(moment.isoformat()) == created
    assert to_created(moment.replace(tzinfo=UTC).isoformat()) == created


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_line_is_taken(line):
    found = find_date(line)
    if found:
        assert 0 <= found.start < found.end <= len(line)
        assert to_created(found.created) == found.created
