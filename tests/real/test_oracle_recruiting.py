"""Oracle Recruiting's recorded answers. Every expectation was read from the files by a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.sources import Source
from spiders.oracle_recruiting import OracleRecruiting
from tests.real.conftest import crawl, response, sample, sample_files, sample_json

# Files of samples/oracle-orc that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}
CUT = "careerkit_list.json"  # its rows and their fields are trimmed, and the total with them
PAGES = {"jshq_list_p1.json", "jshq_list_p2.json"}
OVERLAP = {"internship_signal_page_1.json", "internship_signal_page_2.json"}
DETAILS = {"jshq_detail.json", "careerkit_detail.json"}
EMPTY = "internship_signal_zero.json"
HOST = "https://x.fa.us2.oraclecloud.com"
BOARD = f"{HOST}/hcmUI/CandidateExperience/en/sites/CX"
API = f"{HOST}/hcmRestApi/resources/latest/recruitingCEJobRequisition"
DETAIL = f"{API}Details?onlyData=true&expand=all&finder=ById;Id=%22{{}}%22,siteNumber=CX"
BLOCK = {"id": "recorded", "employer": "The Employer", "url": BOARD}


def listing(offset: int) -> str:
    return (
        f"GET {API}s?onlyData=true&expand=requisitionList.workLocation,"
        "requisitionList.secondaryLocations&finder=findReqs;siteNumber=CX,"
        f"limit=200,offset={offset},sortBy=POSTING_DATES_DESC"
    )


def facts(posting: Any) -> tuple[Any, ...]:
    return (
        posting.native_id,
        posting.title,
        posting.raw_location,
        posting.raw_country,
        posting.raw_date_posted,
        posting.raw_workplace,
        posting.raw_employment_type,
        posting.unit,
    )


# Outcome, reason, declared total, what `facts` says of each row. These boards are one page long, or
# their later pages are not recorded: an empty one follows.
# fmt: off
BOARDS: dict[str, tuple[str, str, int, list[tuple[Any, ...]]]] = {
    "jht_oracle_kroger_requisitions.json": ("partial", "2 of 15120", 15120, [
        ("203341", "Night Stocker Clerk", ["Montrose, CO, United States"], "US", "2026-07-28",
         None, "Part time", None),
        ("210682", "PRODUCE/ASST DEPT LEADER", ["Waynesboro, VA, United States"], "US",
         "2026-07-28", "On-site", "Full time", None),
    ]),
    "jht_oracle_uthealthsa_requisitions.json": ("partial", "2 of 222", 222, [
        ("7237", "Histology Technician-Lead (OHOPD Medicine Dermatology MCC)",
         ["San Antonio, TX, United States"], "US", "2026-07-27", "On-site", "Full time",
         "O9308 - HOPD Medicine Dermatology MCC"),
        ("7238", "Medical Assistant-Intermediate (UTHP Med Gastro Gateway)",
         ["San Antonio, TX, United States"], "US", "2026-07-27", "On-site", "Full time",
         "M9632 - UTHP Med Gastro Gateway"),
    ]),
    "hunter_dell_list.json": ("ok", "", 2, [
        ("R290099", "Software Engineer", ["Austin, Texas, United States", "Remote, United States"],
         "US", "2026-07-24", None, None, None),
        ("294001", "Data Engineer Intern", ["Toronto, Ontario, Canada"], "CA", "2026-07-20",
         None, None, None),
    ]),
    "everjobs_eeho_list_sanitised.json": ("ok", "", 5, [
        ("320918", "Senior Software Engineer", ["Austin, TX, United States"], None, "2025-12-19",
         None, None, None),
        ("319201", "Cloud Solutions Architect", ["Remote, United States"], None, "2025-12-18",
         None, None, None),
        ("318044", "Database Performance Engineer", ["Redwood City, CA, United States"], None,
         "2025-12-17", None, None, None),
        ("317900", "Principal Product Manager", ["Seattle, WA, United States"], None, "2025-12-16",
         None, None, None),
        ("316777", "Customer Success Manager", ["New York, NY, United States"], None, "2025-12-15",
         None, None, None),
    ]),
}
# fmt: on


def test_every_sample_is_used() -> None:
    used = {*BOARDS, *PAGES, *OVERLAP, *DETAILS, EMPTY, CUT, *SKIPPED}
    assert used == sample_files("oracle-orc")


@pytest.fixture(autouse=True)
def no_details(monkeypatch: pytest.MonkeyPatch) -> None:
    """No board is recorded with the details of all its rows."""
    monkeypatch.setattr(OracleRecruiting, "max_details", 0)


@pytest.mark.parametrize("name", BOARDS)
def test_board(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, reason, total, expected = BOARDS[name]
    exchanges: list[tuple[Any, ...]] = [(listing(0), f"oracle-orc/{name}")]
    if outcome == "partial":
        exchanges.append((listing(2), f"oracle-orc/{EMPTY}"))
    result = crawl(tmp_path, monkeypatch, "oracle_recruiting", BLOCK, exchanges)
    assert result.verdict.outcome == outcome
    assert reason in result.verdict.reason
    assert result.report.declared_total == total
    assert [facts(posting) for posting in result.postings] == expected
    ids = [row[0] for row in expected]
    assert [posting.url for posting in result.postings] == [f"{BOARD}/job/{i}" for i in ids]


def test_two_pages_and_a_detail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OracleRecruiting, "max_details", 1)
    result = crawl(
        tmp_path,
        monkeypatch,
        "oracle_recruiting",
        BLOCK,
        [
            (listing(0), "oracle-orc/jshq_list_p1.json"),
            (listing(2), "oracle-orc/jshq_list_p2.json"),
            (f"GET {DETAIL.format('30000001')}", "oracle-orc/jshq_detail.json"),
        ],
    )
    assert result.verdict.outcome == "ok"
    assert (result.report.listed, result.report.declared_total) == (3, 3)
    first, second, third = result.postings
    assert first.title == "Director, Product Design"
    assert first.raw_location == ["Chicago, IL, United States"]
    assert first.raw_date_posted == "2026-06-12"  # the detail says nothing of it
    assert first.raw_workplace == "Hybrid"  # of the row; the detail's is empty
    text = first.description_text or ""
    assert text.startswith("Lead the product design org for the Exampleco Rewards platform.")
    assert "The salary range for this position is $150,000 to $190,000 annually." in text
    assert "Own design strategy end to end." in text
    assert "10+ years leading design teams." in text
    assert facts(second)[:6] == (
        "30000002", "Facilities Coordinator - office operations", ["Milan, MI, Italy"], "IT",
        "2026-06-12", None,
    )  # fmt: skip
    assert facts(third)[:6] == (
        "30000003", "Senior UX Researcher", ["Remote, United States"], "US", "2026-06-11", "Remote",
    )  # fmt: skip
    assert third.workplace == "remote"


def test_pages_that_overlap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second page begins with the last row of the first; the total of 4 is never reached."""
    exchanges = [
        (listing(0), "oracle-orc/internship_signal_page_1.json"),
        (listing(2), "oracle-orc/internship_signal_page_2.json"),
        (listing(4), f"oracle-orc/{EMPTY}"),
    ]
    result = crawl(tmp_path, monkeypatch, "oracle_recruiting", BLOCK, exchanges)
    assert [posting.native_id for posting in result.postings] == [
        "ORACLE-1",
        "ORACLE-2",
        "ORACLE-3",
    ]
    assert result.report.repeated_rows == 1
    assert result.verdict.outcome == "partial"
    assert "3 of 4" in result.verdict.reason


