"""Identify: a hash of what a posting says, so that a change is told from a second look.

It covers what the site said, not what this house makes of it: a better parser is no change of the
posting. Crawl time, relative dates ("Posted 3 Days Ago") and the order of places stay out of it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from itemadapter import ItemAdapter

from pipelines.normalise.dates import is_relative
from pipelines.validate import is_report

CONTENT = (
    "requisition_id", "title", "url", "apply_url", "organization", "unit", "description_text",
    "language", "raw_country", "raw_workplace", "raw_employment_type", "raw_salary",
)  # fmt: skip
DATES = ("raw_date_posted", "raw_valid_through")


class Identify:
    """Sets `content_hash`."""

    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        if not is_report(adapter):
            adapter["content_hash"] = content_hash(adapter)
        return item


def content_hash(adapter: ItemAdapter) -> str:
    """Twenty hexadecimal digits; equal as long as the site says the same."""
    said = {name: adapter.get(name) or None for name in CONTENT}
    for name in DATES:
        value = adapter.get(name)
        said[name] = None if value and is_relative(value) else value
    said["raw_location"] = sorted(set(adapter.get("raw_location") or ()))
    said["salary"] = _given_salary(adapter)
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _given_salary(adapter: ItemAdapter) -> Any:
    """The structured salary; one parsed from `raw_salary` or the description is covered by that."""
    salary = adapter.get("salary")
    covered = adapter.get("raw_salary") or adapter.get("salary_source") == "text"
    return None if covered or salary is None else ItemAdapter(salary).asdict()
