"""What happens to a posting between spider and store, one responsibility a file.

Validate, clean, normalise and identify are Scrapy item pipelines, thin over pure functions;
`process` applies those functions to one posting without a crawl.
"""

from __future__ import annotations

from itemadapter import ItemAdapter

from crawler.clock import today
from crawler.posting import Posting
from pipelines.clean import clean
from pipelines.identify import content_hash
from pipelines.normalise import Reading, normalise
from pipelines.validate import Reject, fault


def process(posting: Posting, reading: Reading | None = None) -> Posting:
    """The posting after all pipelines but the store's. Raises `pipelines.validate.Reject`."""
    adapter = ItemAdapter(posting)
    reason = fault(adapter)
    if reason:
        raise Reject(reason)
    clean(adapter)
    normalise(adapter, reading or Reading(today()))
    adapter["content_hash"] = content_hash(adapter)
    return posting
