"""Simulated SmartRecruiters companies behind the one API host (ats/smartrecruiters.md).

Quirks a site may have (`Site.quirks`):
    unknown    no such company: it answers like an empty board
    inactive   numbers of jobs whose detail says that they are not active
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

LARGEST = 100
HOST = "api.smartrecruiters.com"
TYPES = {
    "FULL_TIME": {"id": "permanent", "label": "Full-time"},
    "PART_TIME": {"id": "part-time", "label": "Part-time"},
    "TEMPORARY": {"id": "temporary", "label": "Temporary"},
}
PARTS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruiters(Protocol):
    platform: ClassVar[str] = "smartrecruiters"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = ({},)

    @property
    def company(self) -> str:
        return self.site.id.title().replace("-", "")

    @property
    def api(self) -> str:
        return f"/v1/companies/{self.company}/postings"

    def entry(self) -> dict[str, Any]:
        url = f"https://careers.smartrecruiters.com/{self.company}"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        # Its pages and those of all companies stand on the same hosts.
        first = {HOST: self.api, "careers.smartrecruiters.com": f"/{self.company}"}
        if url.path == "/robots.txt":
            return url.hostname in first
        start = first.get(url.hostname or "")
        return start is not None and f"{url.path}/".lower().startswith(f"{start}/".lower())

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path.rstrip("/")
        if path == "/robots.txt":
            return SimResponse("User-agent: LinkedInBot\nDisallow:\n\nUser-agent: *\nDisallow: /\n")
        if request.parts.hostname != HOST:
            return SimResponse("<html>A script.</html>", headers={"Content-Type": "text/html"})
        if path.lower() == self.api.lower():
            return self._list(request)
        return self._detail(path.rpartition("/")[2])

    def _list(self, request: SimRequest) -> SimResponse:
        offset = int(request.query.get("offset", "0"))
        limit = min(int(request.query.get("limit", "10")), LARGEST)
        jobs = [] if self.site.quirks.get("unknown") else self.site.listed
        rows = [self._row(job) for job in jobs[offset : offset + limit]]
        return SimResponse(
            {"offset": offset, "limit": limit, "totalFound": len(jobs), "content": rows}
        )

    def _detail(self, native_id: str) -> SimResponse:
        job = next((job for job in self.site.jobs if self._id(job) == native_id), None)
        if job is None or (job.removed and job.closed_said):
            return SimResponse({"message": "Posting not found", "errors": []}, 404)
        page = f"https://jobs.smartrecruiters.com/{self.company}/{native_id}-job"
        # Which section holds the text is the employer's habit.
        texts = dict.fromkeys(PARTS, "")
        texts[PARTS[1 if job.number % 5 else 3]] = job.description_html
        sections = {name: {"title": name.title(), "text": text} for name, text in texts.items()}
        return SimResponse(
            {
                **self._row(job),
                "postingUrl": page,
                "applyUrl": f"{page}?oga=true",
                "jobAd": {"sections": sections},
                "active": job.number not in self.site.quirks.get("inactive", ()),
            }
        )

    def _id(self, job: Job) -> str:
        return str(744000090000000 + job.number)

    def _row(self, job: Job) -> dict[str, Any]:
        named = ", ".join(filter(None, (job.city, job.region or "", job.country_name)))
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.site.id}/{job.number}")
        return {
            "id": self._id(job),
            "name": job.title,
            "uuid": str(key),
            "refNumber": f"REF{job.number}S",
            "company": {"identifier": self.company, "name": self.site.employer},
            "releasedDate": f"{job.posted_on.isoformat()}T09:30:00.000Z",
            "location": {
                "city": job.city,
                "region": job.region,
                "country": job.country.lower(),
                "remote": job.workplace == "remote",
                "hybrid": job.workplace == "hybrid",
                "fullLocation": named,
            },
            "department": {"id": "1", "label": job.unit} if job.unit else {},
            "typeOfEmployment": TYPES[job.employment_type],
            "visibility": "PUBLIC",
            "language": {"code": "en", "label": "English", "labelNative": "English (US)"},
        }
