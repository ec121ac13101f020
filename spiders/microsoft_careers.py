"""jobs.careers.microsoft.com: one employer's own site until 2025, now a front of its Eightfold site.

It redirects to apply.careers.microsoft.com (public code, 2026), which is read as any Eightfold site
(spiders/eightfold.py); the catalogue's entry for it is one of Eightfold. The numbers of the time before
have seven digits and are not known there. Those of today have nine (`displayJobId`, ats/eightfold.md
section 5), and the old form of address is still written with them: /global/en/job/200045384. It is a
platform because no other single site was linked as often by the newsletter
(data/platform_distribution.md section 5), and old links have to be known again.

URL forms (data/platform_distribution.md section 6):
    https://jobs.careers.microsoft.com/{country or global}/{lang}/job/{id}[/{title}]
    https://jobs.careers.microsoft.com/{country or global}/{lang}/share/{id}/     the same posting
    https://jobs.careers.microsoft.com/global/en/apply?Job_id={id}                its form
    https://jobs.careers.microsoft.com/global/en/search?...                       a search

Traps: the title is decoration, may hold percent-encoded slashes and may be followed by utm_* with
spaces. careers.microsoft.com/us/en/job/{id}, before that, was a Phenom site. A posting with a number of
seven digits is closed when its address leads to the new host or to 404 (the former is inferred: that
host knows no such number); of one with nine digits that proves nothing.
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.errors import UnexpectedAnswer
from crawler.posting import Key
from spiders.eightfold import Eightfold, EightfoldParams

HOST = "jobs.careers.microsoft.com"
OLD_DIGITS = 7

_LOCALE = r"https?://jobs\.careers\.microsoft\.com/(?:[a-z]{2}|global)/[a-z]{2}(?:-[a-z]{2})?"


class MicrosoftCareersParams(EightfoldParams):
    host: str = "apply.careers.microsoft.com"
    domain: str | None = "microsoft.com"


class MicrosoftCareers(Eightfold):
    name = "microsoft_careers"
    label = "Microsoft Careers (jobs.careers.microsoft.com)"
    Params = MicrosoftCareersParams
    front_end = False
    page_rules = ()
    url_rules = (
        _LOCALE + r"/(?:job|share)/(?P<posting_id>\d{5,9})(?:[/?\#]|$)",
        _LOCALE + r"/apply/?\?(?:[^\#]*&)?Job_id=(?P<posting_id>\d{5,9})(?:[&\#]|$)",
        r"https?://jobs\.careers\.microsoft\.com"
        r"(?:/(?:[a-z]{2}|global)/[a-z]{2}(?:-[a-z]{2})?(?:/search)?)?/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobs.careers.microsoft.com/global/en/job/1700001/Principal-AI%2FHPC-Engineer": {
            "posting_id": "1700001"
        },
        "https://jobs.careers.microsoft.com/us/en-us/share/1700001/?utm_source=Job Share": {
            "posting_id": "1700001"
        },
        "https://jobs.careers.microsoft.com/global/en/apply?Job_id=1700002": {
            "posting_id": "1700002"
        },
        "https://jobs.careers.microsoft.com/global/en/search?q=hpc": {},
    }
    not_examples = (
        "https://apply.careers.microsoft.com/careers/job/1970393556867858?domain=microsoft.com",
        "https://careers.microsoft.com/us/en/job/1361537/Senior-Technical-Program-Manager",
        "https://jobs.careers.microsoft.com.example.org/global/en/job/1700001",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return HOST

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if urlsplit(match.url).hostname != HOST:
            return super().canonical_url(match)
        start = f"https://{HOST}/global/en"
        return f"{start}/job/{match.posting_id}" if match.posting_id else f"{start}/search"

    # --- links of the former site -------------------------------------------------------------

    def _aliases(self, native_id: str, item: dict[str, Any], requisition: Any) -> tuple[Key, ...]:
        keys = super()._aliases(native_id, item, requisition)
        return (*keys, Key("microsoft_careers", HOST, str(requisition))) if requisition else keys

    def detail_request(self, native_id: str, url: str) -> Request:
        if urlsplit(url).hostname == HOST:
            return Request(url)
        return super().detail_request(native_id, url)

    def closed(self, response: Response) -> str | None:
        request = response.request
        asked = (request.meta.get("redirect_urls") or [request.url])[0] if request else ""
        if urlsplit(asked).hostname != HOST:
            return super().closed(response)
        match = self.match(asked)
        if match is None or len(match.posting_id or "") > OLD_DIGITS:
            return None
        if response.status in (404, 410):
            return f"HTTP {response.status} for the posting"
        if response.status == 200 and urlsplit(response.url).hostname != HOST:
            return f"redirected to {response.url}, where this number is not known"
        return None

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        if "/api/" not in response.url:
            raise UnexpectedAnswer(f"{response.url}: a posting is read at {self.params.host} alone")
        return super().read_detail(response)
