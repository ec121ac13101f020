"""JazzHR, formerly The Resumator ({tenant}.applytojob.com).

URL forms (ats/jazzhr.md sections 1 and 2):
    https://{tenant}.applytojob.com/apply/{code}[/{slug}]       one posting; the slug is decoration
    https://{tenant}.applytojob.com/apply/jobs/details/{code}   the same, under another theme
    https://{tenant}.theresumator.com/apply/...                 the same, before the renaming
    https://{tenant}.applytojob.com/apply[/jobs]                the board
    https://app.jazz.co/feeds/export/jobs/{tenant}              its feed

Traps:
- Codes are letters and digits whose case counts; "jobs" and "confirm" are none.
- The whole query is tracking. Pages and feed mix http and https.

For a spider (sections 2-5): the HTML board on one page is the truth; the feed is cached for a day and
may be empty. `validThrough` of the JSON-LD is made up. Closed is 410; 403 is no answer.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_HOST = r"https?://(?P<tenant>(?!(?:app|www)\.)[\w-]+)\.(?:applytojob|theresumator)\.com"


class JazzHRParams(platform.Params):
    tenant: str


class JazzHR(platform.Platform):
    name = "jazzhr"
    label = "JazzHR"
    Params = JazzHRParams
    unread = "no spider yet"
    url_rules = (
        rf"""{_HOST}/apply/(?:jobs/details/)?(?P<posting_id>(?!(?:jobs|confirm)\b)[0-9a-z]{{6,}})
            (?:/(?P<slug>[^/?\#]*))?/?(?:[?\#]|$)""",
        rf"{_HOST}(?:/(?:apply(?:/jobs)?/?)?)?(?:[?\#]|$)",
        r"https?://app\.jazz\.co/feeds/export/jobs/(?P<tenant>[\w-]+)/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"//(?P<tenant>(?!(?:app|www)\.)[\w-]+)\.applytojob\.com\b", re.IGNORECASE),
            "the page links to a JazzHR board",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.applytojob.com/apply/jvLkznTUaV/Quantum-Software-Lead?source=Indeed": {
            "tenant": "fernwood",
            "posting_id": "jvLkznTUaV",
        },
        "https://fernwood.applytojob.com/apply/jobs/details/jvLkznTUaW?&": {
            "tenant": "fernwood",
            "posting_id": "jvLkznTUaW",
        },
        "http://quantenhof.theresumator.com/apply/uw2WjsGMur/Data-Steward.html": {
            "tenant": "quantenhof",
            "posting_id": "uw2WjsGMur",
        },
        "https://fernwood.applytojob.com/apply/jobs/": {"tenant": "fernwood"},
        "https://app.jazz.co/feeds/export/jobs/fernwood": {"tenant": "fernwood"},
    }
    not_examples = (
        "https://app.applytojob.com/notfound.html",
        "https://fernwood.applytojob.com/apply/confirm/",
        "https://www.jazzhr.com/careers/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.tenant).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        board = f"https://{match.params.tenant.lower()}.applytojob.com/apply"
        return "/".join(filter(None, (board, match.posting_id, match.groups.get("slug"))))
