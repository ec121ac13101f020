"""A recorded feed (Atom, of a PeopleSoft site, cut to one entry by whoever recorded it).

samples/peoplesoft's other files are that platform's, which is read by its own pages. Every
expectation was read from the file by a person.
"""

from __future__ import annotations

from typing import Any

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import response, sample

FEED = "https://erecruitment.eib.org/psc/hr/EIBJOBS/CAREERS/feed"


def test_an_entry_says_all_that_a_posting_needs() -> None:
    spider: Any = spider_class(
        Source(
            id="x",
            platform="feed",
            employer="European Investment Bank",
            url="https://erecruitment.eib.org/",
            params={
                "listing": FEED,
                "posting_pattern": "JobOpeningId=",
                "id_pattern": r"JobOpeningId=(?P<id>\w+)",
                "details": False,
            },
        )
    )()
    page = spider.read_listing(response(FEED, sample("peoplesoft/eib_atom_feed_entry_reduced.xml")))
    (row,) = page.rows
    assert row.native_id == "NUMBER"
    assert row.fields == {
        "title": "TITLE (Entity: EIB - Job ID: NUMBER)",
        "url": "https://erecruitment.eib.org/psc/hr/EIBJOBS/CAREERS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL"
        ".GBL?Page=HRS_APP_JBPST_FL&JobOpeningId=NUMBER&PostingSeq=1",
        "raw_date_posted": "2026-09-30T10:00:00.000Z",
        "description_html": "<table><tr><td>Job ID:</td><td>NUMBER</td></tr></table><p>BODY</p>",
    }
    assert row.stamp == ""
    assert spider.detail_request(row.native_id, row.fields["url"]) is None
