"""Simulated Lever sites behind the one API host of their region (ats/lever.md).

Quirks a site may have (`Site.quirks`):
    region   "eu": the site lives on api.eu.lever.co, and the other host answers 404
    confidential   numbers of jobs that the API hides while their page works
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

COMMITMENTS = {"FULL_TIME": "Full-time", "PART_TIME": "Part-time", "TEMPORARY": "Contract"}
NOT_FOUND = {"ok": False, "error": "Document not found"}


class Lever(Protocol):
    platform: ClassVar[str] = "lever"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = ({}, {"region": "eu"})

    @property
    def domain(self) -> str:
        return "eu.lever.co" if self.site.quirks.get("region") == "eu" else "lever.co"

    @property
    def api(self) -> str:
        return f"/v0/postings/{self.site.id}"

    def entry(self) -> dict[str, Any]:
        url = f"https://jobs.{self.domain}/{self.site.id}"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        if url.path == "/robots.txt":
            return url.hostname in {f"api.{self.domain}", f"jobs.{self.domain}"}
        first = {f"api.{self.domain}": self.api, f"jobs.{self.domain}": f"/{self.site.id}"}
        start = first.get(url.hostname or "")
        return start is not None and f"{url.path}/".startswith(f"{start}/")

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path.rstrip("/")
        if path == "/robots.txt":
            return SimResponse("User-agent: *\nAllow: /\nCrawl-delay: 1\n")
        if request.method != "GET":
            return SimResponse(NOT_FOUND, 404)
        if path == self.api:
            return self._board(request)
        hosted = path.startswith(f"/{self.site.id}/")
        job = self._job(path.rpartition("/")[2])
        if hosted:
            return self._page(job)
        if job is None or job.number in self._hidden():
            return SimResponse(NOT_FOUND, 404)
        return SimResponse(self._posting(job))

    def _hidden(self) -> set[int]:
        return set(self.site.quirks.get("confidential", ()))

    def _board(self, request: SimRequest) -> SimResponse:
        query = request.query
        if query.get("mode") != "json" and "json" not in request.headers.get("accept", ""):
            return SimResponse("<div class='postings-group'></div>", headers=html())
        rows = [self._posting(job) for job in self.site.listed if job.number not in self._hidden()]
        skip, limit = int(query.get("skip", 0)), int(query.get("limit", len(rows)))
        return SimResponse(rows[skip : skip + limit])

    def _job(self, native_id: str) -> Job | None:
        """The job with this id, unless it was removed and its pages say so."""
        for job in self.site.jobs:
            if self._id(job) == native_id.lower():
                return None if job.removed and job.closed_said else job
        return None

    def _id(self, job: Job) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.site.id}/{job.number}"))

    def _page(self, job: Job | None) -> SimResponse:
        if job is None:
            return SimResponse("<h1>404</h1>", 404, html())
        return SimResponse(f"<div class='posting-headline'><h2>{escape(job.title)}</h2></div>")

    def _posting(self, job: Job) -> dict[str, Any]:
        page = f"https://jobs.{self.domain}/{self.site.id}/{self._id(job)}"
        place = ", ".join(part for part in (job.city, job.region) if part)
        created = datetime.combine(job.posted_on, time(9, 30), UTC)
        posting: dict[str, Any] = {
            "additional": "",
            "additionalPlain": "",
            "categories": {
                "commitment": COMMITMENTS.get(job.employment_type, job.employment_type),
                "department": job.unit,
                "location": place,
                "team": job.unit,
                "allLocations": [place],
            },
            "createdAt": int(created.timestamp() * 1000),
            "description": job.description_html,
            "id": self._id(job),
            "lists": [{"text": "What we offer", "content": "<li>Time for open-source work</li>"}],
            "text": job.title,
            "country": job.country,
            "workplaceType": job.workplace,
            "hostedUrl": page,
            "applyUrl": f"{page}/apply",
        }
        if job.salary:
            low, high, currency = job.salary
            posting["salaryRange"] = {
                "min": low,
                "max": high,
                "currency": currency,
                "interval": "per-year-salary",
            }
        return posting


def html() -> dict[str, str]:
    return {"Content-Type": "text/html; charset=utf-8"}