def test_an_empty_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exchanges = [(listing(0), f"oracle-orc/{EMPTY}")]
    result = crawl(tmp_path, monkeypatch, "oracle_recruiting", BLOCK, exchanges)
    assert (result.verdict.outcome, result.report.declared_total) == ("empty", 0)


def spider() -> Any:
    return spider_class(Source.model_validate({"platform": "oracle_recruiting", **BLOCK}))()


def test_a_list_without_its_total_is_unexpected() -> None:
    whole = sample_json(f"oracle-orc/{CUT}")
    with pytest.raises(UnexpectedAnswer, match="TotalJobsCount"):
        spider().read_listing(response(f"{API}s", sample(f"oracle-orc/{CUT}")))
    first, second = (spider()._row(row, "there") for row in whole["items"][0]["requisitionList"])
    assert (first.native_id, first.fields["title"]) == ("25587", "Bridge Inspector")
    assert first.fields["raw_location"] == ["PERTH, WESTERN AUSTRALIA, Australia"]
    assert second.fields["raw_location"] == [
        "SAN FRANCISCO, CA, United States",
        "HOUSTON, TX, United States",
        "ATLANTA, GA, United States",
        "MIAMI, FL, United States",
        "IRVINE, CA, United States",
    ]
    assert second.fields["raw_date_posted"] == "2026-08-07"


def test_a_bare_detail() -> None:
    """As the address of the detail by path gives it."""
    page = response(DETAIL.format("2026001760"), sample("oracle-orc/careerkit_detail.json"))
    said = spider().read_detail(page)
    assert said["title"] == "Technology and Communications Sector Leader"
    assert (said["raw_location"], said["raw_country"]) == (["Atlanta, GA"], "US")
    assert said["raw_workplace"] == "Hybrid"
    assert said["raw_date_posted"] == "2026-08-19T00:00:00+00:00"
    assert said["description_html"].startswith("<p>Lead enterprise systems delivery.</p>")
    assert "Own the implementation roadmap." in said["description_html"]
    assert said["description_html"].endswith("<p>Five years of CRM delivery experience.</p>")
