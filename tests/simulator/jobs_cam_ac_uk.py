"""The simulated jobs.cam.ac.uk: one site, one host (ats/jobs_cam_ac_uk.md).

Quirks (`Site.quirks`):
    bare_jobs   a board without postings has "jobs": "" instead of an object with an empty list
"""

from __future__ import annotations

from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

HOST = "www.jobs.cam.ac.uk"
FIRST_ID = 50_000


class JobsCamAcUk(Protocol):
    platform: ClassVar[str] = "jobs_cam_ac_uk"
    single: ClassVar[bool] = True  # the software runs one site only
    country: ClassVar[str | None] = "GB"

    def entry(self) -> dict[str, Any]:
        return {
            "id": self.site.id,
            "employer": self.site.employer,
            "url": f"https://{HOST}/job/",
        }

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname in (HOST, HOST.removeprefix("www."))

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path.rstrip("/")
        if path == "/robots.txt":
            return SimResponse("User-agent: *\nDisallow: /account/\n")
        if path == "/job" and request.query.get("format") == "json":
            return SimResponse({"list": {"jobs": self._jobs()}})
        if path == "/job":
            cards = "".join(self._card(job) for job in self.site.listed)
            return SimResponse(f"<html><body>{cards}</body></html>")
        return self._page(path.removeprefix("/job/"))

    def _jobs(self) -> Any:
        rows = [self._row(job) for job in self.site.listed]
        if not rows and self.site.quirks.get("bare_jobs"):
            return ""
        # The converter makes a single element an object, several a list.
        return {"job": rows[0] if len(rows) == 1 else rows}

    def _id(self, job: Job) -> int:
        return FIRST_ID + job.number

    def _page(self, native_id: str) -> SimResponse | None:
        for job in self.site.jobs:
            if str(self._id(job)) == native_id and not (job.removed and job.closed_said):
                return SimResponse(f"<h1>{escape(job.title)}</h1>{job.description_html}")
        return None

    def _card(self, job: Job) -> str:
        link = f"<a href='/job/{self._id(job)}/'>{escape(job.title)}</a>"
        return f"<div class='card'><h3>{link}</h3></div>"

    def _row(self, job: Job) -> dict[str, Any]:
        pay = job.salary and f"£{job.salary[0]:,}-£{job.salary[1]:,}"
        dates = {"published": f"{job.posted_on.day} {job.posted_on:%B %Y}"}
        if job.closes_on:
            dates["closes"] = f"{job.closes_on.day} {job.closes_on:%B %Y}"
        return {
            "id": str(self._id(job)),
            "title": job.title,
            "url": f"https://{HOST}/job/{self._id(job)}/",
            "reference": f"RC{self._id(job)}",
            "category": "Academic-related",
            "unit": job.unit,
            "salary": pay or {},
            "country": job.country_name,
            "applyOnlineUrl": f"https://hrsystems.example.org/apply/RC{self._id(job)}",
            "dates": dates,
            "advert": {"html": job.description_html},
        }
