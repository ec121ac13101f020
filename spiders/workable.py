"""Workable (apply.workable.com).

URL forms (ats/workable.md):
    https://apply.workable.com/{account}/j/{CODE}/     one posting
    https://apply.workable.com/j/{CODE}                the same without the account; redirects
    https://apply.workable.com/{account}/              the board
    https://apply.workable.com/api/v1/widget/accounts/{account}, /api/v3/accounts/{account}/jobs
    https://{account}.workable.com/...                 before that; redirects (public crawlers)

Traps:
- The short form names no account: its key is the code alone, and a crawl has to store that as an
  alias. On this host no entry of the catalogue may complete it.
- Codes are ten capitals and digits. A row of the list is one location: merge by code.

For a spider: the widget's one answer is complete (`?details=true`). Limits are per address and hard
(429 for hours): one list call for an account and night. 404 is an unknown account or a closed
posting. The page is a script; no JSON-LD.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_APPLY = r"https?://apply\.workable\.com"
_ACCOUNT = r"(?P<account>(?!(?:api|j)(?:[/?\#]|$))[^/?\#]+)"
_CODE = r"(?P<posting_id>[0-9a-z]{8,12})(?:/apply)?/?(?:[?\#]|$)"


class WorkableParams(platform.Params):
    account: str | None = None  # the short form does not say it


class Workable(platform.Platform):
    name = "workable"
    label = "Workable"
    Params = WorkableParams
    unread = "no spider yet"
    url_rules = (
        rf"{_APPLY}/(?:{_ACCOUNT}/)?j/{_CODE}",
        rf"{_APPLY}/{_ACCOUNT}/?(?:[?\#]|$)",
        rf"""{_APPLY}/api/v\d/(?:widget/)?accounts/(?P<account>[^/?\#]+)
            (?:/jobs(?:/(?P<posting_id>[0-9a-z]{{8,12}}))?)?/?(?:[?\#]|$)""",
        r"https?://(?P<account>(?!(?:www|apply|jobs|help|careers|resources)\.)[\w-]+)"
        rf"\.workable\.com(?:/j/{_CODE}|/?(?:[?\#]|$))",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?"
                r"(?P<account>(?!(?:api|j)\b)[\w-]+)",
                re.IGNORECASE,
            ),
            "the page links to a Workable board",
        ),
    )
    examples: ClassVar = {
        "https://apply.workable.com/fernwood-2/j/43D377A298/?utm_source=x": {
            "account": "fernwood-2",
            "posting_id": "43D377A298",
        },
        "https://apply.workable.com/j/3862836931": {"posting_id": "3862836931"},
        "https://fernwood-2.workable.com/j/43D377A299": {
            "account": "fernwood-2",
            "posting_id": "43D377A299",
        },
        "https://apply.workable.com/fernwood-2/": {"account": "fernwood-2"},
        "https://apply.workable.com/api/v1/widget/accounts/fernwood-2?details=true": {
            "account": "fernwood-2"
        },
    }
    not_examples = (
        "https://www.workable.com/careers",
        "https://jobs.workable.com/view/aaaaaaaaaaaaaaaaaaaaaa/hpc-engineer",
        "https://apply.workable.com/",
        "https://apply.workable.com/fernwood-2/j/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return (params.account or "").lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").upper()

    @classmethod
    def match_on_known_host(
        cls, url: str, params: platform.BaseParams, evidence: str
    ) -> platform.Match | None:
        match = super().match_on_known_host(url, params, evidence)
        return match if match and "account" in match.groups else None

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        code = match.posting_id and f"j/{match.posting_id.upper()}"
        parts = ("https://apply.workable.com", match.groups.get("account"), code)
        return "/".join(part for part in parts if part) + "/"
