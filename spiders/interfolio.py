"""Interfolio (apply.interfolio.com), faculty searches of United States universities.

URL forms (ats/us_universities.md section 2; the board's number from public code):
    https://apply.interfolio.com/{id}                        a position
    https://apply.interfolio.com/{institution}/positions     an institution's board

Traps:
- Both numbers look alike; `/positions` tells them apart. The institution cannot be read from a
  position's link, so that ids are one series for all.
- The pages are shells of JavaScript. Mostly professorships.

Endpoint behind the board, for a spider:
    GET https://logic.interfolio.com/byc-search/{institution}/public_job_boards?limit=100&page=N
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

SITE = "https://apply.interfolio.com"


class InterfolioParams(platform.Params):
    institution: str | None = None


class Interfolio(platform.Platform):
    name = "interfolio"
    label = "Interfolio"
    many_employers = True
    Params = InterfolioParams
    unread = "no spider yet"
    url_rules = (
        r"https?://apply\.interfolio\.com/(?P<posting_id>\d+)/?(?:[?\#]|$)",
        r"https?://apply\.interfolio\.com/(?P<institution>\d+)/positions/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "http://apply.interfolio.com/990001": {"posting_id": "990001"},
        "https://apply.interfolio.com/990002/?utm_source=x#top": {"posting_id": "990002"},
        "https://apply.interfolio.com/90001/positions": {"institution": "90001"},
    }
    not_examples = (
        "https://www.interfolio.com/products/",
        "https://apply.interfolio.com.example.org/990001",
        "https://apply.interfolio.com/990001/apply",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "interfolio.com"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"{SITE}/{match.posting_id or match.groups['institution'] + '/positions'}"
