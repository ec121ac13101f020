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
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser
from tzlocal.windows_tz import win_tz

# Postings that stay open for years exist (evergreen advertisements), deadlines in years do not.
YEARS_BACK, YEARS_AHEAD = 15, 2
LONGEST = 60  # characters; a longer text is a sentence, not a date


class ParsedDate(NamedTuple):
    """A date, and whether it was told from today ("3 days ago"), so that it moves every night."""

    value: date | None = None
    relative: bool = False


NOTHING = ParsedDate()

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTHS = {
    name[:length]: number
    for number, name in enumerate(_MONTH_NAMES, start=1)
    for length in range(3, len(name) + 1)
}

_EPOCH = re.compile(r"(?:/?Date\((-?\d{9,13})(?:[+-]\d{4})?\)/?|(\d{13}|\d{10}))", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?:just|today|yesterday|"
    r"(?P<count>\d+|an?|one)(?P<more>\+?) (?P<unit>minute|hour|day|week|month|year)s? ago)"
    r"(?: (?:posted|now))?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:date )?(?:posted|published|advertised|opened|open|placed|closes|closed|closing|expires|"
    r"ends|deadline|until|due)(?: date)?(?: (?:on|by|at))?\s*:?\s+",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?", re.IGNORECASE
)
_TIME = re.compile(
    r"(?:(?<=\d)T|[\s,]+|^)(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?(?!\d)(?:\s+on\b)?",
    re.IGNORECASE,
)
# The zone of a time, so that the -2026 of 05-10-2026 is none.
_ZONE = re.compile(
    r"(?P<time>:\d{2}(?:[.,]\d+)?(?:\s*[ap]\.?m\.?)?)"
    r"\s*(?:(?P<utc>Z|UTC|GMT)|(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2}))$",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(20\d{2})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s/-]*(?:of )?([a-z]{3,9})\.?[\s/,-]*(\d{4}|\d{2})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"([a-z]{3,9})\.?[\s/-]*(\d{1,2})(?:st|nd|rd|th)?[\s/,-]+(\d{4})", re.IGNORECASE
)
_WINDOWS = re.compile(r"(?<=[\dmM])\s+(?![AP]M\b)([A-Z][^\d]*?) (?:Standard|Daylight|Summer) Time$")
# Words by which other languages tell a date from today; dateparser knows their grammar.
_FROM_TODAY = re.compile(
    r"\b(?:ago|vor|il y a|hace|há|atrás|fa|geleden|sedan|siden|temu|heute|gestern|aujourd.hui|hier|"
    r"hoy|ayer|hoje|ontem|oggi|ieri|vandaag|gisteren|idag|i dag|igår|i går)\b",
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
    if not text or not (text := " ".join(text.split())):
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
    told = _relative(text, today)
    if told is not None:
        return told
    zone = ZoneInfo(time_zone) if time_zone else None
    found = _epoch(text, zone) or _written(text, day_first, zone)
    if found is None and len(text) <= LONGEST:
        told = _in_words(text, today, day_first, languages)
        if told.relative:
            return told
        found = told.value
    plausible = found and today.year - YEARS_BACK <= found.year <= today.year + YEARS_AHEAD
    return ParsedDate(found) if plausible else NOTHING


def is_relative(text: str) -> bool:
    """Is this date told from today, so that the text moves while the date does not?"""
    text = " ".join(text.split())
    return _relative(text, date(2000, 1, 1)) is not None or (
        _FROM_TODAY.search(text) is not None and not re.search(r"\d{4}", text)
    )


# --- forms ---------------------------------------------------------------------------------------


def _relative(text: str, today: date) -> ParsedDate | None:
    found = _RELATIVE.fullmatch(_LABEL.sub("", text, count=1).strip(" ."))
    if found is None:
        return None
    if found["unit"] is None:
        back = 1 if text.lower().endswith("yesterday") else 0
        return ParsedDate(today - timedelta(days=back), True)
    if found["more"]:
        return ParsedDate(None, True)  # "30+ days ago" is a bound, not a date
    count = int(found["count"]) if found["count"].isdigit() else 1
    days = {"minute": 0, "hour": 0, "day": 1, "week": 7}.get(found["unit"].lower())
    if days is None or count > 400:
        return ParsedDate(None, True)  # months and years ago: too coarse for a day
    return ParsedDate(today - timedelta(days=days * count), True)


def _epoch(text: str, zone: tzinfo | None) -> date | None:
    found = _EPOCH.fullmatch(text)
    if found is None:
        return None
    number = int(found[1] or found[2])
    seconds = number / 1000 if found[1] or len(found[2]) == 13 else number
    return datetime.fromtimestamp(seconds, zone or UTC).date()


def _written(text: str, day_first: bool | None, zone: tzinfo | None) -> date | None:
    """A date in figures or with an English month name, with or without a time and its zone."""
    text = _LABEL.sub("", text, count=1)
    text = _WEEKDAY.sub("", text).strip(" ,")
    stated: tzinfo | None = None
    windows = _WINDOWS.search(text)
    if windows:
        name = win_tz.get(f"{windows[1].strip()} Standard Time")
        stated = ZoneInfo(name) if name else None
        text = text[: windows.start()].strip(" ,(")
    elif offset := _ZONE.search(text):
        stated = _zone(offset)
        text = text[: offset.end("time")]
    clock = _TIME.search(text)
    if clock:
        # Java puts the zone between time and year: "Thu Jul 02 00:00:00 GMT 2026".
        between = re.match(r"\s*(UTC|GMT|[A-Z]{3,4})\s+(?=\d{4}$)", text[clock.end() :])
        if between:
            stated = UTC if between[1] in ("UTC", "GMT") else None
        text = f"{text[: clock.start()]} {text[clock.end() + (between.end() if between else 0) :]}"
    day = _day(text.strip(" ,"), day_first)
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
    if day_first is None and found[2] == ".":
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


def _zone(found: re.Match[str]) -> tzinfo:
    if found["utc"]:
        return UTC
    offset = timedelta(hours=int(found["h"]), minutes=int(found["m"]))
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
