"""What happens to a posting between spider and store, one responsibility a file.

Validate, clean, normalise, identify, describe and relevance are Scrapy item pipelines, thin over
pure functions; `process` applies those functions to one posting without a crawl.
"""

from __future__ import annotations

from itemadapter import ItemAdapter

from crawler.clock import today
from crawler.posting import Posting
from crawler.sources import Source
from pipelines.clean import clean
from pipelines.describe import describe
from pipelines.identify import content_hash
from pipelines.normalise import Reading, normalise
from pipelines.relevance import Model, score_item, shipped
from pipelines.validate import Reject, fault


def process(
    posting: Posting,
    reading: Reading | None = None,
    *,
    source: Source | None = None,
    model: Model | None = None,
) -> Posting:
    """The posting after all pipelines but the store's. Raises `pipelines.validate.Reject`.

    `source` is where it was read; `model` scores it, by default the shipped one.
    """
    adapter = ItemAdapter(posting)
    reason = fault(adapter)
    if reason:
        raise Reject(reason)
    clean(adapter)
    reading = reading or Reading(today())
    normalise(adapter, reading)
    adapter["content_hash"] = content_hash(adapter)
    describe(adapter, reading)
    score_item(adapter, model or shipped(), source)
    return posting
