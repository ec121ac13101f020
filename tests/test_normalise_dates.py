"""Dates as career sites write them; what has two readings or none is no date."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalise import date_words
from pipelines.normalise.dates import NOTHING, ParsedDate, is_relative, parse_date
from tests.measure.dates import read as read_row
from tests.measure.dates import read_truth

TODAY = date(2026, 8, 20)


def read(text: str | None, **how: Any) -> ParsedDate:
    return parse_date(text, today=TODAY, **how)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-08-01", "2026-08-01"),
        ("2026-7-7", "2026-07-07"),
        ("2026/08/21", "2026-08-21"),
        ("20260821", "2026-08-21"),
        ("2025-07-28 00:00:00.0", "2025-07-28"),
        ("2020-10-20 20:28:32 UTC", "2020-10-20"),
        ("2025-10-02T14:34+01:00", "2025-10-02"),
        ("2026-07-06T04:43:20.486231", "2026-07-06"),
        ("2026-08-21T00:00:00.000+0000", "2026-08-21"),
        ("2026-08-02T14:05:00Z", "2026-08-02"),
        ("/Date(1785679500000)/", "2026-08-02"),
        ("/Date(1785679500000+1000)/", "2026-08-02"),
        ("1785679500000", "2026-08-02"),
        ("1785679500", "2026-08-02"),
        ("Jun 17, 2026", "2026-06-17"),
        ("Jul. 27, 2026", "2026-07-27"),
        ("Sept 4, 2026", "2026-09-04"),
        ("June 17 2026", "2026-06-17"),
        ("14/May/2026", "2026-05-14"),
        ("29/May/2026, 12:59:00 AM", "2026-05-29"),
        ("06-May-2026, 7:56:15 AM", "2026-05-06"),
        ("06-May-26", "2026-05-06"),
        ("21st August 2026", "2026-08-21"),
        ("Monday 24 August 2026", "2026-08-24"),
        ("Friday, 21 August 2026, 23:59", "2026-08-21"),
        ("11:59 PM on 21 August 2026", "2026-08-21"),
        ("Thu Jul 02 00:00:00 GMT 2026", "2026-07-02"),
        ("Tue Aug 11 00:00:00 PDT 2026", "2026-08-11"),
        ("Wed, 05 Aug 2026 10:00:00 +0000", "2026-08-05"),
        ("03 Jun 2026 GMT Daylight Time", "2026-06-03"),
        ("21 Jul 2026  Romance Daylight Time", "2026-07-21"),
        ("2 Aug 2026 11:55pm AUS Eastern Standard Time", "2026-08-02"),
        ("Closing date: 21 Aug 2026", "2026-08-21"),
        ("Posted on August 3, 2026", "2026-08-03"),
        ("8/15/2026 12:00:00 AM", "2026-08-15"),
        ("31-10-2026", "2026-10-31"),
        ("05.10.2026", "2026-10-05"),
        ("5/5/2026", "2026-05-05"),
        ("17:00 05-05-2026", "2026-05-05"),
    ],
)
def test_forms_with_one_reading(text: str, day: str) -> None:
    assert read(text) == ParsedDate(date.fromisoformat(day), False)


@pytest.mark.parametrize(
    "text",
    [
        None, "", "   ", "Ongoing", "Open until filled", "Immediate", "now", "12", "2026",
        "August 2026", "07 Jul", "Jul 7", "R-2026-1234", "HPC 2026-2027", "31/02/2026",
        "2026-02-30", "0026-01-01", "1970-01-01", "2009-12-31", "2029-01-01", "9999-12-31", "0",
        "05/10/2026", "05-10-2026", "5/10/2026 17:00", "15/09/26", "1 2 2026", "12 foo 2026",
        "Applications are read as they arrive, first on 1 September 2026 and then monthly",
        "a" * 2_000_000, "1 " * 50_000,
    ],
)  # fmt: skip
def test_two_readings_or_none_is_no_date(text: str | None) -> None:
    assert read(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "day_first", "day"),
    [
        ("05/10/2026", True, "2026-10-05"),
        ("05/10/2026", False, "2026-05-10"),
        ("05-10-2026, 5:00 PM", True, "2026-10-05"),
        ("15/09/26", True, "2026-09-15"),
        ("09/15/26", False, "2026-09-15"),
        ("08/21/2026", True, "2026-08-21"),
        ("21/08/2026", False, "2026-08-21"),
    ],
)
def test_the_order_is_the_sites(text: str, day_first: bool, day: str) -> None:
    assert read(text, day_first=day_first).value == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        # The last minute of a Melbourne day is the afternoon in UTC.
        ("2026-08-02T13:55:00Z", "Australia/Melbourne", "2026-08-02"),
        ("2026-08-02T14:05:00Z", "Australia/Melbourne", "2026-08-03"),
        ("/Date(1785679500000)/", "Australia/Melbourne", "2026-08-03"),
        ("2026-10-04T03:59:00.000Z", "America/New_York", "2026-10-03"),
        ("2026-10-04T04:00:00.000Z", "America/New_York", "2026-10-04"),
        ("Tue Jul 14 02:00:00 UTC 2026", "America/Los_Angeles", "2026-07-13"),
        ("29 Aug 2026 11:55 PM AUS Eastern Standard Time", "Australia/Sydney", "2026-08-29"),
        ("29 Aug 2026 11:55 PM AUS Eastern Standard Time", "Europe/London", "2026-08-29"),
        ("29 Aug 2026 12:05 AM AUS Eastern Standard Time", "Europe/London", "2026-08-28"),
        # A day without a time, written by software as midnight.
        ("2026-08-21T00:00:00.000+0000", "America/New_York", "2026-08-21"),
        ("Thu Jul 02 00:00:00 GMT 2026", "America/New_York", "2026-07-02"),
        # No zone stated: the site's own.
        ("2026-08-21 23:59:00", "America/New_York", "2026-08-21"),
    ],
)
def test_a_moment_becomes_the_sites_day(text: str, zone: str, day: str) -> None:
    assert read(text, time_zone=zone).value == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Posted Today", 0), ("Posted Yesterday", 1), ("Posted 3 Days Ago", 3), ("2 weeks ago", 14),
        ("an hour ago", 0), ("1 day ago", 1), ("Just posted", 0), ("Posted 45 minutes ago", 0),
    ],
)  # fmt: skip
def test_relative_dates(text: str, back: int) -> None:
    assert read(text) == ParsedDate(TODAY - timedelta(days=back), True)
    assert is_relative(text)


@pytest.mark.parametrize("text", ["Posted 30+ Days Ago", "30+ days ago", "2 months ago"])
def test_a_bound_is_no_date_but_relative(text: str) -> None:
    assert read(text) == ParsedDate(None, True)
    assert is_relative(text)


@pytest.mark.parametrize("text", ["Ongoing", "2026-08-01", "15/09/26", "21 Aug 2026", "Jul 7", ""])
def test_what_is_not_told_from_today(text: str) -> None:
    assert not is_relative(text)


@pytest.mark.parametrize(
    ("text", "language", "day", "relative"),
    [
        ("21 août 2026", "fr", "2026-08-21", False),
        ("21. August 2026", "de", "2026-08-21", False),
        ("3. März 2026", "de", "2026-03-03", False),
        ("12 mai 2026", "fr", "2026-05-12", False),
        ("vor 3 Tagen", "de", "2026-08-17", True),
        ("il y a 2 jours", "fr", "2026-08-18", True),
    ],
)
def test_other_languages(text: str, language: str, day: str, relative: bool) -> None:
    found = read(text, languages=(language, "en"))
    assert found == ParsedDate(date.fromisoformat(day), relative)
    assert is_relative(text) is relative


DAYS = st.dates(date(2012, 1, 1), date(2028, 12, 31))


@given(DAYS, st.booleans(), st.sampled_from("/-. "))
def test_figures_in_the_sites_order_come_back(day: date, day_first: bool, mark: str) -> None:
    if mark == "." and not day_first:
        return  # nobody writes month.day.year
    pattern = f"%d{mark}%m{mark}%Y" if day_first else f"%m{mark}%d{mark}%Y"
    text = day.strftime(pattern)
    assert read(text, day_first=day_first).value == day
    unknown = read(text).value
    assert unknown in (None, day), "without the order: right or nothing"


@given(DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d/%b/%Y", "%a %b %d %Y"]))
def test_dates_in_words_come_back(day: date, pattern: str) -> None:
    assert read(day.strftime(pattern)).value == day


@given(
    st.datetimes(datetime(2013, 1, 2), datetime(2028, 1, 1)),
    st.integers(-12 * 4, 14 * 4),
    st.sampled_from(["Europe/Zurich", "America/Toronto", "Australia/Brisbane", "Asia/Tokyo"]),
)
def test_iso_moments_agree_with_the_standard_library(
    at: datetime, quarters: int, zone: str
) -> None:
    moment = at.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=15 * quarters)))
    if moment.time().replace(tzinfo=None) == datetime.min.time():
        return
    local = moment.astimezone(ZoneInfo(zone)).date()
    assert read(moment.isoformat(), time_zone=zone).value == local
    assert read(moment.isoformat()).value == moment.date()


@given(st.text(max_size=70))
def test_no_text_breaks_it(text: str) -> None:
    found = read(text, languages=("en", "de"))
    assert found.value is None or 2011 <= found.value.year <= 2028


@pytest.mark.parametrize("row", read_truth(), ids=lambda row: f"{row['sheet']}: {row['spelling']}")
def test_every_spelling_of_the_sheets(row: dict[str, str]) -> None:
    assert read_row(row) == row["expected"], row["note"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Montag, 24. August 2026", "2026-08-24"),
        ("lundi 24 août 2026", "2026-08-24"),
        ("1er septembre 2026", "2026-09-01"),
        ("12 de agosto de 2026", "2026-08-12"),
        ("15 de setembro de 2026", "2026-09-15"),
        ("31 dicembre 2026", "2026-12-31"),
        ("3 maart 2026", "2026-03-03"),
        ("14 sep. 2026", "2026-09-14"),
        ("21. elokuuta 2026", "2026-08-21"),
        ("3 oktober 2026", "2026-10-03"),
        ("5. desember 2026", "2026-12-05"),
        ("8 września 2026", "2026-09-08"),
        ("2026年9月8日", "2026-09-08"),
        ("08.09.2026, 23:59 Uhr", "2026-09-08"),
        ("Bewerbungsfrist: 31.10.2026", "2026-10-31"),
        ("Date de clôture : 15 octobre 2026", "2026-10-15"),
        ("until 31 December 2026", "2026-12-31"),
        ("kl. 23.59 den 15 september 2026", "2026-09-15"),
    ],
)
def test_months_are_read_in_every_language_of_the_catalogue(text: str, day: str) -> None:
    assert read(text) == ParsedDate(date.fromisoformat(day), False)


def test_no_month_name_means_two_months() -> None:
    for language, names in date_words.MONTH_NAMES.items():
        found = [date_words.MONTHS[name] for name in names.split()]
        assert found == list(range(1, 13)), language


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Heute ausgeschrieben", 0), ("Offre publiée il y a 5 jours", 5), ("hace 2 semanas", 14),
        ("há 3 dias", 3), ("3 giorni fa", 3), ("2 dagen geleden", 2), ("för 3 dagar sedan", 3),
        ("for 2 dage siden", 2), ("2 päivää sitten", 2), ("Publié aujourd’hui", 0), ("1d ago", 1),
        ("Closes in 5 days", -5), ("3 days left", -3), ("Closes tomorrow", -1),
    ],
)  # fmt: skip
def test_relative_dates_of_other_languages_and_to_come(text: str, back: int) -> None:
    assert read(text) == ParsedDate(TODAY - timedelta(days=back), True)
    assert is_relative(text)


@pytest.mark.parametrize(
    "text",
    [
        "vor mehr als 30 Tagen", "Ausgeschrieben: vor 30+ Tagen", "il y a plus de 30 jours",
        "hace más de 30 días", "Over 30 days ago", "3 mo ago", "2 years ago",
    ],
)  # fmt: skip
def test_a_bound_is_no_date_in_any_language(text: str) -> None:
    assert read(text, languages=("de", "fr", "es", "en")) == ParsedDate(None, True)
    assert is_relative(text)


@pytest.mark.parametrize("text", ["Apply today!", "First review: 3 Sep 2026", "26 weeks", "5"])
def test_what_is_said_of_something_else_is_no_date(text: str) -> None:
    assert read(text) == NOTHING
