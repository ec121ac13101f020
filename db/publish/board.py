"""The board's own data file and feed: jobs.json and jobs.rss."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from db.publish._entry import CATEGORY_TYPES, Entry, Place
from db.publish._format import Edition, Files, Format
from db.publish._text import one_line, untagged
from db.publish._words import country_name

# When a day begins on the board's feed: midnight in Toronto, in winter.
FEED_HOUR = time(5, tzinfo=UTC)


def write(entries: Sequence[Entry], edition: Edition) -> Files:
    newest = sorted(entries, key=lambda entry: (entry.added, entry.id), reverse=True)
    # The board is a page beside its feed: /jobs/ and /jobs.rss.
    address = urljoin(edition.site, "../jobs.rss")
    return {"jobs.json": data_file(newest, edition), "jobs.rss": feed(newest, edition, address)}


def data_file(entries: Sequence[Entry], edition: Edition) -> str:
    said = {
        "generated": edition.at.isoformat(),
        "count": len(entries),
        "jobs": [job(entry) for entry in entries],
    }
    return script_safe(json.dumps(said, indent=2, ensure_ascii=False)) + "\n"


def job(entry: Entry) -> dict[str, Any]:
    """One job, its keys in the order of the board, whose page prints the texts as they are."""
    place = main_place(entry)
    types = {kind: [untagged(one) for one in entry.categories[kind]] for kind in _types(entry)}
    return {
        "id": entry.id,
        "title": untagged(entry.title),
        "company": untagged(entry.organization),
        "location": untagged(entry.location),
        "city": untagged(one_line(place.city)),
        "state": untagged(one_line(place.region)),
        "country": untagged(country_name(place.country)),
        "description": "\r\n\r\n".join(map(untagged, entry.excerpt)),
        "url": entry.url,
        "posted": entry.added,
        "categories": [category for kind in types for category in types[kind]],
        "categoryTypes": types,
    }


def main_place(entry: Entry) -> Place:
    """The first place of work; the country alone where it is done from home."""
    if not entry.places:
        return Place()
    first = next((place for place in entry.places if not place.remote), entry.places[0])
    return Place(country=first.country) if first.remote else first


def _types(entry: Entry) -> list[str]:
    known = [kind for kind in CATEGORY_TYPES if kind in entry.categories]
    return [kind for kind in known if entry.categories[kind]]


def script_safe(text: str) -> str:
    """JSON in which nothing is markup, wherever a page puts it; it says the same."""
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def feed(entries: Sequence[Entry], edition: Edition, address: str) -> str:
    """RSS 2.0; `address` is its own."""
    link = edition.site.rstrip("/")
    items = "\n".join(_item(entry) for entry in entries)
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>{escape(edition.name)}</title>
    <description>{escape(f"Open postings: {edition.name}")}</description>
    <link>{escape(link)}</link>
    <atom:link href={quoteattr(address)} rel="self" type="application/rss+xml"/>
    <lastBuildDate>{format_datetime(edition.at.astimezone(UTC))}</lastBuildDate>
{items}
  </channel>
</rss>
"""


def _item(entry: Entry) -> str:
    day = datetime.combine(datetime.fromisoformat(entry.added[:10]), FEED_HOUR)
    return f"""
    <item>
      <title>{escape(f"{entry.title} - {entry.organization}")}</title>
      <description>{escape(_description(entry))}</description>
      <pubDate>{format_datetime(day)}</pubDate>
      <link>{escape(entry.url)}</link>
      <guid isPermaLink="false">job-{entry.id}</guid>
    </item>"""


def _description(entry: Entry) -> str:
    """HTML: the paragraphs, place, categories, and the link."""
    categories = ", ".join(
        category for kind in _types(entry) for category in entry.categories[kind]
    )
    parts = [f"<p>{html.escape(paragraph)}</p>" for paragraph in entry.excerpt]
    if entry.location:
        parts.append(f"<p><strong>Location:</strong> {html.escape(entry.location)}</p>")
    if categories:
        parts.append(f"<p><strong>Categories:</strong> {html.escape(categories)}</p>")
    parts.append(f'<p><a href="{html.escape(entry.url)}">View Job Posting</a></p>')
    return "\n".join(parts)


FORMAT = Format("the board's data file and feed: jobs.json and jobs.rss", write, folder=True)
