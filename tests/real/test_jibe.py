"""Recorded answers of Jibe boards. Every expectation was read from them by a person.

They are first pages of larger boards, or pieces of one, so they go through the pure parser; the
smallest whole answer that can be made of recorded rows goes through the spider.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.patterns import Page
from crawler.posting import Key, Salary
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample_files, sample_json

JCP = "jibe_jcp_jobs.json"
PETSMART = "jibe_petsmart_jobs.json"
AMD = "amd_1_row_shortened.json"
EXELON = "jobhq_exelon_rows_trimmed.json"
BOOKING = "techjobsnl_booking_page1_reduced.json"
USED = {JCP, PETSMART, AMD, EXELON, BOOKING}
# Files of samples/jibe that no test here reads, with the reason.
SKIPPED = {"tenants_research_sector.csv": "a list of addresses; the catalogue holds them"}


def read(host: str, answer: Any) -> Page:
    url = f"https://{host}/jobs"
    source = Source(id="real", platform="jibe", employer="Real", url=url, params={"host": host})
    spider: Any = spider_class(source)()
    api = f"https://{host}/api/jobs?page=1&limit=100"
    return spider.read_listing(response(api, json.dumps(answer)))


def test_a_board_on_icims() -> None:
    page = read("jobs.jcp.com", sample_json(f"jibe/{JCP}"))
    assert page.total == 6172
    first, second = page.rows
    assert first.native_id == first.fields["requisition_id"] == "9291"
    assert first.fields["title"] == "Store Manager"
    assert first.fields["raw_location"] == ["Thornton, Colorado"]
    assert first.fields["raw_country"] == "US"
    assert first.fields["raw_workplace"] is None
    assert first.fields["raw_employment_type"] == "FULL_TIME"
    assert first.fields["raw_date_posted"] == "2026-07-27T23:39:00+0000"
    assert first.fields["salary"] is None  # all of them 0; the figures are in tags
    assert first.fields["unit"] is None
    assert first.aliases == (Key("icims", "careers-jcpenney.icims.com", "9291"),)
    assert second.native_id == "9282"
    assert second.fields["title"] == "Assistant Designer"
    assert second.fields["url"] == "https://jobs.jcp.com/jobs/9282?lang=en-us"
    assert second.fields["raw_location"] == ["New York, New York"]


def test_a_board_on_another_system() -> None:
    page = read("careers.petsmart.com", sample_json(f"jibe/{PETSMART}"))
    assert page.total == 10847
    assert [row.native_id for row in page.rows] == [
        "104479036723-41447668006",
        "104479036723-5553400167",
        "104478721386-11431946456",
    ]
    first, _, third = page.rows
    assert first.fields["title"] == "Retail Operations Lead"
    assert first.fields["url"] == (
        "https://careers.petsmart.com/jobs/104479036723-41447668006?lang=en-us"
    )
    assert first.fields["raw_location"] == ["Bayamon, Puerto Rico"]
    assert first.fields["raw_country"] == "PR"
    assert first.fields["raw_date_posted"] == "2025-01-23T00:00:00+0000"
    assert first.fields["salary"] == Salary(min=13.66, max=19.16, unit="HOUR")
    assert first.fields["raw_salary"] == "13.66-19.16 HOURLY"
    assert first.aliases == ()
    assert third.fields["title"] == "Pet Groomer & Salon Trainer"
    assert third.fields["raw_location"] == ["Caguas, Puerto Rico"]


def test_a_whole_board_of_one_recorded_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {**sample_json(f"jibe/{AMD}"), "totalCount": 1}
    url = "https://careers.amd.com/jobs"
    block = {"id": "real", "employer": "AMD", "url": url, "params": {"host": "careers.amd.com"}}
    request = "GET https://careers.amd.com/api/jobs?page=1&limit=100"
    result = crawl(tmp_path, monkeypatch, "jibe", block, [(request, answer)])
    assert (result.verdict.outcome, result.verdict.reason) == ("ok", "")
    (posting,) = result.postings
    assert posting.title == "Automation of PDM processes Intern"
    assert posting.url == "https://careers.amd.com/jobs/76895?lang=en-us"
    assert posting.keys == [
        ("jibe", "careers.amd.com", "76895"),
        ("icims", "globalcampus-amd.icims.com", "76895"),
    ]
    assert posting.requisition_id == "76895"
    assert posting.raw_location == ["Singapore, Singapore"]
    assert posting.raw_country == "SG"
    assert posting.date_posted is not None
    assert posting.date_posted.isoformat() == "2026-07-31"
    assert posting.raw_valid_through is None  # its posting_expiry_date is 2026-12-30
    assert posting.description_html is not None
    # `responsibilities` repeats the description
    assert posting.description_html.count("LOCATION: Singapore") == 1


def test_rows_without_most_keys() -> None:
    page = read("jobs.exeloncorp.com", sample_json(f"jibe/{EXELON}"))
    assert page.total == 99
    assert [
        (row.native_id, row.fields["title"], row.fields["raw_location"], row.aliases[0].tenant)
        for row in page.rows
    ] == [
        ("29866", "Senior Recruiter", ["OAKBROOK TERRACE, Illinois"], "careers-comed.icims.com"),
        (
            "29504",
            "Dir Reg Strategy & Rev Policy",
            ["PHILADELPHIA, Pennsylvania"],
            "careers-peco.icims.com",
        ),
        (
            "29955",
            "Staff Accountant - BSC (Hybrid)",
            ["CHICAGO, Illinois"],
            "careers-exeloncorp.icims.com",
        ),
    ]


def test_a_row_without_slug_is_refused() -> None:
    """The keeper of this sample left it out; every recorded answer has it."""
    answer = sample_json(f"jibe/{BOOKING}")
    with pytest.raises(UnexpectedAnswer, match="'slug' is missing"):
        read("jobs.booking.com", answer)


def test_several_places_are_several() -> None:
    answer = sample_json(f"jibe/{BOOKING}")
    for job in answer["jobs"]:
        job["data"]["slug"] = job["data"]["req_id"]
    first, second = read("jobs.booking.com", answer).rows
    assert first.fields["raw_location"] == ["Amsterdam, Netherlands", "Manchester, United Kingdom"]
    assert first.fields["raw_country"] is None
    assert first.fields["unit"] == "Trips"
    assert second.fields["raw_location"] == ["Amsterdam, Netherlands"]
    assert second.fields["raw_country"] == "NL"


def test_every_file_is_read_or_named() -> None:
    assert {*USED, *SKIPPED} == sample_files("jibe")
