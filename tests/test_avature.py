"""Two hosts of one tenant, offsets of several names, and nights over simulated portals."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from crawler.loader import platforms, spider_class
from crawler.recognise import Recogniser
from crawler.sources import Source
from tests.cases import FIXTURES, case_source, run_case
from tests.nights import Nights

OWN = "https://jobs.fernwood.example/en_US/careers"
VENDOR = "https://fernwood.avature.net/en_US/careers"


def test_both_hosts_of_an_entry_are_one_tenant() -> None:
    known = Recogniser([case_source(FIXTURES / "avature" / "normal")])
    matches = [
        known.recognise(f"{start}/JobDetail{page}")
        for start in (OWN, VENDOR)
        for page in ("/HPC-Systems-Engineer/9001", "?jobId=9001&source=x")
    ]
    assert {match.key for match in matches if match} == {
        ("avature", "jobs.fernwood.example", "9001")
    }
    assert {match.canonical_url for match in matches if match} == {
        f"{OWN}/JobDetail/HPC-Systems-Engineer/9001",
        f"{OWN}/JobDetail?jobId=9001",
    }


def test_a_crawl_stores_the_key_that_a_link_has_without_the_catalogue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postings = run_case(FIXTURES / "avature" / "normal", monkeypatch).postings
    for posting in postings:
        link = f"{VENDOR}/JobDetail/any-words/{posting.native_id}"
        match = platforms()["avature"].match(link)
        assert match is not None
        assert match.key in posting.keys


def test_an_offset_has_the_name_that_the_site_gives_it() -> None:
    source = Source(id="x", platform="avature", employer="X", url=f"{OWN}/SearchJobs")
    spider = spider_class(source)()
    page = f"""<html><head><meta name="avature.portal.page" content="SearchJobs"></head><body>
    <a href="{OWN}/JobDetail/Lab-Analyst/7">Lab Analyst</a>
    <a class="paginationNextLink" href="{OWN}/SearchJobs/?folderOffset=20">Next</a></body></html>"""
    following = spider.page_request(2, answered(page, 10))
    assert following is not None
    assert following.url == f"{OWN}/SearchJobs/?folderOffset=20"
    # The link of the page behind the end leads back.
    assert spider.page_request(4, answered(page, 30)) is None


def answered(page: str, offset: int) -> HtmlResponse:
    url = f"{OWN}/SearchJobs/?folderOffset={offset}"
    return HtmlResponse(url, body=page.encode(), encoding="utf-8")


def test_nights_over_portals_with_and_without_a_total(tmp_path: Path) -> None:
    with Nights(tmp_path, "--platforms", "avature", "--sources", "3") as nights:
        first, second = nights.crawl(), nights.crawl()
        assert [one["outcome"] for one in first.values()] == ["ok"] * 3
        for name, one in second.items():
            assert (one["listed"], one["new"], one["changed"]) == (first[name]["listed"], 0, 0)
        largest = max(first, key=lambda name: first[name]["listed"])
        assert second[largest]["requests"] * 5 <= first[largest]["requests"]
        nights.simulator.change(largest, remove=1, say_closed=True)
        third = nights.crawl()
        assert third[largest]["closed"] == 1
