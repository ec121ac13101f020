"""Which of two dates is believed: a false deadline costs more than a missing one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schema_values import DEFAULT_VALIDITY
from pipelines.normalise.deadline import (
    FURTHEST,
    believed,
    deadline_without_year,
    is_same_second,
    posted_without_year,
)

TODAY = date(2026, 8, 20)
POSTED = date(2026, 8, 3)


def test_a_plain_pair_is_believed() -> None:
    deadline = date(2026, 9, 14)
    assert believed(POSTED, deadline, today=TODAY) == (POSTED, deadline)
    assert believed(POSTED, None, today=TODAY) == (POSTED, None)
    assert believed(None, deadline, today=TODAY) == (None, deadline)


@pytest.mark.parametrize(
    "deadline",
    [date(2026, 11, 3), date(2027, 2, 3), date(2027, 8, 3), date(2027, 1, 30), date(2026, 9, 1)],
)
def test_what_the_software_adds_is_no_deadline_where_it_is_known_for_it(deadline: date) -> None:
    found = believed(POSTED, deadline, today=TODAY, defaults=DEFAULT_VALIDITY)
    assert found == (POSTED, None)
    assert believed(POSTED, deadline, today=TODAY) == (POSTED, deadline)


@pytest.mark.parametrize(
    ("posted", "deadline", "same"),
    [
        ("2026-07-27T13:21:22", "2027-01-23T13:21:22", True),
        ("2026-07-27T13:21:22.417Z", "2026-08-26T13:21:22.417Z", True),
        ("2026-07-27T13:21:22", "2027-01-23T13:21:23", False),
        ("2026-07-27T00:00:00", "2026-09-01T00:00:00", False),
        ("2026-07-27T09:00:00", "2026-09-01T09:00:00", False),
        ("2026-07-27T23:59:59Z", "2026-09-01T23:59:59Z", False),
        ("2026-07-27T13:21:22", "2026-07-27T13:21:22", False),
        ("2026-07-27", "2026-09-01", False),
        (None, "2026-09-01T13:21:22", False),
    ],
)
def test_the_same_second_of_another_day(posted: str | None, deadline: str, same: bool) -> None:
    assert is_same_second(posted, deadline) is same
    days = date(2026, 7, 27), date(2026, 9, 1)
    assert (believed(*days, today=TODAY, raw=(posted, deadline)).deadline is None) is same


@pytest.mark.parametrize(("days", "kept"), [(0, True), (1, True), (2, False), (700, False)])
def test_posted_in_the_future_is_not_believed(days: int, kept: bool) -> None:
    posted = TODAY + timedelta(days=days)
    assert (believed(posted, None, today=TODAY).posted == posted) is kept


def test_closing_before_posted_leaves_the_posting_date() -> None:
    assert believed(POSTED, date(2026, 8, 2), today=TODAY) == (POSTED, None)
    assert believed(POSTED, POSTED, today=TODAY) == (POSTED, POSTED)


def test_a_deadline_ten_years_away_is_none() -> None:
    assert believed(POSTED, date(2036, 8, 20), today=TODAY) == (POSTED, None)
    furthest = TODAY + FURTHEST
    assert believed(None, furthest, today=TODAY).deadline == furthest
    assert believed(None, furthest + timedelta(days=1), today=TODAY).deadline is None


DAYS = st.none() | st.dates(date(2015, 1, 1), date(2040, 1, 1))


@given(DAYS, DAYS, st.sampled_from([(), DEFAULT_VALIDITY]))
def test_what_is_believed_is_consistent(
    posted: date | None, deadline: date | None, defaults: tuple[int, ...]
) -> None:
    found = believed(posted, deadline, today=TODAY, defaults=defaults)
    assert found.posted in (None, posted)
    assert found.deadline in (None, deadline)
    if found.posted and found.deadline:
        assert found.posted <= found.deadline


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("09 Jun", "2026-06-09"), ("07 Jul", "2026-07-07"), ("20 Aug", "2026-08-20"),
        ("21 Aug", "2025-08-21"), ("Posted Dec 30", "2025-12-30"),
        ("Date Placed: 09 Jun", "2026-06-09"),
    ],
)  # fmt: skip
def test_posted_without_a_year_is_the_latest_such_day(text: str, day: str) -> None:
    assert posted_without_year(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "posted", "day"),
    [
        ("21 Aug", None, "2026-08-21"),
        ("Closes 21 Aug", None, "2026-08-21"),
        ("Friday 4th September", None, "2026-09-04"),
        ("15 Aug", None, "2026-08-15"),
        ("15 Jan", None, "2027-01-15"),
        ("30 Jun", date(2026, 6, 9), "2026-06-30"),
        ("30 Jun", date(2026, 7, 1), "2027-06-30"),
    ],
)
def test_a_deadline_without_a_year_is_the_first_since_the_posting(
    text: str, posted: date | None, day: str
) -> None:
    assert deadline_without_year(text, posted, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", [None, "", "Ongoing", "31 Feb", "21 Aug 2026", "11:55pm"])
def test_what_is_no_day_without_a_year(text: str | None) -> None:
    assert posted_without_year(text, TODAY) is None
    assert deadline_without_year(text, None, TODAY) is None
