"""Dates without a year ("09 Jun"), as result lists show them, completed by the crawl's day.

Pure: the day of the crawl comes in as an argument (crawler/clock.py has it). English names of
months, day before month or after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_LEAP = 9  # years in which 29 February certainly comes by
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE) for form in (rf"{_DAY}\s+{_MONTH}", rf"{_MONTH}\s+{_DAY}")
)


def latest_until(text: str, day: date) -> date | None:
    """The latest such date that is not after `day`; None when the text is no yearless date."""
    found = _in_years(text, range(day.year, day.year - _LEAP, -1))
    return next((when for when in found if when <= day), None)


def first_from(text: str, day: date) -> date | None:
    """The first such date that is not before `day`; None when the text is no yearless date."""
    found = _in_years(text, range(day.year, day.year + _LEAP))
    return next((when for when in found if when >= day), None)


def _in_years(text: str, years: Iterable[int]) -> Iterator[date]:
    form = next(filter(None, (form.fullmatch(text.strip()) for form in _FORMS)), None)
    name = form["month"].lower() if form else ""
    if form is None or not any(whole.startswith(name) for whole in _MONTHS):
        return
    month = next(n for n, whole in enumerate(_MONTHS, start=1) if whole.startswith(name))
    for year in years:
        with suppress(ValueError):  # 29 February, in most years
            yield date(year, month, int(form["day"]))
