"""Recorded pieces of PeopleSoft boards. Every expectation was read from them by a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.recognise import Recogniser
from crawler.sources import Source
from spiders import peoplesoft_pages as pages
from tests.real.conftest import crawl, response, sample, sample_files

GRID = "grid_fragment_reduced.html"
IFAD = "row_ifad_reduced.html"
SEARCH = "search_page_shape_synthetic.html"
ATOM = "eib_atom_feed_entry_reduced.xml"
USED = {GRID, IFAD, SEARCH, ATOM}
# Files of samples/peoplesoft that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}

COMPONENT = "/psc/exu1/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL"
BOARD = f"https://jobs.exampleu.example{COMPONENT}"
SEARCH_PAGE = f"{BOARD}?Page=HRS_APP_SCHJOB_FL&Action=U&FOCUS=Applicant&SiteId=1"
POSTING = f"{BOARD}?Page=HRS_APP_JBPST_FL&Action=U&FOCUS=Applicant&SiteId=1&JobOpeningId="


def block() -> dict[str, Any]:
    return {"id": "recorded", "employer": "Recorded", "url": SEARCH_PAGE}


def rows(file: str) -> list[Any]:
    spider: Any = spider_class(Source(platform="peoplesoft", **block()))()
    return spider.read_listing(response(SEARCH_PAGE, sample(f"peoplesoft/{file}"))).rows


def test_every_file_is_used_or_named() -> None:
    assert set(SKIPPED).isdisjoint(USED)
    assert set(SKIPPED) | USED == sample_files("peoplesoft")


def test_cells_of_two_boards() -> None:
    first, second = rows(GRID)
    assert (first.native_id, second.native_id) == ("60051", "2959345")
    assert first.fields == {
        "title": "Nurse Practitioner SC (Dual & Posting)",
        "url": f"{POSTING}60051&PostingSeq=1",
        "requisition_id": "60051",
        "organization": "University of Missouri",
        "unit": "Neurology",
        "raw_location": ["Columbia"],
        "raw_date_posted": "05/30/2026",
    }
    assert second.fields["title"] == "Academic Advisor"
    assert second.fields["organization"] == "North Dakota State University"
    assert second.fields["raw_location"] == ["Fargo"]
    assert second.fields["raw_date_posted"] == "06/01/2026"


def test_a_row_with_labels_and_a_closing_date() -> None:
    (row,) = rows(IFAD)
    assert row.native_id == "IFAD/2026/01"
    assert row.fields == {
        "title": "Country Programme Officer",
        "url": f"{POSTING}IFAD/2026/01&PostingSeq=1",
        "requisition_id": "IFAD/2026/01",
        "unit": "Programme Management",
        "raw_location": ["Rome, Italy"],
        "raw_date_posted": "01-May-2026",
        "raw_valid_through": "31-May-2026",
    }


def test_a_search_page_that_declares_one_more_than_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = (
        "ICAJAX=0&ICType=Panel&ICStateNum=4&ICAction=HRS_AGNT_RSLT_I%24hdown%240"
        "&ICSID=fake-session-id-0001"
    )
    exchanges = [
        (f"GET {SEARCH_PAGE}", f"peoplesoft/{SEARCH}"),
        (f"POST {BOARD}", f"peoplesoft/{SEARCH}", {"body": form}),
        (f"GET {POSTING}JR00012345&PostingSeq=1", "", 503),
        (f"GET {POSTING}JR00012346&PostingSeq=1", "", 503),
    ]
    result = crawl(tmp_path, monkeypatch, "peoplesoft", block(), exchanges)
    assert result.verdict.outcome == "partial"
    assert "2 of 3" in result.verdict.reason
    first, second = result.postings
    assert (first.native_id, first.title) == ("JR00012345", "Instructional Designer")
    assert first.raw_location == ["London, ON, Canada"]
    assert first.unit == "Faculty of Education"
    assert first.date_posted.isoformat() == "2026-08-15"
    assert (second.native_id, second.title) == (
        "JR00012346",
        "Learning & Development Specialist",
    )
    assert second.raw_location == ["Remote - Ontario"]
    assert second.unit == "Human Resources"
    assert second.date_posted.isoformat() == "2026-08-10"
    assert second.closed_reason is None


def test_the_counter_of_the_search_page() -> None:
    page = response(SEARCH_PAGE, sample(f"peoplesoft/{SEARCH}")).selector
    assert pages.counts(page) == (3, None)


def test_a_link_of_a_feed_is_recognised() -> None:
    feed = response("https://erecruitment.eib.org/feed", sample(f"peoplesoft/{ATOM}"))
    link = feed.xpath("//*[local-name()='link']/@href").get("")
    match = Recogniser().recognise(link.replace("NUMBER", "110471"))
    assert match is not None
    assert match.key == ("peoplesoft", "erecruitment.eib.org/hr", "110471")
