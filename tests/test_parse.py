"""`rolecall parse`: what a contributor is shown of a text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from crawler.commands.parse import command


def parsed(*args: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(command, [*args, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    answers: list[dict[str, Any]] = json.loads(result.output)
    return answers


def test_places() -> None:
    dallas, berlin = parsed("place", "US-TX-Dallas", "Berlin, DE", "--country", "DE")
    assert dallas["notation"] == "Dallas TX USA"
    assert dallas["places"][0]["country"] == "US"
    assert berlin["notation"] == "Berlin DE"


def test_dates_are_read_as_the_site_writes_them() -> None:
    asked = ("date", "05/10/2026", "Posted 3 Days Ago", "--on", "2026-08-20")
    assert [a["date"] for a in parsed(*asked)] == [None, "2026-08-17"]
    assert parsed(*asked, "--day-first")[0]["date"] == "2026-10-05"
    assert parsed(*asked, "--month-first")[0]["date"] == "2026-05-10"
    assert parsed(*asked)[1]["relative"] is True


def test_pay_and_employment() -> None:
    (pay,) = parsed("pay", "£34,304 to £42,149 per annum, Grade 7, pro rata")
    assert pay["pay"] == {"min": 34304.0, "max": 42149.0, "currency": "GBP", "unit": "YEAR"}
    (contract,) = parsed("employment", "Fixed-term, part time")
    assert contract["employment"] == "PART_TIME, TEMPORARY"


@pytest.mark.parametrize("kind", ["place", "date", "pay", "employment"])
def test_what_is_not_understood_is_empty_and_no_error(kind: str) -> None:
    result = CliRunner().invoke(command, [kind, "???", ""], catch_exceptions=False)
    assert result.exit_code == 0
    assert result.output.startswith("???\n    ")
