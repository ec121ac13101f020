"""Lever's recorded answers. Every expectation was read from the files by a person."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from parsel import Selector

from crawler.loader import spider_class
from crawler.patterns import Row
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample_files, sample_json

# Files of samples/lever that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}


class Seen(NamedTuple):
    """What a person reads in a recorded posting."""

    id: str  # its first eight digits
    title: str
    place: list[str]
    country: str | None
    posted: date  # of createdAt, in UTC
    unit: str
    start: str  # of the text
    also: tuple[str, ...] = ()  # from the lists, the additional part and the pay
    pay: tuple[float, float] | None = None  # US dollars a year
    commitment: str | None = None
    workplace: str | None = None


IFM = "About the Institute of Foundation Models"
DEMO = "Welcome to the Demo Job Listing for Lever!"
SUNNYVALE, ABU_DHABI = ["Sunnyvale, CA"], ["Abu Dhabi"]
BOARDS: dict[str, tuple[str, list[Seen]]] = {
    "list_ifm_us_trimmed7of43.json": (
        "ifm-us",
        [
            Seen("3eec355c", "AI Research Internship - WM", SUNNYVALE, "US", date(2026, 6, 12),
                 "Engineering", IFM, (), (100000, 140000), "Intern | Summer", "onsite"),
            Seen("52ce9fff", "Finance Operations Coordinator", SUNNYVALE, "US", date(2026, 5, 19),
                 "Operations", IFM,
                 ("Key Responsibilities", "Finance Administration", "Technical Skills",
                  "Strong proficiency in Microsoft Excel", "good faith estimate"),
                 (70000, 110000), "Full-time", "onsite"),
            Seen("5c662f6d", "High Performance Computing Software Engineer - Supercomputing",
                 ABU_DHABI, "AE", date(2025, 8, 15), "Engineering", IFM,
                 ("Job Responsibilities", "Skills & Experience",
                  "Proven experience developing and optimizing software"),
                 None, "Full-time", "onsite"),
            Seen("4c44a0f8", "HPC Engineer", SUNNYVALE, "US", date(2026, 6, 1), "Engineering",
                 "About MBZUAI",
                 ("Responsibilities", "Preferred Qualifications", "Benefits Include"),
                 (150000, 300000), "Full-time", "onsite"),
            Seen("2beae2fc", "Project Manager – High Performance Computing (HPC)", ABU_DHABI, "AE",
                 date(2026, 2, 17), "Engineering", "The Institute of Foundation Models (IFM) at",
                 ("HPC Project Execution & Coordination", "Reporting & Executive Communication",
                  "5+ years of experience in Project Management."),
                 None, "Full-time", "onsite"),
            Seen("00c6696f", "Research Engineer - The Diffusion LLM Team", SUNNYVALE, "US",
                 date(2026, 4, 27), "Engineering", IFM, ("Salary Range",), (150000, 400000),
                 "Full-time", "onsite"),
            Seen("0d6c2a0b", "Senior Distributed Systems Engineer", SUNNYVALE, "US",
                 date(2026, 3, 3), "Engineering", IFM,
                 ("This position is eligible for visa sponsorship.",), (200000, 400000), None,
                 "onsite"),
        ],
    ),
    "list_leverdemo.json": (
        "leverdemo",
        [
            Seen("33538a2f", "AbelsonTaylor Writer", ["Arlington, TX"], "US", date(2019, 3, 21),
                 "Customer Success", DEMO, ("Qualifications", "be very smart", "work VERY hard"),
                 None, "Regular Full Time (Salary)", "hybrid"),
            Seen("dbedd284", "Account Director (Inside/Outside Hybrid Sales)", ["Atlanta, Georgia"],
                 "US", date(2017, 8, 16), "Sales", DEMO, ("About the Gig:", "About You:"),
                 None, "Regular Full Time (Salary)", "hybrid"),
            Seen("1897fca1", "Account Executive", ["Bombay, MH"], "IN", date(2019, 5, 16), "Sales",
                 DEMO, ("Work with customers",), None, None, "unspecified"),
            Seen("79eda854", "Account Executive", [], None, date(2019, 4, 24), "Sales", DEMO,
                 ("WITHIN 12 MONTHS, YOU'LL", "IS THIS ROLE NOT AN EXACT FIT?"),
                 None, None, "unspecified"),
            Seen("c559265a", "Account Executive", ["Amsterdam, Netherlands"], "NL",
                 date(2019, 11, 25), "Business Development", "aegaegdagdag", ("afafeafd", "afaf"),
                 (10000, 125000), None, "remote"),
            Seen("cdb8268a", "Account Executive", ["San Francisco, CA"], "US", date(2021, 11, 24),
                 "Client Services", DEMO,
                 ("What to expect while in this role", "We would love for you to join us!",
                  "Final salary will be based on skill"),
                 (50000, 70000), None, "hybrid"),
        ],
    ),
    "list_idealistconsulting.json": (
        "idealistconsulting",
        [
            Seen("a24ec4e5",
                 "(1099 Contract) Nonprofit Salesforce Consultant: Enterprise Project Manager",
                 ["Chicago, IL"], "US", date(2025, 11, 27), "Services Team",
                 "Are you tenacious, pragmatic,",
                 ("How You'll Contribute", "Guide full project life cycle",
                  "Contractor hourly rates are set based on experience"),
                 None, "Contract", "remote"),
            Seen("5d54d69b", "(1099 Contract) Salesforce for Nonprofits: Solution Architect",
                 ["Washington, D.C."], "US", date(2023, 1, 29), "Services Team",
                 "Are you tenacious, pragmatic,",
                 ("What You Can Expect", "A Little More About Us"), None, "Contract", "remote"),
        ],
    ),
    "list_outreach.json": (
        "outreach",
        [
            Seen("a60fb104", "Account Executive, Commercial", ["United States"], "US",
                 date(2026, 6, 29), "Sales", "About Outreach", ("#LIRemote",), (140000, 160000),
                 "Full-Time", "remote"),
            Seen("f9e62dad", "Account Manager, Commercial, EMEA", ["London"], "GB",
                 date(2026, 7, 13), "Sales", "About Outreach", ("25 days holiday",), None,
                 "Full-Time", "hybrid"),
            Seen("1ee6929b", "AI GTM Architect (Revenue Operations)", ["United States"], "US",
                 date(2026, 6, 17), "Revenue Operations", "About Outreach", (), (145000, 185000),
                 "Full-Time", "remote"),
            Seen("aa98974b", "Applied Scientist, Sync", ["Seattle, WA"], "US", date(2026, 4, 20),
                 "Engineering", "About Outreach", (), (130000, 160000), "Full-Time", "hybrid"),
        ],
    ),
    "list_palantir.json": (
        "palantir",
        [
            Seen("0bbfd4f4", "Administrative Business Partner - Security", ["Palo Alto, CA"], "US",
                 date(2026, 5, 12), "Administrative", "A World-Changing Company",
                 ("Core Responsibilities", "What We Require"), None, "Full-time", "hybrid"),
            Seen("fe2a8c69", "Administrative Business Partner - Security", ["New York, NY"], "US",
                 date(2026, 3, 3), "Administrative", "A World-Changing Company",
                 ("What We Value", "is estimated to be $60,000 - $97,000/year"),
                 None, "Full-time", "hybrid"),
        ],
    ),
    "list_recruitai.json": (
        "people-ai",
        [
            Seen("d6d4ddcc", "Director of IT", ["United States"], "US", date(2026, 4, 28), "G&A",
                 "About Backstory", ("Responsibilities", "Headquartered in San Francisco"),
                 (200000, 270000), "Full-Time", "remote"),
            Seen("c95e83cc", "Key Account Executive", ["Remote"], "US", date(2026, 7, 7), "Sales",
                 "About Backstory", ("Responsibilities:",), (350000, 400000), "Full-Time",
                 "remote"),
            Seen("bb0e548d", "Principal Customer Success Manager", ["Remote"], "US",
                 date(2026, 7, 7), "Customer Success", "About Backstory",
                 ("Build and execute strategic success plans",), None, "Full-Time", "remote"),
            Seen("282276d1", "Senior Software Engineer — XCore (Europe)", ["Poland"], "PL",
                 date(2026, 6, 26), "Engineering - Europe",
                 "As a Senior SWE on the XCore team", ("What you will do:",), None, "Contract",
                 "remote"),
        ],
    ),
    "list_spotify.json": (
        "spotify",
        [
            Seen("88499546", "Accounts Payable Analyst", ["New York, NY"], "US", date(2026, 5, 11),
                 "Finance", "You’ll join Spotify’s Finance team", (), (66189, 94556), "Permanent",
                 "hybrid"),
            Seen("66acb66f", "Advertiser Solutions Vendor Lead - Programmatic and Direct Support",
                 ["London"], "GB", date(2026, 6, 10), "Advertising", "Support what you love.",
                 (), None, "Permanent", "hybrid"),
        ],
    ),
    "list_veeva.json": (
        "veeva",
        [
            Seen("466ed4a1", "(Associate) Team Lead - Data Operations", ["Portugal - Lisbon"], "PT",
                 date(2026, 1, 30), "Data Operations", "Veeva Systems is a missi",
                 ("#RemotePortugal",), None, "Full-Time", "remote"),
            Seen("7465bdb3", "(Associate) Team Lead - Data Operations", ["Spain - Barcelona"], "ES",
                 date(2026, 1, 30), "Data Operations", "Veeva Systems is a missi",
                 ("#RemoteSpain",), None, "Full-Time", "remote"),
        ],
    ),
}  # fmt: skip
SINGLE = (
    "detail_mistral_no_lists.json",
    "detail_mistral_with_lists.json",
    "posting_weride_salaryrange.json",
)
ERROR = "error_404_document_not_found.json"


def plain(html: str) -> str:
    return " ".join(" ".join(Selector(text=html).xpath("//text()").getall()).split())


def block(site: str) -> dict[str, Any]:
    return {"id": "recorded", "employer": "Recorded", "url": f"https://jobs.lever.co/{site}"}


@pytest.mark.parametrize("file", BOARDS)
def test_board(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, seen = BOARDS[file]
    request = f"GET https://api.lever.co/v0/postings/{site}?mode=json"
    result = crawl(tmp_path, monkeypatch, "lever", block(site), [(request, f"lever/{file}")])
    assert (result.verdict.outcome, result.verdict.reason) == ("ok", "")
    assert result.report.listed == len(seen)
    for posting, expected in zip(result.postings, seen, strict=True):
        assert posting.native_id.startswith(f"{expected.id}-")
        assert posting.title == expected.title
        assert posting.url == f"https://jobs.lever.co/{site}/{posting.native_id}"
        assert posting.apply_url == f"{posting.url}/apply"
        assert posting.requisition_id is None
        assert posting.closed_reason is None
        assert posting.raw_location == expected.place
        assert posting.raw_country == expected.country
        assert posting.date_posted == expected.posted
        assert posting.valid_through is None
        assert posting.unit == expected.unit
        assert posting.raw_employment_type == expected.commitment
        assert posting.raw_workplace == expected.workplace
        salary = posting.salary if posting.salary_source == "field" else None
        assert (salary and (salary.min, salary.max)) == expected.pay
        if salary:
            assert (salary.currency, salary.unit) == ("USD", "YEAR")
        text = plain(posting.description_html)
        assert text.startswith(expected.start)
        assert [phrase for phrase in expected.also if phrase not in text] == []


def read(file: str) -> Row:
    """A recorded posting alone: the API answers one posting in the form of a row of the list."""
    source = Source(platform="lever", **block("recorded"))
    said = [sample_json(f"lever/{file}")]
    answer = response("https://api.lever.co/v0/postings/recorded?mode=json", json.dumps(said))
    (row,) = spider_class(source)().read_listing(answer).rows  # type: ignore[attr-defined]
    return row


def test_single_posting_without_lists() -> None:
    row = read("detail_mistral_no_lists.json")
    assert row.native_id == "618c9763-cb22-4343-baca-cf1cf6b05f5c"
    assert row.fields["title"] == "Account Executive, Digital Native US"
    assert row.fields["url"] == f"https://jobs.lever.co/mistral/{row.native_id}"
    assert row.fields["raw_location"] == ["Palo Alto"]
    assert row.fields["raw_country"] == "US"
    assert row.fields["raw_employment_type"] is None
    assert row.fields["raw_date_posted"] == "1756937304164"
    assert plain(row.fields["description_html"]).startswith("About Mistral At Mistral AI, we")


def test_single_posting_with_lists() -> None:
    row = read("detail_mistral_with_lists.json")
    assert row.native_id == "3e8b03e7-ff33-4cd1-8042-90b7ac3c4683"
    assert row.fields["title"] == "AI Developer Advocate - Singapore"
    assert row.fields["raw_location"] == ["Singapore"]
    assert row.fields["raw_employment_type"] == "Full-time"
    assert row.fields["unit"] == "Marketing"
    assert "What we offer" in row.fields["description_html"]
    assert "Health Insurance : Best in Class" in plain(row.fields["description_html"])


def test_fragment_of_a_posting_with_pay() -> None:
    row = read("posting_weride_salaryrange.json")
    assert row.native_id == "82955de9-485d-4db0-8fd9-1c018489fc8d"
    assert row.fields["title"] == "Application Engineer"
    assert row.fields["raw_location"] == ["San Jose, CA"]
    assert row.fields["salary"].model_dump() == {
        "min": 90000.0,
        "max": 120000.0,
        "currency": "USD",
        "unit": "YEAR",
    }
    assert row.fields["raw_salary"].startswith("Your base pay is one part of")
    assert row.fields["raw_date_posted"] is None


def test_site_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = "GET https://api.lever.co/v0/postings/nowhere?mode=json"
    result = crawl(
        tmp_path, monkeypatch, "lever", block("nowhere"), [(request, f"lever/{ERROR}", 404)]
    )
    assert result.verdict.outcome == "not_found"
    assert result.postings == []


def test_every_file_is_used_or_named() -> None:
    used = {*BOARDS, *SINGLE, ERROR}
    assert used.isdisjoint(SKIPPED)
    assert used | set(SKIPPED) == sample_files("lever")
