"""How a source-run ended: each rule of the design, and the order of the rules."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.night.outcome import COMPLETE, Facts, Outcome, decide, is_alarming
from crawler.report import FetchFailure, Report

URL = "https://jobs.example.org/list"


def report(listed: int = 3, pages: int = 1, **facts: Any) -> Report:
    return Report(listed=listed, pages=pages, **facts)


def failed(kind: Any, reason: str = "HTTP 500") -> list[FetchFailure]:
    return [FetchFailure(kind, URL, reason)]


def outcome(report: Report, **facts: Any) -> Outcome:
    facts.setdefault("stored", report.listed)
    return decide(Facts(report, **facts)).outcome


def test_a_listing_read_to_its_end_is_ok() -> None:
    assert outcome(report(declared_total=3)) == "ok"


def test_a_board_without_postings_is_empty_not_ok() -> None:
    assert outcome(report(listed=0, declared_total=0)) == "empty"


def test_a_run_that_read_no_page_is_never_empty() -> None:
    assert outcome(report(listed=0, pages=0)) == "partial"


@pytest.mark.parametrize("kind", ["blocked", "not_found", "unreachable"])
def test_a_first_page_that_failed_names_the_failure(kind: Outcome) -> None:
    verdict = decide(Facts(report(0, 0, listing_failures=failed(kind, "HTTP 4xx"))))
    assert verdict.outcome == kind
    assert verdict.reason == f"HTTP 4xx for {URL}"


@pytest.mark.parametrize("kind", ["not_found", "unreachable", "cut_short"])
def test_a_later_page_that_failed_makes_the_run_partial(kind: str) -> None:
    assert outcome(report(listing_failures=failed(kind))) == "partial"


def test_a_refusal_on_any_listing_page_is_blocked() -> None:
    assert outcome(report(listing_failures=failed("blocked", "HTTP 403"))) == "blocked"


def test_blocked_comes_before_a_parse_error() -> None:
    blocked = report(listing_failures=failed("blocked"))
    assert outcome(blocked, errors=["the key 'jobs' is missing"]) == "blocked"


def test_an_exception_in_a_callback_is_a_parse_error_though_scrapy_says_finished() -> None:
    verdict = decide(Facts(report(), errors=["the key 'jobs' is missing", "again"], stored=3))
    assert verdict.outcome == "parse_error"
    assert verdict.reason == "the key 'jobs' is missing (and 1 more)"


@pytest.mark.parametrize(("stored", "rejected", "expected"), [(2, 2, "ok"), (1, 2, "parse_error")])
def test_a_mandatory_field_missing_in_more_than_half(
    stored: int, rejected: int, expected: str
) -> None:
    run = report(listed=stored + rejected)
    assert outcome(run, stored=stored, rejected=rejected, reject_reason="no title") == expected


@pytest.mark.parametrize(
    ("listed", "declared", "slack", "expected"),
    [
        (39, 40, 0.0, "partial"),
        (40, 40, 0.0, "ok"),
        (39, 40, 0.05, "ok"),
        (37, 40, 0.05, "partial"),
    ],
)
def test_received_against_declared(listed: int, declared: int, slack: float, expected: str) -> None:
    assert outcome(report(listed, declared_total=declared), total_slack=slack) == expected


def test_rows_that_are_no_posting_count_as_received() -> None:
    assert outcome(report(2, declared_total=3, skipped_rows={"no title": 1})) == "ok"


def test_a_cap_or_an_early_stop_is_partial() -> None:
    assert outcome(report(cut_short="the 2,000 cap")) == "partial"
    assert outcome(report(), finish_reason="shutdown") == "partial"


@pytest.mark.parametrize(
    ("listed", "before", "expected"),
    [
        (27, [40, 40, 40, 40, 40], "suspect_drop"),
        (28, [40, 40, 40, 40, 40], "ok"),
        (0, [40], "suspect_drop"),
        (1, [9, 9, 9], "ok"),  # fewer than ten expected
        (0, [3, 3, 3], "empty"),
        (1, [], "ok"),
        (6, [40, 6, 6, 6, 6], "ok"),  # the median has learnt
    ],
)
def test_a_drop_against_the_median_of_complete_runs(
    listed: int, before: list[int], expected: str
) -> None:
    assert outcome(report(listed), complete_counts=before) == expected


def test_a_few_failed_details_leave_the_run_complete_and_are_named() -> None:
    run = report(40, details_asked=40, detail_failures=failed("unreachable"))
    verdict = decide(Facts(run, stored=40))
    assert verdict.complete
    assert "1 details failed" in verdict.reason


def test_most_details_failed() -> None:
    run = report(10, details_asked=10, detail_failures=failed("blocked", "HTTP 403") * 8)
    assert outcome(run) == "blocked"


def test_only_complete_runs_count() -> None:
    assert {"ok", "empty", "suspect_drop"} == COMPLETE


@pytest.mark.parametrize(
    ("outcomes", "alarming"),
    [
        (["ok"], False),
        (["empty", "ok"], False),
        (["not_found"], True),  # it never worked
        (["unreachable", "ok"], False),
        (["unreachable", "unreachable", "ok"], False),
        (["unreachable", "unreachable", "unreachable", "ok"], True),
        (["blocked", "ok"], False),
        (["blocked", "blocked", "ok"], True),
        (["parse_error", "ok", "ok"], True),
        (["suspect_drop", "ok"], False),
        (["suspect_drop", "suspect_drop", "ok"], True),
        ([], False),
    ],
)
def test_when_a_person_should_look(outcomes: list[Outcome], alarming: bool) -> None:
    assert is_alarming(outcomes) is alarming
