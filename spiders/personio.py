"""Personio ({tenant}.jobs.personio.de, .com).

URL forms (ats/later-additions.md, "Personio"; the hyphen of old links: public repositories):
    https://{tenant}.jobs.personio.{de|com}/job/{id}[?language=de]      one posting
    https://{tenant}-jobs.personio.de/job/{id}                          the same, older
    https://{tenant}.jobs.personio.{de|com}/                            the board; /xml its feed

Traps:
- Versions in other languages share the number.

For a spider: GET /xml is the whole board with texts. Bursts are refused; all tenants seem to share one
back end (inferred).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

from crawler import platform

_HOST = r"(?P<tenant>[\w-]+?)[.-]jobs\.personio\.(?P<domain>de|com)\b"


class PersonioParams(platform.Params):
    tenant: str
    domain: Literal["de", "com"] = "de"


class Personio(platform.Platform):
    name = "personio"
    label = "Personio"
    Params = PersonioParams
    unread = "no spider yet"
    url_rules = (
        rf"https?://{_HOST}/job/(?P<posting_id>\d+)(?:/apply)?/?(?:[?\#]|$)",
        rf"https?://{_HOST}(?:/(?:xml|search\.json)?)?(?:[?\#]|$)",
    )
    page_rules = (platform.PageRule(re.compile(rf"//{_HOST}", re.I), "a link to a Personio board"),)
    examples: ClassVar = {
        "https://quantenhof.jobs.personio.de/job/1234567?language=en&display=en": {
            "tenant": "quantenhof",
            "domain": "de",
            "posting_id": "1234567",
        },
        "https://quantenhof-institut-jobs.personio.de/job/1234568": {
            "tenant": "quantenhof-institut",
            "domain": "de",
            "posting_id": "1234568",
        },
        "https://fernwood.jobs.personio.com/xml?language=en": {
            "tenant": "fernwood",
            "domain": "com",
        },
    }
    not_examples = (
        "https://www.personio.com/about-personio/careers/",
        "https://jobs.personio.de/",
        "https://quantenhof.jobs.personio.de.example.org/job/1234567",
    )
    shared_back_ends = ("personio.de", "personio.com")

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.tenant).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        params: Any = match.params
        domain = match.groups.get("domain", params.domain).lower()
        board = f"https://{params.tenant.lower()}.jobs.personio.{domain}/"
        return f"{board}job/{match.posting_id}" if match.posting_id else board
