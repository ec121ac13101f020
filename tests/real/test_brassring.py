"""BrassRing's recorded answers. Every expectation was read from the files by a person.

No handshake page was recorded: those here are composed of what ats/brassring.md says of them, and
name the fields that the sheet says these gateways use.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import crawl, response, sample_files, sample_json

# Files of samples/brassring that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}

HOST = "https://sjobs.brassring.com"
AJAX = f"POST {HOST}/TgNewUI/Search/Ajax"

# file -> partner, site, the gateway's place fields, JobsCount, and its three rows:
# (reqid, title, place, requisition)
LISTS: dict[str, tuple[str, str, str, int, list[tuple[str, str, str, str | None]]]] = {
    "jht_brassring_bestbuy_search_page1.json": (
        "25632",
        "5649",
        "FORMTEXT12,FORMTEXT10",
        2088,
        [
            ("3748750", "Retail Sales Associate", "Everett, Massachusetts", None),
            ("3749412", "Facilities Technician", "Cerritos, California", None),
            ("3746765", "Warehouse Merchandise Processor", "ONTARIO, California", None),
        ],
    ),
    "jht_brassring_homedepot_search_page1.json": (
        "25526",
        "5032",
        "Location",
        23965,
        [
            ("158283", "Repair and Tool Technician", "0179 - POOLER", None),
            ("72874", "Customer Service/Sales", "1605 - NEW CASTLE", None),
            ("72867", "Cashier", "1605 - NEW CASTLE", None),
        ],
    ),
    "openroles_publix_matchedjobs.json": (
        "26173",
        "5197",
        "Location",
        379,
        [
            (
                "1396369",
                "Line Worker, AM, Fresh Kitchen - Deerfield",
                "Deerfield Beach, FL",
                "36580BR",
            ),
            (
                "1408045",
                "Lead Software Engineer - CQA and Customer Care",
                "Lakeland, FL",
                "37315BR",
            ),
            ("1405931", "Warehouse Selector - Deerfield Beach", "Deerfield Beach, FL", "37202BR"),
        ],
    ),
}
DETAILS = {"jobdetails_questions_ubs_reduced.json", "jobdetails_response_shape_adm.json"}


def test_every_file_is_read_or_skipped_with_a_reason() -> None:
    assert sample_files("brassring") == LISTS.keys() | DETAILS | SKIPPED.keys()


def handshake(places: str) -> str:
    shown = json.dumps({"LocationCustomSolrFields": places}).replace('"', "&quot;")
    return (
        '<input name="__RequestVerificationToken" value="t"><input id="CookieValue" value="^s">'
        f'<input id="searchResults" value="{shown}">'
    )


@pytest.mark.parametrize("file", LISTS)
def test_a_recorded_page_of_a_listing(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partner, site, places, total, rows = LISTS[file]
    gateway = f"{HOST}/TGnewUI/Search/Home/Home?partnerid={partner}&siteid={site}"
    block = {"id": "recorded", "employer": "Recorded", "url": gateway}
    end = {"Jobs": None, "JobsCount": total}
    exchanges: list[tuple[Any, ...]] = [
        (f"GET {gateway}", handshake(places)),
        (f"{AJAX}/ProcessSortAndShowMoreJobs", f"brassring/{file}"),
        (f"{AJAX}/ProcessSortAndShowMoreJobs", end),
        *[(f"{AJAX}/JobDetails", "<h1>Service Unavailable</h1>", 503) for _ in rows],
    ]
    result = crawl(tmp_path, monkeypatch, "brassring", block, exchanges)
    # The recordings were cut to three rows of a page, and JobsCount tells.
    assert result.verdict.outcome == "partial"
    assert result.verdict.reason == f"3 of {total} declared postings were listed"
    assert result.rejected == 0
    found = [
        (posting.native_id, posting.title, posting.raw_location, posting.requisition_id)
        for posting in result.postings
    ]
    assert found == [(reqid, title, [place], autoreq) for reqid, title, place, autoreq in rows]
    for posting in result.postings:
        assert posting.url == (
            f"{HOST}/TGnewUI/Search/home/HomeWithPreLoad?partnerid={partner}&siteid={site}"
            f"&PageType=JobDetails&jobid={posting.native_id}"
        )
        assert posting.keys[0] == ("brassring", partner, posting.native_id)
        assert posting.date_posted is None, "lastupdated is no date of posting"
        assert posting.description_html is None  # `jobdescription` is there and empty, or absent
        assert not posting.detail_read


def spider() -> Any:
    url = f"{HOST}/TGnewUI/Search/Home/Home?partnerid=25416&siteid=5429"
    source = Source(id="recorded", platform="brassring", employer="Recorded", url=url)
    return spider_class(source)()


def test_the_questions_of_a_detail() -> None:
    # The recording holds the questions alone, without what stands around them.
    questions = sample_json("brassring/jobdetails_questions_ubs_reduced.json")
    whole = {"ServiceResponse": {"Jobdetails": {"JobDetailQuestions": questions}}}
    said = spider().read_detail(response(f"{HOST}/x", json.dumps(whole)))
    assert said["title"] == (
        "2026 Internship – German language expert / translation specialist – ZH"
    )
    assert said["raw_location"] == ["Zürich"]
    assert said["description_html"].startswith("<h3>Your role</h3>\nWe’re looking for ambitious")
    assert said["description_html"].endswith("translate content from English into German")


def test_the_shape_of_a_detail() -> None:
    whole = sample_json("brassring/jobdetails_response_shape_adm.json")
    one = spider()
    answer = response(f"{HOST}/x", json.dumps(whole))
    assert one.closed(answer) is None
    said = one.read_detail(answer)
    # `Summary` of the answer's own JobFieldsToDisplay names the text: formtext3.
    assert said["description_html"] == (
        "<h3>Job Description</h3>\n<p>Generate new business opportunities.</p>"
    )
    assert said["raw_location"] == ["Decatur"]
    assert said["raw_country"] == "USA"
