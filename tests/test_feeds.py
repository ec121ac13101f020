"""Feeds of postings: what is no whole feed, or has lost its items, is refused."""

from __future__ import annotations

import pytest
from scrapy.http import XmlResponse

from crawler.errors import UnexpectedAnswer
from spiders.feeds import feed_items, optional, part

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs</title><link>https://x.example/</link>
<image><url>https://x.example/i.png</url><title>Jobs</title></image>{}</channel></rss>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:ads="https://x.example/ads"><channel><title>Jobs</title></channel>
{}</rdf:RDF>"""
ITEM = "<item><title>HPC Engineer</title><link>https://x.example/1</link></item>"


def read(text: str) -> list[str]:
    response = XmlResponse("https://x.example/feed", body=text.encode(), encoding="utf-8")
    return [optional(item, "title") for item in feed_items(response)]


@pytest.mark.parametrize("feed", [RSS, RDF])
def test_items_of_both_kinds(feed: str) -> None:
    assert read(feed.format(ITEM)) == ["HPC Engineer"]
    assert read(feed.format("")) == []


@pytest.mark.parametrize("feed", [RSS, RDF])
def test_a_feed_whose_items_have_another_name_is_not_empty(feed: str) -> None:
    with pytest.raises(UnexpectedAnswer, match="no item, but 'posting'"):
        read(feed.format(ITEM.replace("item>", "posting>")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>Sign in</body></html>",
        RSS.format(ITEM)[:-20],
        RSS.format(ITEM).replace("<title>Jobs</title>", ""),
    ],
)
def test_what_is_no_whole_feed(text: str) -> None:
    with pytest.raises(UnexpectedAnswer):
        read(text)


def test_an_element_of_its_own_namespace_and_one_that_is_missing() -> None:
    text = RDF.format(ITEM.replace("</link>", "</link><ads:ID> 7 </ads:ID>"))
    response = XmlResponse("https://x.example/feed", body=text.encode(), encoding="utf-8")
    (item,) = feed_items(response)
    assert part(item, "ID", "here") == "7"
    with pytest.raises(UnexpectedAnswer, match="here: an item without 'Univ'"):
        part(item, "Univ", "here")
