"""What the generic engines share: a posting's own page or document, and when it is closed."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.http import HtmlResponse, Response

from crawler.loader import spider_class
from crawler.memory import Memory, Remembered
from crawler.own_address import common_pattern, is_front, without_visitor
from crawler.own_pages import closed_sentence, html_links
from crawler.patterns import Row
from crawler.sources import Source
from tests.documents import pdf_of
from tests.test_jsonld import TODAY

SITE = "https://www.marram.example"
ROW = Row("jobs/1", {"url": f"{SITE}/jobs/1", "title": "Tide Engineer"})


def spider(**params: Any) -> Any:
    said = {"listing": f"{SITE}/sitemap.xml", "posting_pattern": r"/jobs/\d+", **params}
    return spider_class(
        Source(id="marram", platform="sitemap", employer="Marram", url=f"{SITE}/jobs/", params=said)
    )()


def html(body: str, where: str = f"{SITE}/jobs/1", **more: Any) -> HtmlResponse:
    text = f"<html><body>{body}</body></html>"
    return HtmlResponse(where, body=text.encode(), encoding="utf-8", **more)


# --- a posting's own page -------------------------------------------------------------------------


def test_structured_data_comes_before_the_pages_own_words() -> None:
    node = '{"@type": "JobPosting", "title": "Tide Lead", "description": "<p>Lead.</p>"}'
    said = spider().read_detail(
        html(
            f'<script type="application/ld+json">{node}</script><h1>Tide</h1><p>Location: Lune</p>'
        )
    )
    assert (said["title"], said["description_html"]) == ("Tide Lead", "<p>Lead.</p>")
    assert "raw_location" not in said  # what a JobPosting leaves out is not looked for


def test_a_jobposting_without_text_is_completed_by_the_page() -> None:
    node = '{"@type": "JobPosting", "title": "Tide Lead"}'
    page = f'<script type="application/ld+json">{node}</script><h1>Lead</h1><p>Lead the tide</p>'
    said = spider().read_detail(html(page))
    assert said["title"] == "Tide Lead"
    assert "Lead the tide" in said["description_html"]


@pytest.mark.parametrize("kind", [Response, HtmlResponse])
def test_a_document_is_read_whatever_its_server_calls_it(kind: type[Response]) -> None:
    body = pdf_of((20, "Tide Lead"), (10, "Location: Lune"))
    crawl = spider()
    (posting,) = crawl._on_detail(kind(f"{SITE}/jobs/1", body=body), ROW, "mark")
    assert (posting.title, posting.raw_location) == ("Tide Lead", ["Lune"])
    assert posting.description_text == "Tide Lead\nLocation: Lune"
    assert posting.detail_read


def test_a_document_without_a_title_keeps_that_of_its_link() -> None:
    crawl = spider()
    scan = Response(f"{SITE}/jobs/1", body=pdf_of())
    (posting,) = crawl._on_detail(scan, ROW, "mark")
    assert (posting.title, posting.description_text) == ("Tide Engineer", None)
    word = Response(f"{SITE}/jobs/1", body=b"PK\x03\x04 a word file")
    (posting,) = crawl._on_detail(word, ROW, "mark")
    assert (posting.title, posting.detail_read) == ("Tide Engineer", True)


def test_a_damaged_document_is_a_lost_detail_and_not_a_lost_run() -> None:
    crawl = spider()
    broken = Response(f"{SITE}/jobs/1", body=b"%PDF-1.7\nnothing else")
    (posting,) = crawl._on_detail(broken, ROW, "mark")
    assert (posting.title, posting.detail_read) == ("Tide Engineer", False)
    (lost,) = crawl.report.detail_failures
    assert "PDF document cannot be read" in lost.reason


def test_a_page_that_says_nothing_is_asked_again() -> None:
    crawl = spider()
    app = html("<div id='app'></div>")
    (new,) = crawl._on_detail(app, ROW, "mark")
    assert (new.title, new.detail_read) == ("Tide Engineer", False)
    known = Remembered("jobs/1", ROW.fields["url"], "before", TODAY, is_open=True)
    crawl.memory = Memory(TODAY, {"jobs/1": known})
    (seen,) = crawl._on_detail(app, Row("jobs/1", {"url": ROW.fields["url"]}), "mark")
    assert (seen.sighting, seen.fingerprint, seen.closed_reason) == (True, "before", None)


# --- closed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "This position has been filled.",
        "This vacancy has now closed.",
        "Sorry, this job is no longer available. See our other openings.",
        "We're sorry, but the position you are looking for has been filled.",
        "Unfortunately, this role is no longer accepting applications.",
        "Applications for this post are now closed.",
        "No longer accepting applications",
        "Job not found",
        "This listing has expired!",
        "Diese Stelle ist leider bereits besetzt.",
        "Cette offre n'est plus disponible.",
    ],
)
def test_a_sentence_that_stands_alone_closes(line: str) -> None:
    assert closed_sentence(f"<h1>Tide Engineer</h1><div><p>{line}</p></div>") == line


@pytest.mark.parametrize(
    "line",
    [
        "Once this position has been filled, we take the page down.",
        "If this job is no longer available, see the others.",
        "This vacancy has closed, and we are reviewing what you sent.",
        "This role is closed to agencies.",
        "This position has been filled with enthusiasm by many.",
        "Position closed",
        "The opening is closed by a lid.",
        "This page is no longer available in German.",
        "Applications are now open.",
    ],
)
def test_a_sentence_that_may_mean_anything_else_does_not(line: str) -> None:
    assert closed_sentence(f"<h1>Tide Engineer</h1><p>{line}</p>") is None


def test_what_no_reader_sees_closes_nothing() -> None:
    for hidden in (
        "<p hidden>This job has expired.</p>",
        '<div style="display: none"><p>This job has expired.</p></div>',
        "<script>var text = 'This job has expired.'</script>",
        "<template><p>This job has expired.</p></template>",
        "<!-- This job has expired. -->",
    ):
        assert closed_sentence(f"<main><h1>Tide Engineer</h1>{hidden}</main>") is None
    assert closed_sentence("") is None


def test_a_page_with_a_jobposting_is_open_whatever_it_says() -> None:
    said = "<p>This job has expired.</p>"
    node = '<script type="application/ld+json">{"@type": "JobPosting", "title": "T"}</script>'
    crawl = spider()
    assert crawl.closed(html(said)) == "the page says 'This job has expired.'"
    assert crawl.closed(html(said + node)) is None


@pytest.mark.parametrize(
    ("where", "closes"),
    [
        (f"{SITE}/", True),
        (f"{SITE}/en/", True),
        (f"{SITE}/de-CH", True),
        (f"{SITE}/jobs/", True),  # the address of the source
        (f"{SITE}/sitemap.xml", True),
        (f"{SITE}/jobs/1-new-slug", False),
        (f"{SITE}/login?next=/jobs/1", False),
        (f"{SITE}/?job=1", False),
        (f"{SITE}/people/", False),
    ],
)
def test_a_redirect_closes_where_it_leads_home_or_to_the_list(where: str, closes: bool) -> None:
    crawl = spider()
    request = crawl.detail_request("jobs/1", f"{SITE}/jobs/1")
    request.meta["redirect_urls"] = [request.url]
    assert (crawl.closed(html("", where, request=request)) is not None) is closes
    for status in (401, 403, 405, 429, 500, 503):
        said = "<p>This job has expired.</p>"
        assert crawl.closed(html(said, where, status=status, request=request)) is None


# --- links and addresses -------------------------------------------------------------------------


def test_links_outside_the_frame_with_the_title_they_show() -> None:
    page = html(
        """<nav><a href="/jobs/0">Menu</a></nav><header><a href="/jobs/0">Banner</a></header>
        <a href="1"><img alt="x"></a> <a href="/jobs/1">Tide <b>Engineer</b></a>
        <li><h3>Tide Lead</h3> night shift <a href="/jobs/2">Read more</a></li>
        <a href="/jobs/3"><h4>Cook</h4><p>Lune, closes on 4 May</p></a>
        <a href="/jobs/4">Apply now</a> <a href="mailto:x@marram.example">Mail</a>
        <a href="http://[bad/jobs/5">broken</a> <a href="javascript:void(0)">x</a>
        <article><header><a href="/jobs/6">In an article</a></header></article>
        <footer><a href="/jobs/7">Footer</a></footer>""",
        f"{SITE}/jobs/",
    )
    assert html_links(page) == [
        (f"{SITE}/jobs/1", "Tide Engineer"),
        (f"{SITE}/jobs/2", "Tide Lead"),
        (f"{SITE}/jobs/3", "Cook"),
        (f"{SITE}/jobs/4", ""),
        (f"{SITE}/jobs/6", "In an article"),
    ]


def test_addresses() -> None:
    assert is_front(SITE)
    assert not is_front(f"{SITE}/jobs")
    assert not is_front(f"{SITE}/?p=7")
    url = f"{SITE}/jobs/1?lang=en&ref=7"
    assert without_visitor(f"{url}&utm_source=x&PHPSESSIONID=0A") == url
    assert common_pattern([f"{SITE}/about", f"{SITE}/en/jobs/tide"]) == "^/en/jobs/[^/?]+"
    assert common_pattern([f"{SITE}/work-with-us/job-openings/a"]) == (
        "^/work-with-us/job-openings/[^/?]+"
    )
    assert common_pattern([f"{SITE}/about/", f"{SITE}/jobs"]) is None
