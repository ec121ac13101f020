"""Relevance: how much a posting is research computing and data, and how much it is leading.

Two scores between 0 and 1, each with the words that produced it, and categories of the board's own
taxonomy. They rank; a crawl drops nothing for its score. The model is a file of weights
(pipelines/models/), described in docs/model-card.md; what an editor's marks taught is in the
database and added to it.
"""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from sqlite_utils import Database

from crawler.platform import Platform
from crawler.sources import Source
from db import scores, store
from pipelines.relevance.examples import plain
from pipelines.relevance.features import Words
from pipelines.relevance.model import Model, Scores, shipped
from pipelines.validate import is_report

__all__ = ["Model", "Relevance", "Scores", "Words", "current", "score_item", "shipped", "words_of"]


class Relevance:
    """Sets `topic_score`, `lead_score`, `score_reasons`, `categories` and `score_model`."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.model = shipped()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Relevance:
        return cls(crawler)

    def open_spider(self) -> None:
        """Take the model that the editor's marks made, if there is one."""
        path = self.crawler.settings.get("ROLECALL_DB")
        if path is not None:
            db = store.open_db(path)
            try:
                self.model = current(db)
            finally:
                db.close()

    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        if not is_report(adapter):
            spider = self.crawler.spider
            source = spider.source if isinstance(spider, Platform) else None
            score_item(adapter, self.model, source)
        return item


def current(db: Database) -> Model:
    """The shipped model with what this database's marks taught it.

    What was learned on top of another shipped model is left alone until `rolecall learn` is run.
    """
    base, learned = shipped(), scores.latest_model(db)
    if learned is None or learned["base"] != base.name:
        return base
    return base.with_weights(learned["name"], learned["changes"])


def score_item(adapter: ItemAdapter, model: Model, source: Source | None = None) -> None:
    """Fill a posting's scores; `source` is where it was read, if known."""
    row = {
        "title": adapter.get("title"),
        "organization": adapter.get("organization"),
        "unit": adapter.get("unit"),
        "description_text": adapter.get("description_text"),
        "kind": source.kind if source else None,
        "employer": source.employer if source else None,
    }
    for name, value in scored(row, model).items():
        adapter[name] = value


def scored(row: dict[str, Any], model: Model) -> dict[str, Any]:
    """What `db.scores.write_scores` takes, for a row of `db.scores.batches`."""
    found = model.score(words_of(row))
    return {
        "topic_score": found.topic,
        "lead_score": found.lead,
        "score_reasons": found.reasons,
        "categories": found.categories,
        "score_model": found.model,
    }


def words_of(row: dict[str, Any]) -> Words:
    """The words of a stored posting.

    The catalogue's kind is that of the source's employer: it holds for a posting of that employer,
    or where the organisation's name is part of the employer's, not for what a portal lists.
    """
    organization, employer = row["organization"] or "", row["employer"] or ""
    ours, theirs = plain(organization), plain(employer)
    same = bool(ours) and (ours in theirs or theirs in ours)
    return Words(
        row["title"] or "",
        organization or None,
        row["unit"] or None,
        row["kind"] if same else None,
        row["description_text"] or None,
    )
