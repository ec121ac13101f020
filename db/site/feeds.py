"""Feeds of the board, one per filter: Atom, RSS and JSON Feed."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from db.publish._text import one_line
from db.site.rows import Row

LENGTH = 50  # postings in a feed
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


def feed(kind: str, rows: Sequence[Row], title: str, board: str, own: str) -> str:
    """A feed of these cards (board.cards). `board` is the page it belongs to, `own` its address;
    a posting's page is `<site>/board/<id>`, where `site` is what stands before `/board`."""
    return {"atom": _atom, "rss": _rss, "json": _json}[kind](rows, title, board, own)


def _page(board: str, row: Row) -> str:
    return f"{board.split('?')[0].rstrip('/')}/{row['id']}"


def _summary(row: Row) -> str:
    parts = [row["organization"], row["location"], row["workplace"] if row["workplace"] else None]
    if row["valid_through"]:
        parts.append(f"closes {row['valid_through']}")
    return one_line(" · ".join(str(part) for part in parts if part))


def _moment(day: str) -> datetime:
    return datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)


def _title(row: Row) -> str:
    return one_line(f"{row['title']} - {row['organization']}")


def _atom(rows: Sequence[Row], title: str, board: str, own: str) -> str:
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _add(root, "id", board)
    _add(root, "title", title)
    _add(
        root,
        "updated",
        _moment(max((r["first_seen"] for r in rows), default="1970-01-01")).isoformat(),
    )
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=own)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=board)
    for row in rows:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", _page(board, row))
        _add(entry, "title", _title(row))
        _add(entry, "updated", _moment(row["first_seen"]).isoformat())
        _add(ET.SubElement(entry, "author"), "name", one_line(row["organization"]))
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=_page(board, row))
        for category in row["categories"]:
            ET.SubElement(entry, "category", term=category["category"])
        _add(entry, "summary", _summary(row))
    return _xml(root)


def _rss(rows: Sequence[Row], title: str, board: str, own: str) -> str:
    root = ET.Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", board)
    _add(channel, "description", title)
    ET.SubElement(channel, "atom:link", rel="self", type="application/rss+xml", href=own)
    for row in rows:
        item = ET.SubElement(channel, "item")
        _add(item, "title", _title(row))
        _add(item, "link", _page(board, row))
        _add(item, "guid", _page(board, row))
        _add(item, "pubDate", format_datetime(_moment(row["first_seen"])))
        for category in row["categories"]:
            _add(item, "category", category["category"])
        _add(item, "description", _summary(row))
    return _xml(root)


def _json(rows: Sequence[Row], title: str, board: str, own: str) -> str:
    said: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": board,
        "feed_url": own,
        "items": [
            {
                "id": _page(board, row),
                "url": _page(board, row),
                **({"external_url": row["link"]} if row["link"] else {}),
                "title": _title(row),
                "content_text": _summary(row),
                "date_published": _moment(row["first_seen"]).isoformat(),
                "tags": [category["category"] for category in row["categories"]],
            }
            for row in rows
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = one_line(text)


def _xml(root: ET.Element) -> str:
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
