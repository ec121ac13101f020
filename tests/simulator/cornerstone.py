"""A simulated Cornerstone career site: a token from the page, then JSON (ats/cornerstone.md).

Quirks a site may have (`Site.quirks`):
    culture     what the page says, en-US by default; dates are written in its way
    cap         rows of a page at most, however many are asked for
    placeholder the listing has a placeholder where the text would be
    bare        a detail is not inside `data`
    no_session  the token alone opens the details
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

CULTURES = {"en-US": (1, "{0.month}/{0.day}/{0.year}"), "en-GB": (2, "{0:%d/%m/%Y}")}
SITE = 4


class Cornerstone(Protocol):
    platform: ClassVar[str] = "cornerstone"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {"cap": 25},
        {"culture": "en-GB", "bare": True},
        {"placeholder": True, "no_session": True},
    )

    @property
    def host(self) -> str:
        return f"{self.site.id}.csod.com"

    @property
    def pod(self) -> str:
        """The cloud's host; each site has one of its own here, to be known by its address."""
        return f"{self.site.id}-pod.api.csod.com"

    @property
    def culture(self) -> str:
        return self.site.quirks.get("culture", "en-US")

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.host}/ux/ats/careersite/{SITE}/home?c={self.site.id}"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname in (self.host, self.pod)

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/robots.txt":
            return SimResponse("User-agent: *\nDisallow: /LMS/\n")
        if request.parts.hostname == self.pod:
            return self._list(request) if path == "/rec-job-search/external/jobs" else None
        found = re.fullmatch(r"/ux/ats/careersite/(\d+)/home(?:/requisition/\d+)?", path)
        if found:
            return self._page(int(found[1]))
        found = re.fullmatch(r"/services/x/job-requisition/v2/requisitions/(\d+)/jobDetails", path)
        return self._detail(request, int(found[1])) if found else None

    def secret(self, of: str) -> str:
        """Changes with the day, as tokens and sessions do."""
        return hashlib.sha256(f"{of}{self.site.id}{self.site.today}".encode()).hexdigest()[:40]

    def _page(self, site: int) -> SimResponse:
        html = {"Content-Type": "text/html; charset=utf-8"}
        if site != SITE:
            return SimResponse("", 302, {"Location": f"https://{self.host}/ui/error"})
        number, _ = CULTURES[self.culture]
        page = (
            '<!DOCTYPE html><html><body><div id="cs-root"></div><script type="text/javascript">'
            f'if(!csod.context || !csod.context.token) csod.context={{"corp":"{self.site.id}",'
            f'"user":-100,"cultureID":{number},"cultureName":"{self.culture}",'
            f'"endpoints":{{"cloud":"https://{self.pod}/","api":"/"}},'
            f'"token":"{self.secret("token")}"}};</script></body></html>'
        )
        cookie = f"ASP.NET_SessionId={self.secret('session')}; path=/; HttpOnly"
        return SimResponse(page, headers={**html, "Set-Cookie": cookie})

    def _is_known(self, request: SimRequest) -> bool:
        return request.headers.get("authorization") == f"Bearer {self.secret('token')}"

    def _list(self, request: SimRequest) -> SimResponse:
        if request.method != "POST" or not self._is_known(request):
            return SimResponse("", 401)
        asked = request.json()
        jobs = self.site.listed if asked["careerSitePageId"] == SITE else []
        size = min(int(asked["pageSize"]), self.site.quirks.get("cap", 1000))
        start = (int(asked["pageNumber"]) - 1) * size
        rows = [self._row(job) for job in jobs[start : start + size]]
        data = {"totalCount": len(jobs), "requisitions": rows}
        return SimResponse({"status": "Success", "data": data})

    def _row(self, job: Job) -> dict[str, Any]:
        text = re.sub(r"<[^>]*>|&", "", job.description_html)
        return {
            "requisitionId": requisition(job),
            "displayJobTitle": job.title.replace("&", "&amp;").replace("<", "&lt;"),
            "locations": [place(job)],
            "postingEffectiveDate": self._date(job.posted_on),
            "postingExpirationDate": self._date(job.closes_on) if job.closes_on else "-",
            "externalDescription": "see job ad" if self.site.quirks.get("placeholder") else text,
        }

    def _date(self, day: date) -> str:
        return CULTURES[self.culture][1].format(day)

    def _detail(self, request: SimRequest, number: int) -> SimResponse:
        session = f"ASP.NET_SessionId={self.secret('session')}"
        known = self.site.quirks.get("no_session") or session in request.headers.get("cookie", "")
        if not self._is_known(request) or not known:
            return SimResponse("", 401)
        job = self.site.job(number - 2000)
        if job is None or (job.removed and job.closed_said):
            return SimResponse({"status": "NotFound"}, 404)
        said = {
            "displayTitle": job.title.replace("&", "&amp;").replace("<", "&lt;"),
            "ref": f"req{number}",
            "externalDescription": job.description_html,
            "jobAd": f"<h2>{self.site.employer}</h2>{job.description_html}",
            "primaryLocation": place(job),
            "additionalLocations": [],
            "allowApply": True,
        }
        return SimResponse(said if self.site.quirks.get("bare") else {"data": said})


def requisition(job: Job) -> int:
    return 2000 + job.number


def place(job: Job) -> dict[str, Any]:
    said = {"city": job.city, "state": job.region, "country": job.country}
    return {name: value for name, value in said.items() if value}
