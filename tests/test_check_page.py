"""What a page that no platform claims says of a posting: open, closed, or nothing."""

from __future__ import annotations

import json

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawler.night.check_page import judge, leads_away

ASKED = "https://www.fernwood.example/jobs/hpc-engineer"
TITLE = "Research Engineer, HPC"


def page(body: str, url: str = ASKED) -> HtmlResponse:
    text = f"<html><head><title>Fernwood</title></head><body>{body}</body></html>"
    return HtmlResponse(url, body=text, encoding="utf-8", request=Request(ASKED))


def stated(**said: str) -> str:
    node = {"@context": "https://schema.org", "@type": "JobPosting", "title": TITLE, **said}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("body", "state", "evidence"),
    [
        (f"<h1>{TITLE}</h1><p>Come and work.</p>", "open", "carries its title"),
        ("<h1>Research Engineer - HPC</h1>", "open", "carries its title"),
        (f"<h1>{TITLE}</h1><p>This position has been filled.</p>", "closed", "has been filled"),
        (f"<h1>{TITLE}</h1><p>Once this position has been filled we write.</p>", "open", "title"),
        ("<div id=root></div>", "unknown", "does not carry its title"),
        ("<h1>Our jobs</h1><p>Research Engineer, Networks</p>", "unknown", "does not carry"),
        (stated(), "open", "JobPosting"),
        (stated() + "<p>Applications are closed.</p>", "open", "JobPosting"),
        (stated(datePosted="2026-01-02", validThrough="2026-02-20"), "closed", "2026-02-20"),
        # Thirty days later to the day: software's own default, which is no deadline.
        (stated(datePosted="2026-01-02", validThrough="2026-02-01"), "open", "JobPosting"),
        (stated(title="Something else"), "unknown", "does not carry"),
    ],
)
def test_a_page_that_is_there(
    body: str, state: str, evidence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLECALL_NOW", "2026-08-20T03:00:00+00:00")
    found = judge(page(body), ASKED, TITLE)
    assert (found.state, evidence in found.evidence) == (state, True), found


def test_a_sentence_on_the_page_of_several_openings_closes_none() -> None:
    several = page("<p>Engineer</p><p>This position has been filled.</p><p>Steward</p>")
    assert judge(several, ASKED, "Data Engineer", alone=False).state == "unknown"
    assert judge(several, ASKED, "Data Engineer", alone=True).state == "closed"


def test_without_a_title_a_page_says_little() -> None:
    assert judge(page("<h1>Anything</h1>"), ASKED, None).state == "unknown"
    assert judge(page("<p>This job is no longer available.</p>"), ASKED, None).state == "closed"


@pytest.mark.parametrize(
    ("answered", "away"),
    [
        ("https://www.fernwood.example/", True),
        ("https://fernwood.example/en/", True),
        ("https://www.fernwood.example/jobs", True),
        ("https://www.fernwood.example/jobs/", True),
        ("https://www.fernwood.example/jobs?id=7", False),
        ("https://www.fernwood.example/jobs/hpc-engineer/", False),
        ("https://www.fernwood.example/login", False),
        ("https://login.example.net/", False),
    ],
)
def test_a_redirect_closes_only_to_the_front_or_the_page_above(answered: str, away: bool) -> None:
    assert leads_away(ASKED, answered) is away
    found = judge(page("<h1>Welcome</h1>", answered), ASKED, TITLE)
    assert found.state == ("closed" if away else "unknown")
    still = judge(page(f"<h1>{TITLE}</h1>", answered), ASKED, TITLE)
    assert still.state == "open", "a page that still carries the title"


def test_a_document_says_nothing_of_being_open() -> None:
    document = Response(ASKED, body=b"PK\x03\x04", request=Request(ASKED))
    assert judge(document, ASKED, TITLE).state == "unknown"
