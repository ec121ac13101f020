"""Workday against recorded answers; what is expected was written by hand from reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from spiders.workday import Workday
from tests.real.conftest import crawl, sample_files, sample_json

SKIPPED = {
    "jsonld_adobe_R168193.json": "JSON-LD of a posting's public page, which a crawl never asks",
}
# A listing with its board; the recordings are trimmed, most keep the total of the whole board.
BOARDS = {
    "list_capitalone_wd12_facets.json": "https://capitalone.wd12.myworkdayjobs.com/Capital_One",
    # The recording does not name its tenant; neither does any of its rows.
    "list_durham_nested_facets_no_postedon.json": "https://durham.wd5.myworkdayjobs.com/Careers",
    "list_ngc_wd1.json": "https://ngc.wd1.myworkdayjobs.com/Northrop_Grumman_External_Site",
    "list_nvidia_total2000_wd5.json": "https://nvidia.wd5.myworkdayjobs.com/NVIDIAExternalCareerSite",
    "list_nvidia_wd5.json": "https://nvidia.wd5.myworkdayjobs.com/NVIDIAExternalCareerSite",
    "list_salesforce_wd12.json": "https://salesforce.wd12.myworkdayjobs.com/External_Career_Site",
    "list_workday_wd5.json": "https://workday.wd5.myworkdayjobs.com/Workday",
}
DETAILS = {
    "detail_msd_wd5_multilocation_enddate.json": "https://msd.wd5.myworkdayjobs.com/SearchJobs",
    "detail_nvidia_wd5.json": BOARDS["list_nvidia_wd5.json"],
    "detail_sprinklr_wd1.json": "https://sprinklr.wd1.myworkdayjobs.com/careers",
    "detail_workday_wd5.json": BOARDS["list_workday_wd5.json"],
}
ERRORS = {
    "error_400_limit_over_20.json",
    "error_403_s22_closed_posting.json",
    "error_422_wrong_datacentre.json",
}
NOTHING_MORE = {"total": 0, "jobPostings": [], "facets": [], "userAuthenticated": False}


def test_every_recording_is_used_or_skipped_with_a_reason() -> None:
    assert {*BOARDS, *DETAILS, *ERRORS, *SKIPPED} == sample_files("workday")


def api(board: str) -> str:
    host = urlsplit(board).netloc
    return f"https://{host}/wday/cxs/{host.split('.')[0]}/{board.rpartition('/')[2]}"


def block(board: str) -> dict[str, Any]:
    return {"id": "recorded", "employer": "The Employer", "url": board}


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


Y, T = "Posted Yesterday", "Posted Today"
# Outcome, its reason, declared total; then what `facts` says of each row. Double spaces are theirs.
# fmt: off
LISTINGS: dict[str, tuple[str, str, int, list[tuple[Any, ...]]]] = {
    "list_capitalone_wd12_facets.json": ("partial", "5 of 810 were listed", 810, [
        ("R241466-1", "R241466", "Lead Data Engineer", [], Y, None, "Full time"),
        ("R245339-1", "R245339",
         "Principal Associate, Software Engineer - International Card Tech - Mobile",
         ["Toronto, ON"], Y, None, "Full time"),
        ("R245438-1", "R245438", "Distinguished Engineer - Card Tech", [], Y, None, "Full time"),
        ("R244053-1", "R244053", "Lead Software Engineer (Python, Kubernetes)",
         ["McLean, VA"], Y, None, "Full time"),
        ("R243833-1", "R243833", "Lead Software Engineer, Full Stack", [], Y, None, "Full time"),
    ]),
    "list_durham_nested_facets_no_postedon.json": ("ok", "", 3, [
        ("R26-129-1", "R26-129", "Director, Pre-Clinical Manufacturing",
         ["Durham, NC"], None, None, None),
        ("R26-122-1", "R26-122", "Manager, Data Management", [], None, None, None),
        ("R26-105-1", "R26-105", "Associate Scientist, AS&T", ["Durham, NC"], None, None, None),
    ]),
    "list_ngc_wd1.json": ("ok", "", 3, [
        ("R10238386", "R10238386", "Energetics Manufacturing Engineer – Level 4",
         ["United States-Utah-Corinne"], T, None, "Full time"),
        ("R10238221", "R10238221", "Subcontracts Specialist",
         [], "Posted 3 Days Ago", None, "Full time"),
        ("R10239285", None, "Staff Chief Engineer",  # the row without bulletFields
         ["United States-Maryland-Baltimore"], "Posted 30+ Days Ago", None, "Full time"),
    ]),
    "list_nvidia_total2000_wd5.json": ("partial", "2,000 cap", 2000, [
        ("JR2018805", "JR2018805", "Developer Relations Manager, Healthcare Robotics",
         ["US, CA, Santa Clara"], T, None, None),
        ("JR2014797", "JR2014797", "Engagement Tech Lead, Developer Relations - AI Agents",
         ["US, CA, Santa Clara"], T, None, None),
    ]),
    "list_nvidia_wd5.json": ("ok", "", 3, [
        ("JR2021705", "JR2021705", "Practical Hardware Electronics Test Engineer",
         ["Israel, Yokneam"], T, None, None),
        ("JR1980127", "JR1980127",
         "Distinguished Software Architect - Deep Learning and HPC Communications",
         ["US, CA, Santa Clara"], Y, None, None),
        ("JR2008808", "JR2008808",
         "Senior Data Center Performance Engineer - Benchmarking and Optimization",
         [], "Posted 2 Days Ago", None, None),
    ]),
    "list_salesforce_wd12.json": ("ok", "", 2, [
        ("JR354232", "JR354232",
         "Solution Architect / Senior Solution Architect - PubSec - SLED/NGO", [], Y, None, None),
        ("JR332446", "JR332446",
         "Customer Success Manager - Global Public Sector (State, Local Government and Education)",
         [], "Posted 3 Days Ago", None, None),
    ]),
    "list_workday_wd5.json": ("partial", "4 of 347 were listed", 347, [
        ("JR-0105489-1", "JR-0105489", "Sr Site Reliability Engineer (US Federal)",
         ["USA.VA.Reston"], Y, "Onsite", None),
        ("JR-0105486", "JR-0105486", "Sr. Site Reliability Engineer (US Federal)",
         ["USA.VA.Reston"], Y, "Onsite", None),
        ("JR-0105490-1", "JR-0105490", "Site Reliability Engineer (US Federal)",
         ["USA.VA.Reston"], Y, "Onsite", None),
        ("JR-0105494", "JR-0105494", "Analytics Sr Software Engineer (US Federal)",
         ["USA.VA.Reston"], "Posted 2 Days Ago", "Flex", None),
    ]),
}
# fmt: on


@pytest.mark.parametrize("name", LISTINGS)
def test_listing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workday, "max_details", 0)  # none of these is recorded with its listing
    outcome, reason, total, expected = LISTINGS[name]
    request = f"POST {api(BOARDS[name])}/jobs"
    exchanges: list[tuple[Any, ...]] = [(request, f"workday/{name}")]
    if total > 20:
        exchanges.append((request, NOTHING_MORE))
    result = crawl(tmp_path, monkeypatch, "workday", block(BOARDS[name]), exchanges)
    assert result.verdict.outcome == outcome
    assert reason in result.verdict.reason
    assert result.report.declared_total == total
    assert [facts(posting) for posting in result.postings] == expected
    paths = [row["externalPath"] for row in sample_json(f"workday/{name}")["jobPostings"]]
    assert [posting.url for posting in result.postings] == [BOARDS[name] + path for path in paths]


# What the detail adds to its row; texts by their start.
SAID: dict[str, dict[str, Any]] = {
    "detail_msd_wd5_multilocation_enddate.json": {
        "native_id": "R418677",
        "requisition_id": "R418677",
        "title": "2027 Future Talent Program - Manufacturing Strategy, Business Development and "
        "Alliances (MSBDA) Intern",
        "url": "https://msd.wd5.myworkdayjobs.com/SearchJobs/job/USA---Pennsylvania---West-Point/"
        "XMLNAME-2027-Future-Talent-Program---Manufacturing-Strategy--Business-Development-and-"
        "Alliances--MSBDA--Intern_R418677",
        "raw_location": ["USA - Pennsylvania - West Point", "USA - New Jersey - Rahway"],
        "raw_country": "US",
        "raw_workplace": "Hybrid",
        "raw_employment_type": "Full time",
        "raw_date_posted": "2026-09-23",
        "raw_valid_through": "2026-11-09",
        "description": "Job Description",
    },
    "detail_nvidia_wd5.json": {
        "native_id": "JR2021705",
        "requisition_id": "JR2021705",
        "title": "Practical Hardware Electronics Test Engineer",
        "url": "https://nvidia.wd5.myworkdayjobs.com/NVIDIAExternalCareerSite/job/Israel-Yokneam/"
        "Practical-Hardware-Electronics-Test-Engineer_JR2021705",
        "raw_location": ["Israel, Yokneam"],
        "raw_country": "IL",
        "raw_workplace": None,
        "raw_employment_type": "Full time",
        "raw_date_posted": "2026-08-02",
        "raw_valid_through": None,
        "description": "Our Lab team in Israel Yokneam seeks",
    },
    "detail_sprinklr_wd1.json": {
        "native_id": "112655-JOB",
        "requisition_id": "112655-JOB",
        "title": "Lead Software Engineer",
        "url": "https://sprinklr.wd1.myworkdayjobs.com/careers/job/India---Haryana---Gurgaon/"
        "Lead-Software-Engineer_112655-JOB",
        "raw_location": ["India - Haryana - Gurgaon"],
        "raw_country": "IN",
        "raw_workplace": None,
        "raw_employment_type": "Full time",
        "raw_date_posted": "2026-02-17",
        "raw_valid_through": None,
        "description": None,  # emptied before it was recorded
    },
    "detail_workday_wd5.json": {
        "native_id": "JR-0105486",
        "requisition_id": "JR-0105486",
        "title": "Sr. Site Reliability Engineer (US Federal)",
        "url": "https://workday.wd5.myworkdayjobs.com/Workday/job/USAVAReston/"
        "Sr-Site-Reliability-Engineer--US-Federal-_JR-0105486",
        "raw_location": ["USA.VA.Reston"],
        "raw_country": "US",
        "raw_workplace": "Onsite",
        "raw_employment_type": "Full Time",
        "raw_date_posted": "2026-07-25",
        "raw_valid_through": None,
        "description": "Your work days are brighter here.",
    },
}


@pytest.mark.parametrize("name", SAID)
def test_detail(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = dict(SAID[name])
    board = DETAILS[name]
    path = expected["url"].removeprefix(board)
    row = {"title": expected["title"], "externalPath": path, "locationsText": "2 Locations"}
    exchanges = [
        (f"POST {api(board)}/jobs", {**NOTHING_MORE, "total": 1, "jobPostings": [row]}),
        (f"GET {api(board)}{path}", f"workday/{name}"),
    ]
    result = crawl(
        tmp_path, monkeypatch, "workday", block(board), exchanges, now="2026-09-24T03:00:00+00:00"
    )
    assert result.verdict.outcome == "ok"
    (posting,) = result.postings
    start = expected.pop("description")
    assert {key: getattr(posting, key) for key in expected} == expected
    assert posting.date_posted.isoformat() == expected["raw_date_posted"]
    # The recorded hiringOrganization is a legal entity; the catalogue's name stands.
    assert posting.organization == "The Employer"
    assert posting.salary is None
    if start is None:
        assert not posting.description_html
    else:
        assert posting.description_text.lstrip().startswith(start)


def test_a_board_with_a_read_a_closed_and_a_failed_posting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = BOARDS["list_nvidia_wd5.json"]
    rows = sample_json("workday/list_nvidia_wd5.json")["jobPostings"]
    read, closed, failed = (f"GET {api(board)}{row['externalPath']}" for row in rows)
    exchanges = [
        (f"POST {api(board)}/jobs", "workday/list_nvidia_wd5.json"),
        (read, "workday/detail_nvidia_wd5.json"),
        (closed, "workday/error_403_s22_closed_posting.json", 403),
        (failed, "workday/error_422_wrong_datacentre.json", 422),
    ]
    result = crawl(tmp_path, monkeypatch, "workday", block(board), exchanges)
    assert result.verdict.outcome == "ok"
    assert "the first with HTTP 422" in result.verdict.reason
    said = [(p.native_id, bool(p.closed_reason), p.detail_read) for p in result.postings]
    assert said[0] == ("JR2021705", False, True)
    assert said[1][:2] == ("JR1980127", True)
    assert said[2] == ("JR2008808", False, False)


@pytest.mark.parametrize(
    ("name", "status", "outcome"),
    [
        ("error_400_limit_over_20.json", 400, "unreachable"),
        ("error_403_s22_closed_posting.json", 403, "blocked"),
        ("error_422_wrong_datacentre.json", 422, "not_found"),
    ],
)
def test_a_listing_that_answers_an_error(
    name: str, status: int, outcome: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = BOARDS["list_nvidia_wd5.json"]
    exchanges = [(f"POST {api(board)}/jobs", f"workday/{name}", status)]
    result = crawl(tmp_path, monkeypatch, "workday", block(board), exchanges)
    assert result.verdict.outcome == outcome
    assert f"HTTP {status}" in result.verdict.reason
    assert result.postings == []
