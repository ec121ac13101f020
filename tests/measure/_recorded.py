"""Whole descriptions as the platforms' own parsers read them from recorded answers.

The recordings lie beside the data (`DATA/../samples`, a folder per platform) and are no part of the
project. Every file is offered to the parsers of its folder's platform, and to the reader of
schema.org postings; what they do not recognise is left out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from scrapy.http import HtmlResponse, TextResponse, XmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import platforms, spider_class
from crawler.patterns import Listing
from crawler.sources import Source
from crawler.structured_data import fields_of, job_postings

# Folders that are not named as their platform.
NAMES = {
    "oracle-orc": "oracle_recruiting",
    "taleo-tbe": "taleo_business",
    "unige_hireserve": "hireserve",
}
# A parser offered somebody else's answer says so, or stumbles: both mean that it is not its own.
NOT_ITS_OWN = (
    UnexpectedAnswer, ValidationError, AssertionError, AttributeError, KeyError, IndexError,
    TypeError, ValueError,
)  # fmt: skip
WHOLE = 200  # words; shorter ones are teasers, or recordings that were cut
# What is no advertisement: cut by whoever recorded it, or filler of a vendor's demonstration board.
NO_ADVERTISEMENT = ("[redacted", "[trimmed", "fictional job")


@dataclass(frozen=True)
class Recorded:
    """One posting of a recording."""

    source: str  # whose postings share boilerplate: platform and employer
    title: str
    description: str  # as the site gave it, HTML or plain


def descriptions(samples: Path) -> list[Recorded]:
    """The whole descriptions below `samples`, each once."""
    found: dict[tuple[str, str], Recorded] = {}
    for path in sorted(samples.rglob("*")):
        if path.suffix not in (".json", ".html", ".xml"):
            continue
        for one in _read(path, samples):
            key = one.source, one.description
            left_out = any(word in one.description for word in NO_ADVERTISEMENT)
            if len(one.description.split()) >= WHOLE and not left_out:
                found.setdefault(key, one)
    return list(found.values())


def _read(path: Path, samples: Path) -> Iterator[Recorded]:
    folder = path.relative_to(samples).parts[0]
    text = path.read_text(encoding="utf-8", errors="replace")
    address = "https://recorded.example/"
    spider = _spider(NAMES.get(folder, folder))
    fields: list[dict[str, Any]] = []
    if spider is not None:
        kind = {".json": TextResponse, ".html": HtmlResponse, ".xml": XmlResponse}[path.suffix]
        answer = kind(spider.source.url, body=text.encode(), encoding="utf-8")
        fields = _parsed(spider, answer)
    if not any(one.get("description_html") or one.get("description_text") for one in fields):
        if path.suffix == ".json":  # a node that somebody took out of its page
            text = f'<script type="application/ld+json">{text}</script>'
        fields = [fields_of(node, address) for node in job_postings(text, address)]
    for one in fields:
        described = one.get("description_html") or one.get("description_text")
        if described:
            source = f"{folder} {one.get('organization') or path.stem.split('_')[1:2]}"
            yield Recorded(source, str(one.get("title") or ""), described)


def _parsed(spider: Listing, answer: TextResponse) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    with contextlib.suppress(*NOT_ITS_OWN):
        found += [row.fields for row in spider.read_listing(answer).rows]
    with contextlib.suppress(NotImplementedError, *NOT_ITS_OWN):
        found.append(spider.read_detail(answer))
    return found


def _spider(name: str) -> Listing | None:
    platform = platforms().get(name)
    if platform is None or not issubclass(platform, Listing):
        return None
    for url in platform.examples:
        try:
            source = Source(id="recorded", platform=name, employer="The Employer", url=url)
            spider: Listing = spider_class(source)()
        except NOT_ITS_OWN:
            continue
        return spider
    return None
