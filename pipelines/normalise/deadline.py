"""When posted and when it closes: what of two parsed dates is believed. Pure.

A false deadline costs more than a missing one: it hides an open job, and closes it. The rules, in
this order; what is not believed is left empty beside its raw text:

1. A deadline that software made up is none: on platforms that are known to do so, the posting date
   plus their number of days (a day more or less is time zones) or plus whole months; on any
   platform, the very second of the posting so many whole days later.
2. A posting date after tomorrow is none (tomorrow: the day has begun elsewhere).
3. A deadline before the posting date is none: one of the two is wrong, and nobody knows which, but
   the posting date harms nobody.
4. A deadline more than two years ahead is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from crawler.yearless import first_from, latest_until

FURTHEST = timedelta(days=731)
# Software that adds months rather than days; one month is left out, for people do that too.
_MONTHS = (3, 6, 12, 24)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)\s*(.*)")
# A card says "21 Aug" for a while after it has passed.
_PASSED = timedelta(days=60)


class Dates(NamedTuple):
    """The day of posting and the deadline, each None where it is unknown or not believed."""

    posted: date | None
    deadline: date | None


def believed(
    posted: date | None,
    deadline: date | None,
    *,
    today: date,
    defaults: Iterable[int] = (),
    raw: tuple[str | None, str | None] = (None, None),
) -> Dates:
    """The dates that stand by the rules above.

    `defaults` are the days that the platform adds by itself (`Platform.default_validity`), `raw`
    the texts of the two dates.
    """
    if is_made_up(posted, deadline, defaults) or is_same_second(*raw):
        deadline = None
    if posted and posted > today + timedelta(days=1):
        posted = None
    if deadline and ((posted and deadline < posted) or deadline > today + FURTHEST):
        deadline = None
    return Dates(posted, deadline)


def is_made_up(posted: date | None, deadline: date | None, defaults: Iterable[int]) -> bool:
    """Is this deadline only the posting date plus a default of the platform?"""
    defaults = tuple(defaults)
    if posted is None or deadline is None or not defaults:
        return False
    days = (deadline - posted).days
    months = (deadline.year - posted.year) * 12 + deadline.month - posted.month
    return any(abs(days - default) <= 1 for default in defaults) or (
        posted.day == deadline.day and months in _MONTHS and max(defaults) >= 90
    )


def is_same_second(raw_posted: str | None, raw_deadline: str | None) -> bool:
    """Do both texts name the same second of two days? Midnight and the last second do not count."""
    posted, deadline = (_MOMENT.fullmatch(raw or "") for raw in (raw_posted, raw_deadline))
    if posted is None or deadline is None or posted[1] == deadline[1]:
        return False
    seconds = posted[2][6:8]
    # On the full hour or half hour a person may have set both.
    return posted.group(2, 3) == deadline.group(2, 3) and seconds not in ("00", "59")


def posted_without_year(text: str | None, today: date) -> date | None:
    """The day that a card's "09 Jun" was posted: the latest one that is not to come."""
    return latest_until(_bare(text), today) if text else None


def deadline_without_year(text: str | None, posted: date | None, today: date) -> date | None:
    """The day that a card's "21 Aug" closes: the first one from the posting date on.

    Without a posting date a day of the last sixty days is one that has passed.
    """
    return first_from(_bare(text), posted or today - _PASSED) if text else None


def _bare(text: str) -> str:
    label = r"(?:[^\d:]{2,40}:|(?:posted|placed|closes|closing|closed|until|by|on)\b)\s*"
    weekday = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+"
    return re.sub(rf"^(?:{label})*(?:{weekday})?", "", text.strip(), flags=re.IGNORECASE)
