"""The crawl's clock. `ROLECALL_NOW` (ISO 8601) sets it, for tests and the demo's later nights."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def now() -> datetime:
    """The moment of the crawl, with time zone (UTC)."""
    fixed = os.environ.get("ROLECALL_NOW")
    if not fixed:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(fixed)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def today() -> date:
    """The day of the crawl, in UTC."""
    return now().date()
