"""Attrax, a career-site system on employers' own hosts, known by `-jid-` in its URLs.

data/platform_distribution.md calls the form "volcanic (jid-style)", by inference. Public code that
reads such sites (AbbVie, Tieto) finds Attrax's markup behind them: `attrax-vacancy-tile`.

URL forms:
    https://{host}/[{language}/]job/{title}-in-{place}-jid-{id}
    https://{host}/jobs                                       the listing

Traps:
- Only the number after -jid- identifies, within the host: any text before it opens the page.
- The number is the system's; the employer's own stands on the page.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform


class AttraxParams(platform.Params):
    host: str


class Attrax(platform.Platform):
    name = "attrax"
    label = "Attrax"
    Params = AttraxParams
    unread = "no spider yet"
    url_rules = (
        r"""https?://(?P<host>[\w.-]+)/(?P<path>(?:[a-z]{2}(?:-[a-z]{2})?/)?
            job/[^/?\#]*-jid-(?P<posting_id>\d+))/?(?:[?\#]|$)""",
    )
    vanity_rules = (
        r"https?://(?P<host>[\w.-]+)/(?P<path>(?:[a-z]{2}(?:-[a-z]{2})?/)?(?:jobs)?)/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(re.compile(r"\battrax-vacancy-tile\b"), "the markup of an Attrax site"),
    )
    examples: ClassVar = {
        "https://careers.fernwood.example/job/hpc-engineer-in-port-ellery-or-jid-901?source=x": {
            "host": "careers.fernwood.example",
            "posting_id": "901",
        },
        "https://careers.fernwood.example/en/job/data-steward-in-london-jid-31001/": {
            "host": "careers.fernwood.example",
            "posting_id": "31001",
        },
    }
    not_examples = (
        "https://careers.fernwood.example/job/hpc-engineer-in-port-ellery-or-901",
        "https://careers.fernwood.example/jobs?gh_jid=4899302003",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"https://{match.groups['host'].lower()}/{match.groups.get('path', '')}"
