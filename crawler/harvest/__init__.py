"""Posting links out of documents: newsletters, community boards, feeds, pages, plain text.

`harvest` is pure: a document's text in, leads out. A lead is what the document says of one posting;
which platform is behind its link is none of its business (crawler/placing.py).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from crawler.harvest.feeds import read_feed
from crawler.harvest.lead import Harvest, HarvestError, Lead, Skipped
from crawler.harvest.markdown import has_front_matter, read_markdown
from crawler.harvest.pages import read_page
from crawler.harvest.plain import read_text
from crawler.harvest.records import is_json, looks_like_yaml, read_json, read_yaml
from crawler.harvest.table import looks_like_csv, read_csv

__all__ = ["KINDS", "LARGEST", "Harvest", "HarvestError", "Lead", "Skipped", "decoded", "harvest"]

LARGEST = 20_000_000  # characters or bytes; the archive of a newsletter's ten years is smaller

KINDS: dict[str, Callable[[str, str | None], Harvest]] = {
    "markdown": read_markdown,
    "html": read_page,
    "yaml": read_yaml,
    "json": read_json,
    "csv": read_csv,
    "feed": read_feed,
    "text": read_text,
}

ENDINGS = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".yml": "yaml", ".yaml": "yaml",
    ".json": "json",
    ".csv": "csv",
    ".rss": "feed", ".atom": "feed", ".xml": "feed", ".rdf": "feed",
}  # fmt: skip


def harvest(text: str, kind: str | None = None, base_url: str | None = None) -> Harvest:
    """The leads of a document, each link once, in the document's order.

    `kind` is one of KINDS; None tells it from the text. `base_url` is where the document is from:
    relative links are joined to it, and a posting that is a document of its own is found there.
    Raises HarvestError when nothing can be read: too large, not parsable, a bomb.
    """
    if len(text) > LARGEST:
        raise HarvestError(f"larger than {LARGEST // 1_000_000} MB: split it, or export less")
    return KINDS[kind or kind_of(text)](text, base_url).without_repetitions()


def decoded(data: bytes) -> str:
    """The text of a document's bytes. Raises HarvestError for what is no text."""
    if len(data) > LARGEST:
        raise HarvestError(f"larger than {LARGEST // 1_000_000} MB: split it, or export less")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data or data.startswith(b"%PDF-"):
        return _refuse_binary()
    return data.decode("utf-8-sig", errors="replace")


def _refuse_binary() -> str:
    raise HarvestError("this is no text (save it as text, HTML or Markdown)")


def kind_of_name(name: str) -> str | None:
    """The kind that a file's name or a URL's path ends in; None when it says nothing (`.txt`)."""
    path = urlsplit(name).path if "://" in name else name
    return ENDINGS.get(PurePosixPath(path).suffix.lower())


def kind_of(text: str) -> str:
    """The kind of a document as its text shows it."""
    start = text.lstrip("\ufeff \t\r\n")[:2000].lower()
    if start.startswith(("<?xml", "<rss", "<feed", "<rdf")) and "<html" not in start:
        return "feed"
    if start.startswith("<") and any(tag in start for tag in ("<!doctype html", "<html", "<body")):
        return "html"
    if is_json(text):
        return "json"
    if start.startswith(("---", "+++")) and has_front_matter(text):
        return "markdown"
    if looks_like_yaml(text):
        return "yaml"
    if looks_like_csv(text):
        return "csv"
    if "](" in text:
        return "markdown"
    return "html" if "<a " in text.lower() else "text"
