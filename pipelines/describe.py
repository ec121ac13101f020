"""Describe: who advertises, the language of a description, and the paragraphs to quote from it.

After the hash of what a posting says (pipelines/identify.py): all three are this house's reading,
and a better reading is no change of the posting.
"""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from pipelines.excerpt import Recurring, excerpt
from pipelines.language import language
from pipelines.normalise import Reading, reading_of
from pipelines.organization import read_organization
from pipelines.validate import is_report


class Describe:
    """Sets `organization`, `unit`, `recruiter`, `language` and `excerpt`."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Describe:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        if not is_report(adapter):
            describe(adapter, reading_of(self.crawler.spider))
        return item


def describe(adapter: ItemAdapter, reading: Reading) -> None:
    """All by the posting alone; what else its source says is known when the run is over."""
    who = read_organization(
        adapter["organization"],
        adapter.get("unit"),
        employer=reading.employer,
        aliases=reading.aliases,
    )
    adapter["organization"], adapter["unit"], adapter["recruiter"] = who
    text = adapter.get("description_text")
    adapter["language"] = language(text, adapter.get("language"))
    adapter["excerpt"] = excerpt(text, adapter["title"])


def without_standing(row: dict[str, Any], recurring: Recurring) -> None:
    """Choose again where a paragraph of a posting (in its JSON form) recurs in other postings.

    A posting that says nothing of its own keeps the excerpt it had.
    """
    told, text = row["excerpt"], row["description_text"]
    if told and recurring.has(row["title"], text):
        row["excerpt"] = excerpt(text, row["title"], recurring) or told
