"""Recorded pages of Avature tenants. Every expectation was read from them by a person."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import platforms, spider_class
from crawler.posting import Key
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample, sample_files

ALLY = "avature/avature_ally_search_offset0.html"
PAST_THE_END = "avature/avature_ally_search_offset66.html"
BOULDER = "avature/avature_cuboulder_search_offset0.html"
LAND_O_LAKES = "avature/avature_landolakes_search_offset0.html"
BLOOMBERG = "avature/bloomberg.html"
UCLA = "avature/uclahealth.html"
TENANTS = "avature/tenants_research_sector.csv"
USED = [ALLY, PAST_THE_END, BOULDER, LAND_O_LAKES, BLOOMBERG, UCLA, TENANTS]
# Files of samples/avature that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}

ALLY_TITLES = [
    "Manager, Invest Fraud Strategy and Operations",
    "Field Auditor – Houston",
    "Consumer Underwriter - Central territory",
    "Sr. Consumer Underwriter - in office GA",
    "Sr. Consumer Underwriter - Kansas",
    "Customer Payment Specialist",
]


def spider(board: str) -> Any:
    source = Source(id="real", platform="avature", employer="Real", url=f"{board}/SearchJobs")
    return spider_class(source)()


def listing(board: str, file: str, offset: int = 0) -> Any:
    return response(f"{board}/SearchJobs/?jobOffset={offset}", sample(file))


def test_every_file_is_read_or_named() -> None:
    assert {f"avature/{name}" for name in sample_files("avature")} == {*USED, *SKIPPED}


def test_a_page_with_article_elements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole page through the spider; the site is away when the next one is asked for."""
    board = "https://ally.avature.net/careers"
    slugs = [
        "Manager-Invest-Fraud-Strategy-and-Operations/17055",
        "Field-Auditor-Houston/17122",
        "Consumer-Underwriter-Central-territory/17030",
        "Sr-Consumer-Underwriter-in-office-GA/17054",
        "Sr-Consumer-Underwriter-Kansas/17106",
        "Customer-Payment-Specialist/17147",
    ]
    result = crawl(
        tmp_path,
        monkeypatch,
        "avature",
        {"id": "ally", "employer": "Ally", "url": f"{board}/SearchJobs"},
        [
            (f"GET {board}/SearchJobs/?jobOffset=0", ALLY),
            (f"GET {board}/SearchJobs/?jobRecordsPerPage=6&jobOffset=6", "away", 503),
            *((f"GET {board}/JobDetail/{slug}", "gone", 404) for slug in slugs),
        ],
    )
    assert result.verdict.outcome == "partial"
    assert (result.report.listed, result.report.declared_total) == (6, 65)
    assert [posting.title for posting in result.postings] == ALLY_TITLES
    assert [posting.requisition_id for posting in result.postings] == [
        "22821", "22888", "22796", "22820", "22872", "22913",
    ]  # fmt: skip
    assert {posting.raw_date_posted for posting in result.postings} == {
        "Jul-28-2026",
        "Jul-27-2026",
    }
    assert {posting.closed_reason for posting in result.postings} == {"HTTP 404 for the posting"}


def test_the_page_behind_the_end_leads_nowhere() -> None:
    board = "https://ally.avature.net/careers"
    answer = listing(board, PAST_THE_END, 66)
    one = spider(board)
    page = one.read_listing(answer)
    assert page.rows == []
    assert one.page_request(12, answer) is None


def test_an_older_skin_on_a_host_of_its_own() -> None:
    board = "https://jobs.colorado.edu/jobs"
    one = spider(board)
    answer = listing(board, BOULDER)
    page = one.read_listing(answer)
    assert (len(page.rows), page.total) == (25, 69)
    following = one.page_request(1, answer)
    assert following is not None
    assert following.url == f"{board}/SearchJobs/?jobOffset=25"
    first = page.rows[0]
    assert first.native_id == "73770"
    assert first.fields["title"] == "Communications and Marketing Manager"
    assert first.fields["url"] == f"{board}/JobDetail/Communications-and-Marketing-Manager/73770"
    assert first.fields["requisition_id"] == "73770"
    assert first.fields["raw_date_posted"] == "28-Jul-2026"
    assert first.fields["raw_valid_through"] == "04-Aug-2026"
    assert Key("avature", "colorado.avature.net", "73770") in first.aliases
    open_ended = page.rows[6]
    assert open_ended.fields["title"] == "Postdoctoral Associate"
    assert "raw_valid_through" not in open_ended.fields
    # The same title twice, of two postings.
    assert [r.native_id for r in page.rows if r.fields["title"] == "Postdoctoral Associate"] == [
        "73739",
        "73745",
    ]


