"""Feeds of postings, RSS 2.0 and 1.0 (RDF): one that is cut off is never a shorter board.

Not a platform: a part of those whose listing is a feed
(https://www.rssboard.org/rss-specification, http://purl.org/rss/1.0/).
"""

from __future__ import annotations

import re

from parsel import Selector, SelectorList
from scrapy.http import TextResponse

from crawler.errors import UnexpectedAnswer

_WHOLE = re.compile(r"<(rss|rdf:RDF)[\s>].*</\1>\s*$", re.DOTALL)


def feed_items(response: TextResponse) -> SelectorList:
    """The items of a feed; namespaces are gone. Raises UnexpectedAnswer for anything else."""
    if not _WHOLE.search(response.text):
        said = " ".join(response.text.split())[:60]
        raise UnexpectedAnswer(f"{response.url} is no whole RSS feed but {said!r}")
    feed = Selector(text=response.text, type="xml")
    feed.remove_namespaces()
    if not feed.xpath("//channel/title"):
        raise UnexpectedAnswer(f"{response.url}: a feed without a channel and its title")
    items = feed.xpath("//item")
    # What a channel holds beside its own properties is its items, whatever they are called.
    others = feed.xpath(
        "(//channel/* | /*/*)[*[not(self::url)]][not(self::channel or self::item or self::items"
        " or self::image or self::textInput or self::textinput)]"
    )
    if not items and others:
        raise UnexpectedAnswer(f"{response.url}: no item, but {others[0].root.tag!r}")
    return items


def part(item: Selector, name: str, where: str) -> str:
    """The text of an element that every item has. Raises UnexpectedAnswer naming it."""
    text = optional(item, name)
    if not text:
        raise UnexpectedAnswer(f"{where}: an item without {name!r}")
    return text


def optional(item: Selector, name: str) -> str:
    """The text of an element of an item; "" when there is none."""
    return item.xpath(f"string({name})").get("").strip()
