"""Varbi (varbi.com, Grade), the recruitment system of Swedish universities.

URL forms (data/platform_distribution.md; public code):
    https://{tenant}.varbi.com/[{language}/]what:job/jobID:{id}/[where:4/...]
    https://{host}/.../what:job/jobID:{id}/...     embedded in the employer's own site
    https://www.kth.se/lediga-jobb/{id}?l=en       an own form around the same ids

Traps:
- What follows jobID is the channel (where:, type:, apply:, iframeEmbedded:); what:login, what:apply
  and the language are views of the same posting.
- Ids are one series for all tenants (inferred: the ids of five universities, published over two
  years, grow with the date together), so that an embedded posting and the tenant's own are one key.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform


class VarbiParams(platform.Params):
    host: str


class Varbi(platform.Platform):
    name = "varbi"
    label = "Varbi"
    Params = VarbiParams
    unread = "no spider yet"
    url_rules = (
        r"""https?://(?P<host>[\w.-]+)/(?P<path>(?:[^?\#]*/)?what:(?:job|login|apply)/
            (?:[^/?\#]+/)*?jobID:(?P<posting_id>\d+))(?:[/?\#]|$)""",
        r"https?://(?P<host>[\w-]+\.varbi\.com)(?:[/?\#]|$)",
    )
    vanity_rules = (
        r"https?://(?P<host>[\w.-]+)/(?P<path>(?:\w{2}/)?lediga-jobb/(?P<posting_id>\d+))/?"
        r"(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://fernwood.varbi.com/en/what:job/jobID:990001/": {
            "host": "fernwood.varbi.com",
            "posting_id": "990001",
        },
        "https://fernwood.varbi.com/what:job/jobID:990002/type:job/where:4/apply:1": {
            "host": "fernwood.varbi.com",
            "posting_id": "990002",
        },
        "https://www.fernwood.example/en/om/lediga-jobb/what:job/jobID:990003/where:4/": {
            "host": "www.fernwood.example",
            "posting_id": "990003",
        },
        "https://fernwood.varbi.com/en/": {"host": "fernwood.varbi.com"},
    }
    not_examples = (
        "https://www.fernwood.example/lediga-jobb/990001?l=en",
        "https://www.fernwood.example/en/what:list/",
    )
    shared_back_ends = ("varbi.com",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "varbi.com"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        host = match.groups["host"].lower()
        if match.posting_id and host.endswith(".varbi.com"):
            return f"https://{host}/en/what:job/jobID:{match.posting_id}/"
        return f"https://{host}/{match.groups.get('path', '')}"
