"""Workday: URL forms and identity, the requests, closing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Response, TextResponse

import spiders.workday
from crawler.loader import spider_class
from crawler.recognise import Recogniser
from crawler.sources import Source

FERN = "https://fernwood.wd5.myworkdayjobs.com"


def spider(url: str = f"{FERN}/Staff", **params: Any) -> Any:
    source = Source(id="fernwood", platform="workday", employer="Fernwood", url=url, params=params)
    return spider_class(source)()


# --- recognition ------------------------------------------------------------------------------

POSTINGS = [
    # URL, site, key, path of the canonical URL
    ("/Staff/job/Ulm/HPC-Lead_R-7549", "Staff", "R-7549", "/Staff/job/Ulm/HPC-Lead_R-7549"),
    ("/en-US/Staff/job/Ulm/Lead_R22-1/", "Staff", "R22-1", "/Staff/job/Ulm/Lead_R22-1"),
    ("/zh-Hans/Staff/job/Lead_R1?q=a&amp;src=b", "Staff", "R1", "/Staff/job/Lead_R1"),
    ("/es/staff/details/Lead_R1#top", "staff", "R1", "/staff/details/Lead_R1"),
    ("/Staff/jobs/details/Lead_R1/apply", "Staff", "R1", "/Staff/jobs/details/Lead_R1"),
    ("/Staff/job/Ulm/Lead_R1/apply/applyManually?a=b", "Staff", "R1", "/Staff/job/Ulm/Lead_R1"),
    ("/Staff/job/Lead_R1/apply/autofillWithResume", "Staff", "R1", "/Staff/job/Lead_R1"),
    ("/Staff/job/Lead_R1/login", "Staff", "R1", "/Staff/job/Lead_R1"),
    # An id may hold the separator; without one the slug is all there is.
    ("/Staff/job/Lead_REQ_2024_12", "Staff", "REQ_2024_12", "/Staff/job/Lead_REQ_2024_12"),
    ("/Staff/job/Ulm/Lead", "Staff", "Lead", "/Staff/job/Ulm/Lead"),
    # Sites that look like a locale or like a path of their own.
    ("/FT/details/Lead_R1", "FT", "R1", "/FT/details/Lead_R1"),
    ("/pt/job/Ulm/Lead_R1", "pt", "R1", "/pt/job/Ulm/Lead_R1"),
    ("/au/details/Lead_R1", "au", "R1", "/au/details/Lead_R1"),
    ("/jobs/job/Ulm/Lead_R1", "jobs", "R1", "/jobs/job/Ulm/Lead_R1"),
    ("/en-US/jobs/details/Lead_R1", "jobs", "R1", "/jobs/details/Lead_R1"),
]


@pytest.mark.parametrize(("path", "site", "key", "canonical"), POSTINGS)
def test_forms_of_a_posting_url(path: str, site: str, key: str, canonical: str) -> None:
    match = Recogniser().recognise(FERN + path)
    assert match is not None
    assert match.params.model_dump(exclude_unset=True) == {
        "tenant": "fernwood",
        "data_centre": "wd5",
        "site": site,
    }
    assert match.key == ("workday", "fernwood", key)
    assert match.canonical_url == FERN + canonical


@pytest.mark.parametrize("prefix", ["", "en-US/", "fr/"])
@pytest.mark.parametrize(
    "path", ["job/Ulm/Lead_JR1-2", "job/Lead_JR1-2/apply", "details/Lead_JR1-2?source=x"]
)
def test_the_shared_host(prefix: str, path: str) -> None:
    url = f"https://wd1.myworkdaysite.com/{prefix}recruiting/QuantenHof/Careers/{path}"
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.params.model_dump(exclude_unset=True) == {
        "tenant": "QuantenHof",
        "data_centre": "wd1",
        "domain": "myworkdaysite",
        "site": "Careers",
    }
    assert match.key == ("workday", "quantenhof", "JR1-2")
    kept = path.removesuffix("/apply").removesuffix("?source=x")
    assert match.canonical_url == (
        f"https://wd1.myworkdaysite.com/recruiting/QuantenHof/Careers/{kept}"
    )


@pytest.mark.parametrize("path", ["/Staff", "/en-US/Staff/", "/Staff?q=HPC", "/Staff/login"])
def test_forms_of_a_board_url(path: str) -> None:
    match = Recogniser().recognise(FERN + path)
    assert match is not None
    assert (match.posting_id, match.key) == (None, None)
    assert match.canonical_url == f"{FERN}/Staff"


@pytest.mark.parametrize(
    "url",
    [
        FERN,
        f"{FERN}/wday/cxs/fernwood/Staff/jobs",
        "https://fernwood.myworkdayjobs.com/Staff",
        "https://wd5.myworkdaysite.com/Staff/job/Lead_R1",
        "https://community.workday.com/maintenance-page",
    ],
)
def test_what_is_no_site(url: str) -> None:
    assert Recogniser().recognise(url) is None


def test_a_site_of_another_spelling_on_a_known_host_keeps_its_address() -> None:
    source = Source(id="fern", platform="workday", employer="Fernwood", url=f"{FERN}/staff")
    match = Recogniser([source]).recognise(f"{FERN}/en-US/Staff/job/Lead_R1")
    assert match is not None
    assert "source fern" in match.evidence
    assert match.canonical_url == f"{FERN}/Staff/job/Lead_R1"


def test_a_link_in_an_employers_page_is_evidence() -> None:
    (rule,) = spiders.workday.Workday.page_rules
    page = f'<a href="{FERN}/wday/cxs/x"></a><a href="{FERN}/en-US/Staff/job/Lead_R1">Jobs</a>'
    found = rule.pattern.search(page)
    assert found is not None
    assert found.groupdict() == {"tenant": "fernwood", "data_centre": "wd5", "site": "Staff"}


# --- requests ---------------------------------------------------------------------------------


def test_the_listing_is_asked_as_the_site_asks_itself() -> None:
    (request,) = spider().listing()
    assert (request.method, request.url) == ("POST", f"{FERN}/wday/cxs/fernwood/Staff/jobs")
    assert json.loads(request.body) == {
        "appliedFacets": {},
        "limit": 20,
        "offset": 0,
        "searchText": "",
    }
    assert request.headers["Content-Type"] == b"application/json"
    assert request.headers["Accept"] == b"application/json"
    assert request.headers["Accept-Language"] == b"en-US"
    # The public paths, which robots.txt may forbid while it knows nothing of the API's.
    assert request.meta["robots_also"] == [f"{FERN}/Staff", f"{FERN}/Staff/job/"]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (f"{FERN}/Staff/job/Ulm/Lead_R1", "/job/Ulm/Lead_R1"),
        (f"{FERN}/staff/details/Lead_R1", "/job/Lead_R1"),
        (f"{FERN}/Staff/jobs/details/Lead_R1", "/job/Lead_R1"),
    ],
)
def test_the_detail_of_a_public_address(url: str, path: str) -> None:
    request = spider().detail_request("R1", url)
    assert request.url == f"{FERN}/wday/cxs/fernwood/Staff{path}"
    assert request.headers["Accept"] == b"application/json"
    assert request.meta["robots_also"] == [url]


def test_a_search_is_not_the_whole_board() -> None:
    assert spider().listing_is_authoritative is True
    assert spider(search_text="research computing").listing_is_authoritative is False


# --- closing ----------------------------------------------------------------------------------

S22 = '{"errorCode": "S22", "httpStatus": 403, "message": "permission denied"}'


@pytest.mark.parametrize(
    ("status", "body", "is_closed"),
    [
        (403, S22, True),
        (404, "", True),
        (404, "<html></html>", True),
        (403, '{"errorCode": "HTTP_403"}', False),
        (403, '["S22"]', False),
        (403, "<html>S22</html>", False),
        (200, S22, False),
        (200, "<html>The page you are looking for does not exist.</html>", False),
        (401, S22, False),
        (410, "", False),
        (422, S22, False),
        (429, S22, False),
        (500, S22, False),
    ],
)
def test_only_the_sites_own_word_closes(status: int, body: str, is_closed: bool) -> None:
    kind = HtmlResponse if body.startswith("<") else TextResponse
    response = kind(f"{FERN}/wday/cxs/x", status=status, body=body.encode(), encoding="utf-8")
    assert bool(spider().closed(response)) is is_closed


def test_a_binary_403_closes_nothing() -> None:
    assert spider().closed(Response(f"{FERN}/wday/cxs/x", status=403, body=b"\x00S22")) is None
