"""Text -> date. Pure; nothing is guessed: what has two readings or none is None.

The forms are those that career sites were seen to write (the sheets in ats/ name them): ISO 8601
and its sloppy cousins, epochs, day and month in either order with the month as a word, Java's
`Date.toString`, Windows time zones, "Posted 3 Days Ago". Whether 05/10 is May or October is a
property of the site (`day_first`), never of the text. dateparser, at a millisecond or more a call,
is asked last and only for other languages' month names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateparser.date import DateDataParser
from tzlocal.windows_tz import win_tz

from pipelines.normalise.date_words import (
    ABBREVIATED_ZONE,
    ANOTHER_DATE,
    ARTICLE,
    LABEL,
    LOOSE_TIME,
    MONTHS,
    WEEKDAY,
    told_from_today,
)

# Postings that stay open for years exist (evergreen advertisements), deadlines in years do not.
YEARS_BACK, YEARS_AHEAD = 15, 2
LONGEST = 120  # characters; a longer text is a sentence, not a date
LONGEST_IN_WORDS = 60  # ... and dateparser is asked about shorter ones only


class ParsedDate(NamedTuple):
    """A date, and whether it was told from today ("3 days ago"), so that it moves every night."""

    value: date | None = None
    relative: bool = False


NOTHING = ParsedDate()

_EPOCH = re.compile(r"(?:/?Date\((-?\d{9,13})(?:[+-]\d{4})?\)/?|(\d{13}|\d{10}))", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?<=\d)T|[\s,]+|^)(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?(?!\d)(?:\s+on\b)?",
    re.IGNORECASE,
)
# The zone of a time, so that the -2026 of 05-10-2026 is none.
_ZONE = re.compile(
    r"(?P<time>:\d{2}(?:[.,]\d+)?(?:\s*[ap]\.?m\.?)?)"
    r"\s*[(\[]?(?:(?P<utc>Z|UTC|GMT)|(?:UTC|GMT)?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d{2})?)[)\]]?$",
    re.IGNORECASE,
)
_IANA = re.compile(r"\s*\(?(?P<name>[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Za-z_]+)?)\)?$")
# What nearly all software writes; everything else is asked of the slower forms.
_FAST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(20\d{2})(\d{2})(\d{2})")
_EAST_ASIAN = re.compile(r"(\d{4})年\s?(\d{1,2})月\s?(\d{1,2})日")
_NUMERIC = re.compile(r"(\d{1,2})([-/. ]|\. )(\d{1,2})\2(\d{4}|\d{2})")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s/-]*(?:(?:of|de) |d['’] ?)?([^\W\d_]{3,12})\.?"
    r"[\s/,-]*(?:de )?(\d{4}|\d{2})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"([^\W\d_]{3,12})\.?[\s/-]*(\d{1,2})(?:st|nd|rd|th)?[\s/,-]+(\d{4})", re.IGNORECASE
)
_WINDOWS = re.compile(r"(?<=[\dmM])\s+(?![AP]M\b)([A-Z][^\d]*?) (?:Standard|Daylight|Summer) Time$")
# Words by which languages tell a date from today; dateparser knows the grammar of the rarer ones.
_FROM_TODAY = re.compile(
    r"\b(?:ago|vor|il y a|hace|há|atrás|fa|geleden|sedan|siden|sitten|temu|heute|gestern|hier|"
    r"aujourd.hui|hoy|ayer|hoje|ontem|oggi|ieri|vandaag|gisteren|idag|i dag|igår|i går|tänään)\b",
    re.IGNORECASE,
)


def parse_date(
    text: str | None,
    *,
    today: date,
    day_first: bool | None = None,
    time_zone: str | None = None,
    languages: Sequence[str] = ("en",),
) -> ParsedDate:
    """The date a text states.

    A moment with a zone becomes the site's local day when `time_zone` (IANA) is known, else the
    day as it is written. Years outside of fifteen back and two ahead are no dates.
    """
    if not text or not (text := " ".join(text.split())) or len(text) > LONGEST:
        return NOTHING
    return _parse(text, today, day_first, time_zone, tuple(languages))


@lru_cache(maxsize=20_000)
def _parse(
    text: str,
    today: date,
    day_first: bool | None,
    time_zone: str | None,
    languages: tuple[str, ...],
) -> ParsedDate:
    if fast := _FAST.fullmatch(text):
        found = _date(*fast.group(1, 2, 3))
        return _if_plausible(found, today)
    told = told_from_today(text, today)
    if told is not None:
        return ParsedDate(told.day, True)
    zone = ZoneInfo(time_zone) if time_zone else None
    found = _epoch(text, zone) or _written(text, day_first, zone)
    if found is None and len(text) <= LONGEST_IN_WORDS:
        read = _in_words(text, today, day_first, languages)
        if read.relative:
            return read
        found = read.value
    return _if_plausible(found, today)


def _if_plausible(found: date | None, today: date) -> ParsedDate:
    """Software writes 1970, 9999 and the like where it knows no date."""
    plausible = found and today.year - YEARS_BACK <= found.year <= today.year + YEARS_AHEAD
    return ParsedDate(found) if plausible else NOTHING


def is_relative(text: str) -> bool:
    """Is this date told from today, so that the text moves while the date does not?"""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return False
    return told_from_today(text, date(2000, 1, 1)) is not None or (
        _FROM_TODAY.search(text) is not None and not re.search(r"\d{4}", text)
    )


# --- forms ---------------------------------------------------------------------------------------


def _epoch(text: str, zone: tzinfo | None) -> date | None:
    found = _EPOCH.fullmatch(text)
    if found is None:
        return None
    number = int(found[1] or found[2])
    seconds = number / 1000 if found[1] or len(found[2]) == 13 else number
    return datetime.fromtimestamp(seconds, zone or UTC).date()


def _written(text: str, day_first: bool | None, zone: tzinfo | None) -> date | None:
    """A date in figures or with an English month name, with or without a time and its zone."""
    if label := LABEL.match(text):
        if ANOTHER_DATE.search(label.group()):
            return None
        text = text[label.end() :]
    text = WEEKDAY.sub("", text).strip(" ,.")
    stated: tzinfo | None = None
    windows = _WINDOWS.search(text)
    if windows:
        name = win_tz.get(f"{windows[1].strip()} Standard Time")
        stated = ZoneInfo(name) if name else None
        text = text[: windows.start()].strip(" ,(")
    elif iana := _IANA.search(text):
        stated = _zone_of(iana["name"])
        text = text[: iana.start()]
    elif offset := _ZONE.search(text):
        stated = _zone(offset)
        text = text[: offset.end("time")]
    else:
        text = ABBREVIATED_ZONE.sub("", text)
    clock = _TIME.search(text)
    if clock:
        # Java puts the zone between time and year: "Thu Jul 02 00:00:00 GMT 2026".
        between = re.match(r"\s*(UTC|GMT|[A-Z]{3,4})\s+(?=\d{4}$)", text[clock.end() :])
        if between:
            stated = UTC if between[1] in ("UTC", "GMT") else None
        text = f"{text[: clock.start()]} {text[clock.end() + (between.end() if between else 0) :]}"
    elif loose := LOOSE_TIME.search(text):
        text = f"{text[: loose.start()]} {text[loose.end() :]}"
    day = _day(ARTICLE.sub("", " ".join(WEEKDAY.sub("", text).split())).strip(" ,.()-–"), day_first)
    if day is None or clock is None or stated is None or zone is None:
        return day
    at = _clock(clock)
    # A moment at midnight is how software writes a day without a time.
    if at is None or at == time(0):
        return day
    return datetime.combine(day, at, stated).astimezone(zone).date()


def _day(text: str, day_first: bool | None) -> date | None:
    if found := _ISO.fullmatch(text):
        year, month, day = (found[1], found[3], found[4]) if found[1] else found.group(5, 6, 7)
        return _date(year, month, day)
    if found := _EAST_ASIAN.fullmatch(text):
        return _date(*found.group(1, 2, 3))
    if found := _NUMERIC.fullmatch(text):
        return _ordered(found, day_first)
    if (found := _DAY_MONTH.fullmatch(text)) and found[2].lower() in MONTHS:
        return _date(found[3], MONTHS[found[2].lower()], found[1])
    if (found := _MONTH_DAY.fullmatch(text)) and found[1].lower() in MONTHS:
        return _date(found[3], MONTHS[found[1].lower()], found[2])
    return None


def _ordered(found: re.Match[str], day_first: bool | None) -> date | None:
    """Day and month in figures: by the site's order, or when only one order is a date."""
    first, second, year = found[1], found[3], found[4]
    if len(year) == 2 and day_first is None:
        return None
    if day_first is None and found[2].startswith("."):
        day_first = True  # with dots the day is first wherever dots are used
    readings = {
        True: _date(year, second, first),
        False: _date(year, first, second),
    }
    if day_first is not None and readings[day_first]:
        return readings[day_first]
    distinct = {reading for reading in readings.values() if reading}
    return distinct.pop() if len(distinct) == 1 else None


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time | None:
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def _zone_of(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _zone(found: re.Match[str]) -> tzinfo:
    if found["utc"]:
        return UTC
    offset = timedelta(hours=int(found["h"]), minutes=int(found["m"] or 0))
    try:
        return timezone(-offset if found["sign"] == "-" else offset)
    except ValueError:
        return UTC


# --- other languages -----------------------------------------------------------------------------


def _in_words(
    text: str, today: date, day_first: bool | None, languages: tuple[str, ...]
) -> ParsedDate:
    """dateparser, with its languages set and all three parts of a date demanded."""
    if not re.search(r"[^\W\d_]", text) or _NUMERIC.search(text):
        return NOTHING
    relative = is_relative(text)
    if not relative and not re.search(r"\d{4}", text):
        return NOTHING  # a day without its year
    order = "MDY" if day_first is False else "DMY"
    kind = "relative-time" if relative else "absolute-time"
    found = _parser(languages, order, kind, today).get_date_data(text).date_obj
    return ParsedDate(found.date() if found else None, relative)


@cache
def _parser(languages: tuple[str, ...], order: str, kind: str, today: date) -> DateDataParser:
    settings = {
        "PARSERS": [kind],
        "DATE_ORDER": order,
        "REQUIRE_PARTS": ["day", "month", "year"] if kind == "absolute-time" else [],
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=list(languages), settings=settings)