def test_a_skin_without_article_elements_and_without_a_total() -> None:
    board = "https://lol.avature.net/Careers"
    one = spider(board)
    answer = listing(board, LAND_O_LAKES)
    page = one.read_listing(answer)
    assert page.total is None
    assert [row.native_id for row in page.rows] == [
        "1941", "1942", "1931", "1938", "1932", "1929", "1935", "1939", "1785", "1925",
    ]  # fmt: skip
    beef = page.rows[2].fields
    assert beef["title"] == "Consultant Opportunity: Beef Jerky Development - SQIL Project"
    assert beef["raw_location"] == ["Tbilisi, Georgia, Georgia"]
    assert beef["raw_date_posted"] == "28-Mar-2025"
    assert page.rows[-1].fields["raw_location"] == []
    following = one.page_request(1, answer)
    assert following is not None
    assert following.url.endswith("jobOffset=10")


def test_a_detail_with_labels_in_and_beside_its_values() -> None:
    board = "https://uclahealth.avature.net/careers"
    url = f"{board}/JobDetail/Transplant-Referral-Coordinator/13859"
    one, answer = spider(board), response(url, sample(UCLA))
    said = one.read_detail(answer)
    assert said["title"] == "Transplant Referral Coordinator"
    assert said["raw_location"] == ["Los Angeles, CA, USA"]
    assert said["raw_workplace"] == "Fully On-Site"
    assert said["raw_date_posted"] == "07/17/2025"
    assert said["raw_salary"] == "$30.36 - 43.49 Hourly"
    assert said["raw_employment_type"] == "2 - Staff: Career"
    assert said["requisition_id"] == "13874"
    assert said["apply_url"] == f"{board}/ApplicationMethods?jobId=13859"
    assert "Under the direction of the Transplant Financial Manager" in said["description_html"]
    assert "Previous experience in a health care setting" in said["description_html"]
    assert one.closed(answer) is None


def test_a_detail_of_another_skin() -> None:
    board = "https://bloomberg.avature.net/careers"
    said = spider(board).read_detail(response(f"{board}/JobDetail/x/16889", sample(BLOOMBERG)))
    assert said["title"] == (
        "Enterprise Sales - Sell-Side Risk (MARS) and Valuations Account Manager, Singapore"
    )
    assert said["raw_location"] == ["Singapore"]
    assert said["unit"] == "Sales and Client Service"
    assert said["requisition_id"] == "10048714"
    assert "Bloomberg is a global leader" in said["description_html"]


def test_the_same_requisition_under_a_sibling_portal_is_one_posting() -> None:
    one = platforms()["avature"]
    urls = [
        f"https://uclahealth.avature.net/{portal}/JobDetail/Transplant-Referral-Coordinator/13859"
        for portal in ("careers", "internalcareers", "referrals")
    ]
    assert all(url in sample(UCLA) for url in urls[1:])
    assert len({match.key for url in urls if (match := one.match(url))}) == 1


def test_the_boards_of_the_research_sector_are_recognised() -> None:
    rows = list(csv.DictReader(sample(TENANTS).splitlines()))
    assert len(rows) == 9
    boards = [row["board_url"] for row in rows if row["board_url"].endswith("/SearchJobs")]
    matches = [platforms()["avature"].match(url) for url in boards]
    assert {(match.params.host, match.params.portal) for match in matches if match} == {
        ("astellas.avature.net", "careers"),
        ("astellasjapan.avature.net", "careers"),
        ("broadinstitute.avature.net", "careers"),
        ("colorado.avature.net", "jobs"),
        ("jobs.siemens-healthineers.com", "searchjobs"),
        ("slhs.avature.net", "careersmarketplace"),
        ("talent.stjude.org", "careers"),
    }
