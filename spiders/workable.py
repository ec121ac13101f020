"""Workable (apply.workable.com).

URL forms (ats/workable.md):
    https://apply.workable.com/{account}/j/{CODE}/     one posting
    https://apply.workable.com/j/{CODE}                the same without the account; redirects
    https://apply.workable.com/{account}/              the board
    https://apply.workable.com/api/v1/widget/accounts/{account}, /api/v3/accounts/{account}/jobs
    https://{account}.workable.com/...                 before that; redirects (public crawlers)

Endpoint of the vendor's own widget (ats/workable.md; used by many public clients, robots.txt allows):
    GET https://apply.workable.com/api/v1/widget/accounts/{account}?details=true
The one answer is the whole board with its texts. 404 is an unknown account. Whether the text holds
the posting's requirements and benefits too is inferred: the recorded ones are cut.

Traps:
- The short form names no account: its key is the code alone, stored as an alias of every posting. On
  this host no entry of the catalogue may complete it.
- Codes are ten capitals and digits. A row of the list is one location: rows are merged by code.
- `published_on` is the day of posting, `created_at` may be months before.
- `employment_type`, city and state may be "".
- Limits are per address and hard (429 for hours): one request for an account and night, and no
  details. The page is a script; no JSON-LD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import given, json_of, need, objects
from crawler.patterns import Page, Row, WholeBoard
from crawler.posting import Key

_APPLY = r"https?://apply\.workable\.com"
_ACCOUNT = r"(?P<account>(?!(?:api|j)(?:[/?\#]|$))[^/?\#]+)"
_CODE = r"(?P<posting_id>[0-9a-z]{8,12})(?:/apply)?/?(?:[?\#]|$)"


class WorkableParams(platform.Params):
    account: str | None = None  # the short form does not say it


class Workable(WholeBoard):
    name = "workable"
    label = "Workable"
    Params = WorkableParams
    tenant_params = ("account",)
    needed = ("account",)
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

    # --- the board ----------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        account = self.params.account
        yield Request(
            f"https://apply.workable.com/api/v1/widget/accounts/{account}?details=true",
            headers={"Accept": "application/json"},
        )

    def read_listing(self, response: TextResponse) -> Page:
        answer, where = json_of(response), response.url
        postings: dict[str, list[dict[str, Any]]] = {}
        for item in objects(need(answer, "jobs", list, where), where):
            postings.setdefault(need(item, "shortcode", str, "a job").upper(), []).append(item)
        return Page([self._row(code, items) for code, items in postings.items()])

    def _row(self, code: str, items: list[dict[str, Any]]) -> Row:
        """One posting, of one row for each of its places."""
        item, where = items[0], f"job {code}"
        places, country = _places(items, where)
        page = f"https://apply.workable.com/{self.params.account}/j/{code}/"
        return Row(
            code,
            {
                "title": need(item, "title", str, where),
                "url": page,
                "apply_url": f"{page}apply/",
                "requisition_id": given(item, "code", str, where),
                "unit": given(item, "department", str, where),
                "raw_location": places,
                "raw_country": country,
                "raw_workplace": "telecommuting"
                if need(item, "telecommuting", bool, where)
                else None,
                "raw_employment_type": given(item, "employment_type", str, where),
                "raw_date_posted": need(item, "published_on", (str, type(None)), where),
                "description_html": given(item, "description", str, where),
            },
            (Key(self.platform, "", code),),
        )


def _places(items: list[dict[str, Any]], where: str) -> tuple[list[str], str | None]:
    """The places as texts, and their country when it is one; it is then in no text but its own."""
    found = [
        tuple(
            need(item, key, (str, type(None)), where) or "" for key in ("city", "state", "country")
        )
        for item in items
    ]
    countries = {country for *_, country in found}
    common = countries.pop() if len(countries) == 1 else ""
    texts = []
    for city, state, country in found:
        parts = [part for part in (city, state) if part]
        texts.append(", ".join(parts if parts and common else filter(None, [*parts, country])))
    return list(dict.fromkeys(text for text in texts if text)), common or None
