"""The generic engine: sitemaps and link lists in all their forms, and pages without a posting."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from scrapy.http import HtmlResponse, Response, TextResponse, XmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.memory import Memory, Remembered
from crawler.patterns import Row
from crawler.posting import Posting, Salary
from crawler.recognise import Recogniser
from crawler.sources import Source
from spiders.jsonld import SITEMAPS, Params
from tests.simulator.base import Job, Site
from tests.simulator.jsonld import EMPTY, SHAPES
from tests.simulator.jsonld import JsonLd as SimulatedPages
from tests.walking import Walk

TODAY = date(2026, 8, 20)
SITE = "https://www.marram.example"


def spider(**params: Any) -> Any:
    said = {"listing": f"{SITE}/sitemap.xml", "posting_pattern": r"/jobs/\d+", **params}
    return spider_class(
        Source(id="marram", platform="jsonld", employer="Marram", url=f"{SITE}/jobs/", params=said)
    )()


def sitemap(*entries: str, root: str = "urlset") -> XmlResponse:
    body = (
        f"<{root} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{''.join(entries)}</{root}>"
    )
    return XmlResponse(f"{SITE}/sitemap.xml", body=body.encode())


def url(path: str, lastmod: str = "") -> str:
    stamp = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{SITE}{path}</loc>{stamp}</url>"


def html(body: str, where: str = f"{SITE}/jobs/") -> HtmlResponse:
    return HtmlResponse(where, body=f"<html><body>{body}</body></html>".encode())


def ids(rows: list[Row]) -> list[str]:
    return [row.native_id for row in rows]


# --- parameters and identity ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "params",
    [
        {"listing": []},
        {"posting_pattern": "/jobs/(\\d+"},
        {"id_pattern": "/jobs/\\d+"},
        {"id_pattern": "(?P<number>\\d+)"},
        {"pages": 3},
    ],
)
def test_parameters_that_cannot_work_are_refused(params: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Params.model_validate({"listing": SITE, "posting_pattern": "x", **params})


def test_the_catalogue_makes_a_posting_of_such_a_site_recognisable() -> None:
    source = Source(
        id="marram",
        platform="jsonld",
        employer="Marram",
        url=f"{SITE}/careers/",
        hosts=("old.marram.example",),
        params={
            "listing": f"{SITE}/sitemap.xml",
            "posting_pattern": "/jobs/",
            "id_pattern": r"[?&]id=(?P<id>\d+)",
        },
    )
    recogniser = Recogniser([source])
    match = recogniser.recognise(f"{SITE}/jobs/?id=41&utm_source=letter")
    assert match is not None
    assert match.key == ("jsonld", "marram.example", "41")
    assert match.canonical_url == f"{SITE}/jobs/?id=41"
    old = recogniser.recognise("http://old.marram.example/jobs/rse?id=41")
    assert old is not None
    assert old.key == match.key
    assert recogniser.recognise(f"{SITE}/jobs/without-a-number") is None
    assert recogniser.recognise(f"{SITE}/blog/") is None
    listing = recogniser.recognise(f"{SITE}/sitemap.xml")
    assert listing is not None
    assert listing.posting_id is None


# --- sitemaps ------------------------------------------------------------------------------------


def test_only_the_sites_own_posting_urls_count() -> None:
    page = spider().read_listing(
        sitemap(
            url("/jobs/1-rse"),
            url("/jobs/"),
            url("/blog/2026/jobs"),
            url("/jobs/2?utm_source=x&amp;lang=en&amp;utm_medium=y"),
            "<url><loc>https://elsewhere.example/jobs/3</loc></url>",
            "<url><loc>http://marram.example/jobs/4</loc></url>",
        )
    )
    assert [row.fields for row in page.rows] == [
        {"url": f"{SITE}/jobs/1-rse"},
        {"url": f"{SITE}/jobs/2?lang=en"},
        {"url": "http://marram.example/jobs/4"},
    ]
    assert ids(page.rows) == ["jobs/1-rse", "jobs/2", "jobs/4"]


def test_a_raw_ampersand_does_not_cut_the_url() -> None:
    wanted = f"{SITE}/jobs/1?a=1&b=2&c=&d"
    page = spider(id_pattern="b=(?P<id>\\d)").read_listing(
        sitemap("<url><loc>" + wanted.replace("&c", "&amp;c") + "</loc></url>")
    )
    assert [(row.native_id, row.fields["url"]) for row in page.rows] == [("2", wanted)]


@pytest.mark.parametrize(
    ("lastmods", "stamps"),
    [
        (["2026-08-20T03:00:01Z", "2026-08-20T03:00:02Z"], ["", ""]),  # "now" for all
        (["2026-08-20", "2026-07-01"], ["2026-08-20", "2026-07-01"]),
        (["2026-08-20", ""], ["2026-08-20", ""]),
        (["2026-08-20"], ["2026-08-20"]),
    ],
)
def test_lastmod_tells_of_a_change_unless_all_are_the_same(
    lastmods: list[str], stamps: list[str]
) -> None:
    entries = [url(f"/jobs/{n}", lastmod) for n, lastmod in enumerate(lastmods)]
    assert [row.stamp for row in spider().read_listing(sitemap(*entries)).rows] == stamps


def test_an_index_leads_to_the_sites_own_sitemaps_each_once() -> None:
    index = sitemap(
        f"<sitemap><loc>{SITE}/a.xml</loc></sitemap>",
        f"<sitemap><loc>{SITE}/sitemap.xml</loc></sitemap>",
        "<sitemap><loc>https://elsewhere.example/b.xml</loc></sitemap>",
        f"<sitemap><loc>{SITE}/a.xml</loc></sitemap>",
        root="sitemapindex",
    )
    crawl = spider()
    assert [request.url for request in crawl.read_listing(index).more] == [f"{SITE}/a.xml"]
    assert crawl.read_listing(index).more == []
    assert crawl.report.cut_short is None


def test_an_endless_index_is_cut_short() -> None:
    rows = (f"<sitemap><loc>{SITE}/{n}.xml</loc></sitemap>" for n in range(SITEMAPS + 5))
    crawl = spider()
    assert len(crawl.read_listing(sitemap(*rows, root="sitemapindex")).more) == SITEMAPS - 1
    assert "stopped after 50 sitemaps" in (crawl.report.cut_short or "")


def test_a_sitemap_cut_off_in_transfer_is_refused() -> None:
    whole = sitemap(url("/jobs/1"), url("/jobs/2"))
    with pytest.raises(UnexpectedAnswer, match="is no whole sitemap"):
        spider().read_listing(whole.replace(body=whole.body[:-30]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<?xml version='1.0'?><!-- robots welcome -->\n<urlset/>", []),
        ("<urlset xmlns='https://www.sitemaps.org/schemas/sitemap/0.9'></urlset>", []),
        (f"\n\n<?xml version='1.0'?><s:urlset xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'>"
         f"<s:url><!-- new --><s:loc> {SITE}/jobs/9 </s:loc></s:url></s:urlset>", ["jobs/9"]),
    ],
)  # fmt: skip
def test_sitemaps_in_odd_dress(text: str, found: list[str]) -> None:
    page = spider().read_listing(TextResponse(f"{SITE}/sitemap.xml", body=text.encode()))
    assert ids(page.rows) == found


def test_a_packed_sitemap_is_unpacked() -> None:
    packed = Response(f"{SITE}/sitemap.xml.gz", body=gzip.compress(sitemap(url("/jobs/7")).body))
    (request,) = spider()._on_listing(packed)
    assert request.url == f"{SITE}/jobs/7"


# --- link lists ----------------------------------------------------------------------------------


def test_links_are_resolved_and_share_links_are_not_postings() -> None:
    page = spider(listing=f"{SITE}/jobs/").read_listing(
        html(
            '<a href="12-rse?utm_campaign=x">RSE</a> <a href="/jobs/12-rse">again</a>'
            f'<a href="https://social.example/?u={SITE}/jobs/12-rse">share</a>'
            '<a href="/jobs/13#apply">other</a>'
        )
    )
    assert ids(page.rows) == ["jobs/12-rse", "jobs/13"]
    assert page.rows[0].fields == {"url": f"{SITE}/jobs/12-rse"}


def test_a_list_without_links_is_empty_only_when_it_says_so() -> None:
    words = "<h2>Vacancies</h2><p>No   open <b>positions</b> today</p>"
    silent, told = spider(), spider(empty="no open positions")
    assert told.read_listing(html(words)).rows == []
    with pytest.raises(UnexpectedAnswer, match="`empty`"):
        silent.read_listing(html(words))
    with pytest.raises(UnexpectedAnswer, match="no link matches"):
        told.read_listing(html("<div id='app'></div>"))
    with pytest.raises(UnexpectedAnswer, match="neither a sitemap nor an HTML page"):
        told.read_listing(TextResponse(SITE, body=b'{"jobs": []}'))


# --- pages ---------------------------------------------------------------------------------------


def test_closed_means_gone_or_sent_to_the_list() -> None:
    crawl = spider()

    def closed(status: int = 200, where: str = f"{SITE}/jobs/1", *before: str) -> str | None:
        page = html("", where).replace(status=status)
        page.request = crawl.detail_request("jobs/1", f"{SITE}/jobs/1")
        page.request.meta["redirect_urls"] = list(before)
        return crawl.closed(page)

    assert closed(404) == "HTTP 404"
    assert closed(410) == "HTTP 410"
    assert closed(200, f"{SITE}/", f"{SITE}/jobs/1") == f"redirected to {SITE}/"
    assert closed(200, f"{SITE}/sitemap.xml", f"{SITE}/jobs/1") is not None
    assert closed(200, f"{SITE}/jobs/1-new-slug", f"{SITE}/jobs/1") is None
    assert closed(403, f"{SITE}/", f"{SITE}/jobs/1") is None
    assert closed(200) is closed(403) is closed(429) is closed(503) is None


def test_a_page_without_a_posting_is_rejected_when_new_and_stays_open_when_known() -> None:
    crawl = spider()
    row = Row("jobs/1", {"url": f"{SITE}/jobs/1"})
    (new,) = crawl._on_detail(html("<p>About us</p>", f"{SITE}/jobs/1"), row, "mark")
    assert (new.title, new.sighting, new.detail_read) == ("", False, False)
    known = Remembered("jobs/1", f"{SITE}/jobs/1", "before", TODAY, is_open=True)
    crawl.memory = Memory(TODAY, {"jobs/1": known})
    (seen,) = crawl._on_detail(html("<p>About us</p>", f"{SITE}/jobs/1"), row, "mark")
    assert (seen.sighting, seen.fingerprint, seen.closed_reason) == (True, "before", None)


def test_a_list_that_says_all_needs_no_detail() -> None:
    crawl = spider(listing=f"{SITE}/jobs/", posting_pattern="/jobs/#")
    node = (
        '{"@type": "JobPosting", "title": "A", "description": "<p>b<\\/p>", "url": "#a"},'
        '{"@type": "JobPosting", "title": "B", "description": "<p>b<\\/p>", "url": "#b"}'
    )
    page = crawl.read_listing(html(f'<script type="application/ld+json">[{node}]</script>'))
    assert ids(page.rows) == ["jobs#a", "jobs#b"]
    assert crawl.detail_request("jobs#a", f"{SITE}/jobs/#a") is None
    assert crawl.detail_request("jobs#gone", f"{SITE}/jobs/#gone") is None  # the list again


# --- over the simulated site ---------------------------------------------------------------------


def job(number: int, **changes: Any) -> Job:
    said: dict[str, Any] = {
        "title": f"Research Engineer & Steward {number}",
        "unit": "Computing",
        "city": "Port Ellery",
        "region": "WA",
        "country": "US",
        "country_name": "United States of America",
        "employment_type": "FULL_TIME",
        "workplace": "hybrid",
        "description_html": f'<p>Task {number}: "care" &amp; <b>code</b>.</p>',
        "posted_on": TODAY - timedelta(days=number % 40),
        "closes_on": date(2026, 9, 20),
        "salary": (60000, 72500, "USD"),
    }
    return Job(number=number, **{**said, **changes})


def pages(count: int, **quirks: Any) -> SimulatedPages:
    jobs = [job(number) for number in range(1, count + 1)]
    return SimulatedPages(Site("marram", "Marram Observatory", jobs, TODAY, quirks))


@pytest.mark.parametrize("links", [False, True])
def test_every_shape_of_page_says_the_same(links: bool) -> None:
    walk = Walk(pages(len(SHAPES), links=links))
    assert walk.report.listed == len(walk.postings) == len(SHAPES)
    for number, posting in enumerate(walk.postings, start=1):
        assert posting.title == f"Research Engineer & Steward {number}"
        assert posting.native_id.startswith(f"vacancies/{4000 + number}-research-engineer")
        assert (posting.organization, posting.unit) == ("Marram Observatory", "Computing")
        assert posting.requisition_id == f"REQ-{number:04}"
        assert (posting.raw_location, posting.raw_country) == (["Port Ellery, WA"], "US")
        assert posting.raw_workplace == "HYBRID"
        assert posting.raw_date_posted == (TODAY - timedelta(days=number)).isoformat()
        assert (posting.raw_valid_through or "").startswith("2026-09-20")
        assert posting.salary == Salary(min=60000, max=72500, currency="USD", unit="YEAR")
        task = f"Task {number}: "
        assert (posting.description_html or "").count(task) == 1
        assert "&amp; <b>code</b>" in (posting.description_html or "")


@pytest.mark.parametrize(("count", "sitemaps"), [(0, 2), (1, 3), (100, 3), (101, 4)])
def test_all_sitemaps_of_an_index_are_read(count: int, sitemaps: int) -> None:
    walk = Walk(pages(count))
    assert walk.report.pages == sitemaps
    assert walk.report.listed == len(walk.postings) == count


def test_an_empty_list_page_is_no_fault() -> None:
    walk = Walk(pages(0, links=True))
    assert walk.spider.params.empty == EMPTY
    assert (walk.report.pages, walk.report.listed) == (1, 0)


def remembered(walk: Walk) -> Memory:
    return Memory(
        TODAY,
        {
            posting.native_id: Remembered(
                posting.native_id, posting.url, posting.fingerprint, TODAY, is_open=True
            )
            for posting in walk.postings
        },
    )


def test_the_second_night_reads_only_what_lastmod_says_has_changed() -> None:
    site = pages(9)
    first = Walk(site)
    second = Walk(site, remembered(first))
    assert [posting.sighting for posting in second.postings] == [True] * 9
    assert len(second.asked) == 3  # the index and two sitemaps
    site.site.jobs[3].title = "Head of Tides"
    site.site.today += timedelta(days=1)
    third = Walk(site, remembered(first))
    assert [p.title for p in third.postings if not p.sighting] == ["Head of Tides"]
    site.site.quirks["lastmod_now"] = True
    Walk(site, remembered(first))
    fifth = Walk(site, remembered(Walk(site)))
    assert all(posting.sighting for posting in fifth.postings)


@pytest.mark.parametrize(
    ("quirks", "evidence"),
    [({}, "HTTP 404"), ({"sends_home": True}, "redirected to https://careers.marram.example/")],
)
def test_a_page_that_is_gone_closes_its_posting(quirks: dict[str, Any], evidence: str) -> None:
    site = pages(3, **quirks)
    site.site.jobs[1].removed = site.site.jobs[1].closed_said = True
    walk = Walk(site)
    assert len(walk.postings) == 2
    gone = Row("vacancies/4002-x", {"url": "https://careers.marram.example/vacancies/4002-x"})
    request = walk.spider.detail_request(gone.native_id, gone.fields["url"])
    (closed,) = walk.answered(walk.spider._detail_request(request, gone, "mark"))
    assert isinstance(closed, Posting)
    assert closed.closed_reason == evidence


def test_what_a_partial_listing_lacks_is_not_absent() -> None:
    assert spider().listing_is_authoritative is True
    assert spider(complete=False).listing_is_authoritative is False


def test_a_posting_has_the_key_that_its_url_is_read_with() -> None:
    from crawler.recognise import Recogniser

    url = "https://jobs.lever.co/fernlab/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d"
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.key in spider().posting("7", url=url, title="HPC Lead").keys
