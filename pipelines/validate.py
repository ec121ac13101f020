"""Validate: what a site showed is a posting only with a title, a URL and an employer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from pipelines.clean import tidy

MANDATORY = ("title", "url", "organization")
TITLE_LIMIT = 500  # characters; a longer one is a text that a changed page put into the title


class Reject(DropItem):
    """This item is no posting; `reason` says why in one line."""

    def __init__(self, reason: str):
        super().__init__(reason, log_level="INFO")
        self.reason = reason


class Validate:
    """Drops what is no posting, with its reason; the store keeps it among the rejects."""

    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        reason = None if is_report(adapter) else fault(adapter)
        if reason:
            raise Reject(reason)
        return item


def is_report(adapter: ItemAdapter) -> bool:
    """Does this item only report that a known posting is still there, or closed?"""
    return bool(adapter.get("sighting") or adapter.get("closed_reason"))


def fault(adapter: ItemAdapter) -> str | None:
    """Why this is no posting, or None."""
    missing = [name for name in MANDATORY if not tidy(adapter.get(name) or "")]
    if missing:
        return f"without {' and '.join(missing)}"
    title, url = adapter["title"], adapter["url"]
    if len(title) > TITLE_LIMIT:
        return f"title of {len(title)} characters"
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"url {url[:80]!r} cannot be read"
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return f"url {url[:80]!r} is no http address"
    return None
