"""An Atom feed (RFC 4287) of the postings, newest first."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime

from db.publish._entry import Entry
from db.publish._format import Edition, Files, Format
from db.publish._text import safe_html

NAMESPACE = "http://www.w3.org/2005/Atom"
FILE = "atom.xml"


def write(entries: Sequence[Entry], edition: Edition) -> Files:
    newest = sorted(entries, key=lambda entry: (entry.added, entry.id), reverse=True)
    feed = ET.Element("feed", {"xmlns": NAMESPACE})
    _texts(feed, id=edition.site, title=edition.name, updated=_moment(edition.at.isoformat()))
    ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=edition.site + FILE)
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=edition.site)
    _texts(feed, generator="Rolecall")
    for entry in newest:
        _entry(ET.SubElement(feed, "entry"), entry, edition)
    ET.indent(feed)
    text = ET.tostring(feed, encoding="unicode")
    return {FILE: f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'}


def _entry(element: ET.Element, entry: Entry, edition: Edition) -> None:
    _texts(
        element,
        id=permalink(entry, edition),
        title=f"{entry.title} - {entry.organization}",
        updated=_moment(entry.updated or entry.added),
        published=_moment(entry.added),
    )
    _texts(ET.SubElement(element, "author"), name=entry.organization)
    ET.SubElement(element, "link", rel="alternate", href=entry.url)
    for kind, categories in entry.categories.items():
        for category in categories:
            ET.SubElement(element, "category", term=category, scheme=f"{edition.site}#{kind}")
    if entry.location or entry.excerpt:
        summary = " - ".join(filter(None, (entry.location, " ".join(entry.excerpt))))
        ET.SubElement(element, "summary", type="text").text = summary
    content = safe_html(entry.description_html, entry.description_text)
    if content:
        ET.SubElement(element, "content", type="html").text = content


def permalink(entry: Entry, edition: Edition) -> str:
    """The posting's page among the static ones; it stays whatever the title becomes."""
    return f"{edition.site}postings/{entry.id}.html"


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _moment(text: str) -> str:
    """A moment of RFC 3339; a day is its first second in UTC."""
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="seconds")


FORMAT = Format("an Atom feed", write)
