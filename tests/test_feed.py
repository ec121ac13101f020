"""Feeds in all their dialects, and what is no feed of postings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError
from scrapy.http import TextResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.patterns import Row
from crawler.recognise import Recogniser
from crawler.sources import Source
from spiders.feed import Feed, Params

SITE = "https://quillwort.example"
FEED = f"{SITE}/feed/"


def source(**params: Any) -> Source:
    said = {"listing": FEED, "posting_pattern": "^/job/", **params}
    return Source(
        id="quillwort", platform="feed", employer="Quillwort", url=f"{SITE}/jobs/", params=said
    )


def read(text: str, **params: Any) -> list[Row]:
    spider: Any = spider_class(source(**params))()
    return spider.read_listing(TextResponse(FEED, body=text.encode(), encoding="utf-8")).rows


def rss(*items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>Jobs</title>{head}{"".join(items)}</channel></rss>'


def item(title: str = "Tide Lead", link: str = f"{SITE}/job/1", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def json_feed(*items: dict[str, Any], **more: Any) -> str:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Jobs", "items": [*items]}
    return json.dumps({**feed, **more})


# --- items ---------------------------------------------------------------------------------------

DIALECTS = {
    "rss 2.0": rss(item(more="<pubDate>Mon, 10 Aug 2026 12:00:00 GMT</pubDate>")),
    "rss 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f'<channel rdf:about="{SITE}"><title>Jobs</title></channel><item rdf:about="{SITE}/job/1">'
    f"<title>Tide Lead</title><link>{SITE}/job/1</link><dc:date>2026-08-10</dc:date></item>"
    "</rdf:RDF>",
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>Jobs</title><entry>'
    '<title>Tide Lead</title><link rel="self" href="/x"/><link href="/job/1"/>'
    "<published>2026-08-10T12:00:00Z</published><updated>2026-08-12T12:00:00Z</updated>"
    "</entry></feed>",
    "json": json_feed(
        {"id": "1", "url": "/job/1", "title": "Tide Lead", "date_published": "2026-08-10",
         "date_modified": "2026-08-12"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_says_the_same(dialect: str) -> None:
    (row,) = read(DIALECTS[dialect])
    assert (row.native_id, row.fields["url"]) == ("job/1", f"{SITE}/job/1")
    assert row.fields["title"] == "Tide Lead"
    assert "10" in row.fields["raw_date_posted"]
    assert row.stamp.startswith("2026-08-12") is (dialect in ("atom", "json"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("R&amp;D Lead", "R&D Lead"),
        ("<![CDATA[R&D Lead]]>", "R&D Lead"),
        ("<![CDATA[Tide &lt;T&gt; Lead]]>", "Tide &lt;T&gt; Lead"),
        ("C++ &lt;T&gt; Lead", "C++ <T> Lead"),
        ("&lt;b&gt;Tide&lt;/b&gt; Lead", "Tide Lead"),
        ("Zoë — “Lead”", "Zoë — “Lead”"),
    ],
)
def test_odd_characters_of_a_title(title: str, expected: str) -> None:
    (row,) = read(rss(item(title)))
    assert row.fields["title"] == expected


def test_the_longest_text_of_an_item_is_its_description_untouched() -> None:
    more = (
        '<description>Short</description><content:encoded xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/"><![CDATA[<p onclick="x()">Long text</p>]]>'
        "</content:encoded>"
    )  # fmt: skip
    (row,) = read(rss(item(more=more)))
    assert row.fields["description_html"] == '<p onclick="x()">Long text</p>'
    (row,) = read(json_feed({"url": "/job/1", "title": "T", "summary": "s", "content_text": "c"}))
    assert row.fields["description_html"] == "c"


def test_items_of_other_kinds_are_counted_and_left_out() -> None:
    spider: Any = spider_class(source())()
    text = rss(item(), item("Boats", f"{SITE}/blog/1"), item("Else", "https://x.example/job/2"))
    page = spider.read_listing(TextResponse(FEED, body=text.encode(), encoding="utf-8"))
    assert [row.native_id for row in page.rows] == ["job/1"]
    assert sum(spider.report.skipped_rows.values()) == 2


# --- what is no feed of postings -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no feed"),
        ("<html><body><h1>Jobs</h1></body></html>", "is no feed"),
        ("[]", "is no feed"),
        ("{}", "the key 'version' is missing"),
        (json_feed(version="1.0"), "no version of JSON Feed"),
        (json_feed().replace("items", "entries"), "the key 'items' is missing"),
        (json_feed(items={}), "the key 'items' is a dict"),
        (json_feed({"title": "T"}), "the key 'url' is missing"),
        (json_feed({"url": "/job/1"}), "the key 'title' is missing"),
        (json_feed({"url": "/job/1", "title": "T", "content_html": 7}), "'content_html'"),
        (rss(item(), item()).replace("item>", "job>"), "holds something, but no items"),
        (rss(item(link="")), "has no link"),
        (rss(item(title=" ")), "has no title"),
        (rss(item())[:-20], "ends in the middle"),
        (rss(item(link="javascript:x()")), "is no link"),
        (rss(item(link=f"{SITE}/blog/1")), "of 1 items none has an address"),
        (rss().replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss'), "defines entities"),
    ],
)
def test_another_form_is_refused(text: str, says: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=says):
        read(text)


def test_a_feed_without_items_is_an_empty_board() -> None:
    assert read(rss(head="<!-- <item> was here -->")) == []
    assert read(json_feed()) == []


def test_markup_that_the_parser_recovers_from_loses_no_item() -> None:
    cook = item("Cook", f"{SITE}/job/2", "<description>a & b</description>")
    text = rss(item("Tide &nbsp; Lead"), cook)
    assert [row.native_id for row in read(text)] == ["job/1", "job/2"]


# --- parameters ----------------------------------------------------------------------------------


def test_a_feed_proves_no_absence_unless_the_entry_says_so() -> None:
    assert spider_class(source())().listing_is_authoritative is False
    assert spider_class(source(complete=True))().listing_is_authoritative is True


def test_details_are_read_unless_the_items_say_all() -> None:
    for details in (True, False):
        spider: Any = spider_class(source(details=details))()
        (row,) = spider.read_listing(TextResponse(FEED, body=rss(item()).encode())).rows
        asked = spider.detail_request(row.native_id, row.fields["url"])
        assert (asked is not None) is details


@pytest.mark.parametrize(
    "params", [{"listing": []}, {"posting_pattern": "("}, {"id_pattern": "x"}, {"empty": "no"}]
)
def test_parameters_that_cannot_work_are_refused(params: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Params.model_validate({"listing": FEED, "posting_pattern": "x", **params})


def test_a_posting_of_a_feed_is_recognised_by_its_address() -> None:
    match = Recogniser([source()]).recognise(f"{SITE}/job/1/?utm_source=x")
    assert match is not None
    assert match.key == ("feed", "quillwort.example", "job/1")
    assert match.canonical_url == f"{SITE}/job/1"


def test_a_proposal_needs_a_feed_of_jobs() -> None:
    expected = {"listing": FEED, "posting_pattern": "^/job/[^/?]+"}
    assert Feed.params_for(FEED, rss(item())) == expected
    assert Feed.params_for(FEED, rss(item(link=f"{SITE}/blog/1"))) is None
    assert Feed.params_for(FEED, "<html></html>") is None
