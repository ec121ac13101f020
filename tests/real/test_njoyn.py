"""Recorded rows of Njoyn boards. Every expectation was read from them by a person."""

from __future__ import annotations

from typing import Any

from crawler.loader import spider_class
from crawler.sources import Source
from tests.real.conftest import response, sample, sample_files

CGI = "row_cgi_reduced.html"
VAUGHAN = "row_vaughan_reduced.html"
# Files of samples/njoyn that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}


def row(file: str, url: str, around: str = "{}") -> Any:
    source = Source(id="recorded", platform="njoyn", employer="Recorded", url=url)
    spider: Any = spider_class(source)()
    (only,) = spider.read_listing(response(url, around.format(sample(f"njoyn/{file}")))).rows
    return only


def test_every_file_is_used_or_named() -> None:
    assert {CGI, VAUGHAN, *SKIPPED} == sample_files("njoyn")


def test_a_row_whose_number_links_and_whose_title_does_not() -> None:
    url = "https://cityofvaughan.njoyn.com/cl4/xweb/xweb.asp?page=joblisting&clid=74035&lang=1"
    found = row(VAUGHAN, url, "<table>{}</table>")
    assert found.native_id == "J0726-0469"
    assert found.fields == {
        "title": "Title as plain text",
        "url": "https://cityofvaughan.njoyn.com/cl4/xweb/xweb.asp"
        "?clid=74035&Page=JobDetails&Jobid=J0726-0469&BRID=453711&lang=1",
        "unit": "General",
        "raw_location": [],
        "raw_employment_type": "Permanent Full Time",
        "raw_date_posted": "August 4, 2026",
        "raw_valid_through": "August 25, 2026",
    }


def test_a_row_with_city_and_country() -> None:
    url = "https://cgi.njoyn.com/corp/xweb/xweb.asp?page=joblisting&clid=21001"
    found = row(CGI, url)
    assert found.native_id == "J123"
    assert found.fields == {
        "title": "Data Analyst",
        "url": "https://cgi.njoyn.com/corp/xweb/xweb.asp?clid=21001&Page=JobDetails&Jobid=J123",
        "unit": "Analytics and Emerging Digital Technologies",
        "raw_location": ["Bangalore"],
        "raw_country": "India",
    }
