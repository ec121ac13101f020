"""Greenhouse against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.patterns import Row
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample_files, sample_json

SKIPPED = {
    "departments_board.json": "the tree of departments, which a crawl never asks",
}
ERROR = "error_404_job_not_found.json"
API = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true&pay_transparency=true"


def block(token: str) -> dict[str, Any]:
    url = f"https://job-boards.greenhouse.io/{token}"
    return {"id": "recorded", "employer": "The Employer", "url": url}


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.requisition_id,
        posting.title,
        posting.raw_location,
        posting.raw_date_posted,
        posting.raw_workplace,
        posting.raw_employment_type,
    )


# Token, outcome and its reason, declared total; then what `facts` says of each row.
# fmt: off
LISTINGS: dict[str, tuple[str, str, str, int | None, list[tuple[Any, ...]]]] = {
    "list_airbnb.json": ("airbnb", "ok", "", None, [
        ("7995153", None, "Acquisition Manager", ["Berlin, Germany"],
         "2026-06-10T08:50:56-04:00", "Hybrid", None),
        ("7946288", None, "AI Engineer, Community Support Engineering", ["China - Remote"],
         "2026-05-21T04:58:01-04:00", "Remote", None),
    ]),
    # Two rows of a board that declares 37.
    "list_amplitude_content.json": ("amplitude", "partial", "2 of 37 declared", 37, [
        ("8636903002", "R-12263", "Customer Data Scientist - Experimentation", ["London, UK"],
         "2026-07-16T11:55:32-04:00", None, "Regular"),
        ("8651132002", "R-12278", "Emerging Account Executive (India)", ["Bangalore, India"],
         "2026-07-27T02:52:26-04:00", None, "Regular"),
    ]),
    "list_asteraearlycareer2026_content.json": ("asteraearlycareer2026", "ok", "", 5, [
        ("4611422005", "2035", "Design Verification Engineer (Intern 2026)",
         ["Toronto, Ontario, Canada"], "2025-09-22T15:23:30-04:00", None, "Internship"),
        ("4670791005", "2347", "Field Application Engineering Intern", ["Taipei, Taiwan"],
         "2026-03-06T17:28:16-05:00", None, "Internship"),
        ("4609356005", "1994", "Firmware Engineer (Internship) - Vancouver", ["Vancouver, Canada"],
         "2025-09-25T13:28:47-04:00", None, "Internship"),
        ("4562833005", "1765", "Platform Applications Engineer Intern (8-month Co-Op)",
         ["Vancouver, Canada"], "2025-05-08T16:38:35-04:00", None, "Internship"),
        ("4670949005", "2350", "Sales Intern", ["Taipei, Taiwan"],
         "2026-03-09T22:27:04-04:00", None, "Internship"),
    ]),
    "list_databricks_redacted.json": ("databricks", "ok", "", None, [
        ("8559344002", "FEQ327R203", "ソリューションアーキテクト (プリセールス)", ["Tokyo, Japan"],
         "2026-06-29T02:02:50-04:00", None, None),
        ("8428882002", "CSQ327R31", "デリバリーソリューションアーキテクト", ["Tokyo, Japan"],
         "2026-03-05T06:43:29-05:00", None, None),
    ]),
    "list_duolingo_content.json": ("duolingo", "ok", "", None, [
        ("8455252002", "R-01106", "Business Development Manager", ["London, England"],
         "2026-03-09T11:34:05-04:00", None, None),
        ("8576434002", "R-01156", "Corporate Counsel", ["Pittsburgh, PA"],
         "2026-06-03T09:39:17-04:00", None, None),
    ]),
    # The third row is the recording project's own, with the first one's link.
    "list_gongio.json": ("gongio", "ok", "", None, [
        ("4679941006", "77", "Commercial Revenue Architect",
         ["Austin", "Chicago", "New York City", "Salt Lake City", "San Francisco"],
         "2026-05-07T14:53:31-04:00", None, None),
        ("4678879006", "JR102762", "Enterprise Growth Revenue Architect", ["Remote (US)"],
         "2026-05-22T11:45:17-04:00", None, "Full time"),
        ("999000111", "77", "Backend Engineer", ["Dublin"],
         "2026-05-07T14:53:31-04:00", None, None),
    ]),
    "list_stripe_nocontent.json": ("stripe", "ok", "", 6, [
        ("8023928", None, "Account Executive, Bridge", ["London"],
         "2026-07-30T06:59:38-04:00", None, None),
        ("8077887", None, "Account Executive, Bridge", ["SF, NYC, SEA, CHI"],
         "2026-07-22T13:15:53-04:00", None, None),
        ("8042978", None, "Account Executive, Commercial Grower (Japanese Fluency)", ["Japan"],
         "2026-07-02T03:24:50-04:00", None, None),
        ("7789539", None, "Account Executive, Commercial Hunter (Japanese Fluency)", ["Japan"],
         "2026-04-17T00:47:42-04:00", None, None),
        ("7893199", None, "Account Executive, Cross Border China", ["Singapore"],
         "2026-05-06T04:59:55-04:00", None, None),
        ("7993151", None, "Account Executive - Enterprise, Grower",
         ["US-Remote, US-San Francisco, US-Chicago, US-New York, US-Seattle, US-Texas"],
         "2026-06-09T13:38:22-04:00", None, None),
    ]),
}
# One job each: id, requisition, title, places, department, way of working, contract, pay.
DETAILS: dict[str, tuple[Any, ...]] = {
    "detail_anthropic_5101378008_questions.json": (
        "5101378008", "260322", "Account Executive, Public Sector", ["Sydney, Australia"],
        "Sales", None, None, None),
    "detail_coinbase_7822885_questions.json": (
        "7822885", "P76779", "Accounting Manager, GL Operations & Intercompany",
        ["Remote - Canada"], "Finance & Accounting", None, None, None),
    "detail_digitalocean.json": (
        "7975125", "2026-7830", "Principal Software Engineer", ["Seattle"], "Security", "Remote",
        None, None),
    "detail_discord_8485797002_questions.json": (
        "8485797002", "R-107233", "Data Scientist, Analytics", ["San Francisco Bay Area"],
        "Data Science & Engineering", None, None, None),
    "detail_gongio_4679941006.json": (
        "4679941006", "77", "Commercial Revenue Architect",
        ["Austin", "Chicago", "New York City", "Salt Lake City", "San Francisco"],
        "Customer Success", None, None, None),
    "detail_hubspotjobs.json": (
        "7621322", "POS-2643", "Principal Software Engineer, Security, Detection & Response",
        ["Remote - USA"], "Engineering", None, "Full time", (266200.0, 425900.0, "USD", None)),
    "detail_pinterest.json": (
        "7923195", "R0007352", "Staff Software Engineer, Growth AI",
        ["San Francisco, CA, US", "Palo Alto, CA, US", "Seattle, WA, US", "Los Angeles, CA, US"],
        "Core Engineering", None, "Regular", None),
    "detail_scaleai.json": (
        "4599700005", "GH-1750", "Staff Infrastructure Software Engineer, Enterprise AI",
        ["New York, NY", "San Francisco, CA"], "Enterprise Engineering", None, None, None),
    "detail_sofi.json": (
        "7679621003", "R0013007", "Principal Engineer, Digital Identity",
        ["WA - Seattle", "CA - San Francisco"], "Engineering", None, "Full time",
        (198400.0, 341000.0, "USD", None)),
    "detail_stripe.json": (
        "7761694", None, "Software Engineer, Product Security Data Platforms", ["Seattle"],
        "8612 Security Infrastructure", None, None, None),
}
# fmt: on
PAY = "detail_airbnb_8184174_pay_input_ranges.json"


@pytest.mark.parametrize("file", LISTINGS)
def test_a_whole_board(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token, outcome, reason, total, rows = LISTINGS[file]
    result = crawl(
        tmp_path,
        monkeypatch,
        "greenhouse",
        block(token),
        [(f"GET {API.format(token)}", f"greenhouse/{file}")],
    )
    assert result.verdict.outcome == outcome
    assert reason in result.verdict.reason
    assert result.report.declared_total == total
    assert [facts(posting) for posting in result.postings] == rows
    for posting in result.postings:
        assert ("greenhouse", "", posting.native_id) in posting.keys


def rows_of(job: dict[str, Any]) -> list[Row]:
    """A recorded job as the one of its board."""
    spider = spider_class(Source.model_validate({"platform": "greenhouse", **block("x")}))()
    return spider.read_listing(response(API.format("x"), json.dumps({"jobs": [job]}))).rows


@pytest.mark.parametrize("file", DETAILS)
def test_a_single_job_has_the_form_of_a_row(file: str) -> None:
    (row,) = rows_of(sample_json(f"greenhouse/{file}"))
    pay = row.fields["salary"]
    assert (
        row.native_id,
        row.fields["requisition_id"],
        row.fields["title"],
        row.fields["raw_location"],
        row.fields["unit"],
        row.fields["raw_workplace"],
        row.fields["raw_employment_type"],
        pay and (pay.min, pay.max, pay.currency, pay.unit),
    ) == DETAILS[file]


def test_the_text_is_unescaped_once() -> None:
    (row,) = rows_of(sample_json("greenhouse/detail_gongio_4679941006.json"))
    assert row.fields["description_html"].startswith(
        "<div><p>Trimmed for fixture.</p>\n<p>Education &amp; learning stipend.&nbsp;</p>"
    )


def test_pay_in_cents() -> None:
    """The recording is cut to its pay: the keys of every job are given by hand."""
    (row,) = rows_of(sample_json(f"greenhouse/{PAY}") | {"internal_job_id": 1, "language": "en"})
    assert row.fields["salary"].model_dump() == {
        "min": 46000.0,
        "max": 54000.0,
        "currency": "GBP",
        "unit": "YEAR",
    }
    assert row.fields["raw_salary"] == "United Kingdom Annual Pay Range: GBP 46000.00 - 54000.00"


def test_a_board_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = crawl(
        tmp_path,
        monkeypatch,
        "greenhouse",
        block("nowhere"),
        [(f"GET {API.format('nowhere')}", f"greenhouse/{ERROR}", 404)],
    )
    assert result.verdict.outcome == "not_found"
    assert result.postings == []


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    used = {*LISTINGS, *DETAILS, ERROR, PAY}
    assert used.isdisjoint(SKIPPED)
    assert used | set(SKIPPED) == sample_files("greenhouse")
