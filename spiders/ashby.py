"""Ashby (jobs.ashbyhq.com, `ashby_jid` on employers' pages).

URL forms (ats/ashby.md):
    https://jobs.ashbyhq.com/{org}/{uuid}[/application]        one posting
    https://jobs.ashbyhq.com/{org}                             the board
    https://api.ashbyhq.com/posting-api/job-board/{org}        the public API: the whole board
    https://{any host}/...?ashby_jid={uuid}                    an employer's own page (reported once;
                                                               one listing of the community has it)

Traps:
- {org} may be percent-encoded ("Fern%20Labs"), hold a dot and capitals; the API wants its case.
- `ashby_jid` repeats the path's id on Ashby's own host and is the identity on employers' pages.
  These do not name the org: such a posting has the key of its id alone until the catalogue names
  the host; a crawl has to store that key as an alias.
- `Ashby` and utm_* are tracking.

For a spider (ats/ashby.md): the API's one answer is complete; it has no endpoint for one posting,
absence from the board closes it. About 10 s for an answer and rate limits: one board at a time.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from crawler import platform
from spiders.embedded import EMPLOYERS_PAGE, left_to_others

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class AshbyParams(platform.Params):
    org: str | None = None  # letter case kept; an employer's page does not say it


class Ashby(platform.Platform):
    name = "ashby"
    label = "Ashby"
    Params = AshbyParams
    unread = "no spider yet"
    url_rules = (
        rf"""https?://jobs\.ashbyhq\.com/(?P<org>[^/?\#]+)/?
            \?(?:[^\#]*&)?ashby_jid=(?P<posting_id>{_UUID})""",
        rf"""https?://jobs\.ashbyhq\.com/(?P<org>(?!(?:api|meeting|b)/)[^/?\#]+)
            (?:/(?P<posting_id>{_UUID})(?:/application)?)?/?(?:[?\#]|$)""",
        r"https?://api\.ashbyhq\.com/posting-api/job-board/(?P<org>[^/?\#]+)/?(?:[?\#]|$)",
        rf"""https?://(?=[^?\#]*\?(?:[^\#]*&)?ashby_jid=)
            (?![^?\#]*\?(?:[^\#]*&)?gh_jid=\d){EMPLOYERS_PAGE}
            \?(?:[^\#]*&)?ashby_jid=(?P<posting_id>{_UUID})""",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com/posting-api/job-board)/"
                r"(?P<org>[^/?#\"'<>\s\\]+)",
                re.IGNORECASE,
            ),
            "the page links to an Ashby board",
        ),
    )
    examples: ClassVar = {
        "https://jobs.ashbyhq.com/fernlabs/0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d?Ashby=LinkedIn": {
            "org": "fernlabs",
            "posting_id": "0a1b2c3d-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://jobs.ashbyhq.com/Fern%20Labs/0A1B2C3D-0002-4A5B-8C6D-0E1F2A3B4C5D/application": {
            "org": "Fern%20Labs",
            "posting_id": "0A1B2C3D-0002-4A5B-8C6D-0E1F2A3B4C5D",
        },
        "https://jobs.ashbyhq.com/fern.ai/0a1b2c3d-0003-4a5b-8c6d-0e1f2a3b4c5d"
        "?ashby_jid=0a1b2c3d-0003-4a5b-8c6d-0e1f2a3b4c5d": {
            "org": "fern.ai",
            "posting_id": "0a1b2c3d-0003-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://api.ashbyhq.com/posting-api/job-board/FernTA?includeCompensation=true": {
            "org": "FernTA"
        },
        "https://jobs.ashbyhq.com/fernlabs": {"org": "fernlabs"},
        "https://www.fern.example/careers?ashby_jid=0a1b2c3d-0004-4a5b-8c6d-0e1f2a3b4c5d&x=1": {
            "posting_id": "0a1b2c3d-0004-4a5b-8c6d-0e1f2a3b4c5d"
        },
    }
    not_examples = (
        "https://www.ashbyhq.com/careers",
        "https://jobs.ashbyhq.com/",
        "https://jobs.ashbyhq.com/fernlabs/not-a-posting-id",
        "https://www.fern.example/careers?ashby_jid=7",
    )

    @classmethod
    def match(cls, url: str) -> platform.Match | None:
        return left_to_others(super().match(url))

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return unquote(params.org or "").lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        key = (match.posting_id or "").lower()
        if match.params.org is None:
            return f"https://{match.groups['page']}?ashby_jid={key}"
        org = quote(unquote(match.groups.get("org") or match.params.org))
        return f"https://jobs.ashbyhq.com/{org}/{key}".rstrip("/")
