"""Jibe: what its cases do not show."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.errors import UnexpectedAnswer
from crawler.fetch.tape import read_tape
from crawler.loader import spider_class
from crawler.posting import Salary
from crawler.recognise import Recogniser
from spiders.jibe import _salary
from tests.cases import FIXTURES, case_source
from tests.quick import run

NORMAL = FIXTURES / "jibe" / "normal"


def spider() -> Any:
    return spider_class(case_source(NORMAL))


def test_one_posting_is_found_on_a_later_page() -> None:
    """There is no answer for one posting alone: the listing is read until it is found."""
    url = "https://careers.gullharbor.example/careers-home/jobs/104479036723-41447668006?lang=en-us"
    match = Recogniser([case_source(NORMAL)]).recognise(url)
    exchanges = read_tape(NORMAL / "tape")
    found = run(spider(), exchanges, change=lambda one: setattr(one, "only", match))
    assert [posting.title for posting in found.postings] == ["Data Curation Lead"]
    assert len(found.asked) == 2


def test_one_posting_of_the_first_page_asks_for_no_more() -> None:
    url = "https://careers.gullharbor.example/jobs/51596?lang=en-us"
    match = Recogniser([case_source(NORMAL)]).recognise(url)
    exchanges = read_tape(NORMAL / "tape")
    found = run(spider(), exchanges, change=lambda one: setattr(one, "only", match))
    assert [posting.native_id for posting in found.postings] == ["51596"]
    assert len(found.asked) == 1


@pytest.mark.parametrize(
    ("said", "raw", "salary"),
    [
        ({"salary_min_value": 0, "salary_max_value": 0, "salary_value": 0}, None, None),
        (
            {"salary_min_value": 13.66, "salary_max_value": 19.16, "salary_frequency": "HOURLY"},
            "13.66-19.16 HOURLY",
            Salary(min=13.66, max=19.16, unit="HOUR"),
        ),
        (
            {"salary_value": 90000, "salary_currency": "USD", "salary_frequency": "PER_SPRINT"},
            "USD 90000 PER_SPRINT",
            Salary(min=90000, max=90000, currency="USD"),
        ),
    ],
)
def test_pay(said: dict[str, Any], raw: str | None, salary: Salary | None) -> None:
    assert _salary(said) == (raw, salary)


@pytest.mark.parametrize("key", ["slug", "title"])
def test_a_row_without_what_every_row_has_is_refused(key: str) -> None:
    row = {"slug": "1", "title": "Lead", "req_id": "1"}
    del row[key]
    with pytest.raises(UnexpectedAnswer, match=f"'{key}' is missing"):
        spider()()._row(row, "here")
