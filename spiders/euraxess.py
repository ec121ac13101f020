"""EURAXESS (euraxess.ec.europa.eu), the European Commission's board of research positions.

URL forms (ats/academic_boards.md, "EURAXESS"):
    https://euraxess.ec.europa.eu/jobs/{id}
    https://euraxess.ec.europa.eu/jobs/search?page=N        0-based, ten to a page, newest first

Traps:
- A board of copies: the organisation of an offer is at times an aggregator itself.
- robots.txt allows /jobs and /jobs/search?page= and forbids other queries.
- Deadlines carry a zone in brackets ("23:59 (Europe/Oslo)"); `time[datetime]` has the moment.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

BOARD = "https://euraxess.ec.europa.eu/jobs"


class Euraxess(platform.Platform):
    name = "euraxess"
    label = "EURAXESS"
    many_employers = True
    unread = "no spider yet"
    url_rules = (
        r"https?://euraxess\.ec\.europa\.eu/jobs/(?P<posting_id>\d+)/?(?:[?\#]|$)",
        r"https?://euraxess\.ec\.europa\.eu/jobs(?:/search)?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://euraxess.ec.europa.eu/jobs/990001?utm_source=x": {"posting_id": "990001"},
        "https://euraxess.ec.europa.eu/jobs/search?page=2": {},
        "https://euraxess.ec.europa.eu/jobs": {},
    }
    not_examples = (
        "https://euraxess.ec.europa.eu/worldwide/north-america",
        "https://euraxess.ec.europa.eu/jobs/hosting/12",
        "https://euraxess.ec.europa.eu.example.org/jobs/990001",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "euraxess.ec.europa.eu"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"{BOARD}/{match.posting_id or 'search'}"
