"""A simulated Phenom career site, with the quirks of ats/phenom.md.

Quirks a site may have (`Site.quirks`):
    token     each request of the widget wants the token that the site's pages hold
    size      rows of a page, whatever is asked
    embedded  no widget: the rows stand in the search's pages
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

CLAMP = 500
TOKEN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
KINDS = {"FULL_TIME": "Full time", "PART_TIME": "Part time", "TEMPORARY": "Fixed Term"}
PAGE = {"Content-Type": "text/html"}
REFUSED = SimResponse({"status": "failure"}, 403)


class Phenom(Protocol):
    platform: ClassVar[str] = "phenom"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {"size": 10},
        {"token": True},
        {"embedded": True},
    )

    @property
    def host(self) -> str:
        return f"careers.{self.site.id}.example"

    def entry(self) -> dict[str, Any]:
        return {
            "id": self.site.id,
            "employer": self.site.employer,
            "url": f"https://{self.host}/us/en/search-results",
            "params": {"host": self.host},
        }

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path, quirks = request.parts.path, self.site.quirks
        if path == "/robots.txt":
            return SimResponse("User-agent: *\nDisallow: /apply\n")
        if path == "/widgets":
            wanted = quirks.get("token") and request.headers.get("x-csrf-token") != TOKEN
            if request.method != "POST" or wanted or quirks.get("embedded"):
                return REFUSED
            return self._widget(request.json())
        if path == "/us/en/search-results":
            query = request.query
            return self._search(int(query.get("from") or 0), int(query.get("size") or 10))
        found = re.fullmatch(r"/us/en/job/(\w+)(?:/.*)?", path)
        return self._posting(found[1]) if found else None

    def _rows(self, start: int, size: int) -> dict[str, Any]:
        size = self.site.quirks.get("size") or min(size, CLAMP)
        jobs = [self._row(job) for job in self.site.listed[start : start + size]]
        total = len(self.site.listed)
        return {"status": 200, "hits": len(jobs), "totalHits": total, "data": {"jobs": jobs}}

    def _widget(self, asked: dict[str, Any]) -> SimResponse:
        if asked.get("ddoKey") != "refineSearch":
            return SimResponse({"status": "failure"})
        said = self._rows(int(asked.get("from") or 0), int(asked.get("size") or 10))
        if not asked.get("jobs"):
            said["data"] = {"aggregations": []}
        return SimResponse({"refineSearch": said})

    def _search(self, start: int, size: int) -> SimResponse:
        token = f'phApp.sessionParams = {{"csrfToken":"{TOKEN}"}};' if self._has_token else ""
        ddo = {"eagerLoadRefineSearch": self._rows(start, size)}
        return _page("Search", f"{token} phApp.ddo = {_script(ddo)}; phApp.experimentData = {{}};")

    @property
    def _has_token(self) -> bool:
        return not self.site.quirks.get("embedded")

    def _row(self, job: Job) -> dict[str, Any]:
        place = ", ".join(filter(None, (job.city, job.region)))
        return {
            "jobSeqNo": self._id(job),
            "jobId": f"R{job.number}",
            "reqId": f"R{job.number}",
            "locale": "en_US",
            "title": escape(job.title, quote=False),
            "descriptionTeaser": f"In short: {job.title}",
            "department": job.unit,
            "type": KINDS[job.employment_type],
            "RemoteType": job.workplace,
            "location": place,
            "multi_location": [place],
            "cityStateCountry": f"{place}, {job.country_name}",
            "country": job.country_name,
            "postedDate": f"{job.posted_on}T00:00:00.000+0000",
        }

    def _id(self, job: Job) -> str:
        return f"SIMUSR{job.number}EXTERNALENUS"

    def _posting(self, native_id: str) -> SimResponse | None:
        found = re.fullmatch(r"SIMUSR(\d+)EXTERNALENUS", native_id)
        job = self.site.job(int(found[1])) if found else None
        if job is None:
            return None
        if job.removed and job.closed_said:
            return SimResponse("<html><title>Gone</title></html>", 410, PAGE)
        node = {
            "@context": "http://schema.org",
            "@type": "JobPosting",
            "title": job.title,
            "description": escape(job.description_html),
            "datePosted": job.posted_on.isoformat(),
            "identifier": {"@type": "PropertyValue", "value": f"R{job.number}"},
        }
        return _page(job.title, "", f'<script type="application/ld+json">{_script(node)}</script>')


def _script(value: Any) -> str:
    return json.dumps(value).replace("</", "<\\/")


def _page(title: str, script: str, head: str = "") -> SimResponse:
    return SimResponse(
        f'<!doctype html><html lang="en"><head><title>{escape(title)}</title>{head}</head>'
        f"<body><script>{script}</script></body></html>",
        headers=PAGE,
    )
