"""A simulated Eightfold career site, with the quirks of ats/eightfold.md.

Ten rows a call whatever is asked, and none from the cap on. Quirks a site may have (`Site.quirks`):
    older   the interface of before: the newer one says that it is not enabled
    counts  how many postings too few `count` says
    short   the first page is three rows short
    cap     the offset from which nothing is answered; 2000 by default
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

PAGE = 10
CAP = 2000
KINDS = {"FULL_TIME": "Full-Time", "PART_TIME": "Part-Time", "TEMPORARY": "Temporary"}
WORKPLACES = {"onsite": "onsite", "hybrid": "hybrid", "remote": "remote_local"}
GATED = SimResponse({"message": "Not authorized for PCSX"}, 403)
NOT_ENABLED = SimResponse({"message": "PCSX is not enabled for this user."}, 403)


class Eightfold(Protocol):
    platform: ClassVar[str] = "eightfold"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {"short": True},
        {"older": True, "counts": 4},
    )

    @property
    def host(self) -> str:
        return f"{self.site.id}.eightfold.ai"

    @property
    def domain(self) -> str:
        return f"{self.site.id}.example"

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.host}/careers"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path, older = request.parts.path, bool(self.site.quirks.get("older"))
        if path == "/robots.txt":
            return SimResponse("User-agent: *\nAllow: /api/apply\nAllow: /api/pcsx\n")
        if path.startswith("/api/") and request.query.get("domain") != self.domain:
            return SimResponse({"message": "unknown domain"}, 404)
        if path.startswith("/api/pcsx/"):
            return NOT_ENABLED if older else self._newer(path, request.query)
        if path.startswith("/api/apply/v2/jobs"):
            return self._older(path, request.query) if older else GATED
        return self._page(path)

    def _page(self, path: str) -> SimResponse | None:
        if not path.startswith("/careers"):
            return None
        data = escape(json.dumps({"domain": self.domain, "configs": {}}))
        return SimResponse(
            f'<!doctype html><html><body><code id="pcsx-data">{data}</code></body></html>',
            headers={"Content-Type": "text/html"},
        )

    def _rows(self, query: Mapping[str, str]) -> tuple[list[Job], int]:
        """The jobs of one call, and what it says of their number."""
        jobs, start = self.site.listed, int(query.get("start") or 0)
        short = 3 if self.site.quirks.get("short") and start == 0 else 0
        end = min(start + PAGE - short, self.site.quirks.get("cap", CAP))
        return jobs[start:end], max(0, len(jobs) - self.site.quirks.get("counts", 0))

    def _newer(self, path: str, query: Mapping[str, str]) -> SimResponse | None:
        said: dict[str, Any] = {"status": 200, "error": {"message": "", "body": ""}}
        if path.endswith("/search"):
            jobs, count = self._rows(query)
            data = {"positions": [self._row(job) for job in jobs], "count": count}
            return SimResponse({**said, "data": data})
        job = self._job(query.get("position_id", ""))
        if job is None:
            return SimResponse({**said, "status": 404, "data": {}}, 404)
        more = {
            "jobDescription": job.description_html,
            "efcustomTextEmploymentType": [KINDS[job.employment_type]],
            "publicUrl": f"https://{self.host}/careers/job/{_pid(job)}",
        }
        return SimResponse({**said, "data": {**self._row(job), **more}})

    def _older(self, path: str, query: Mapping[str, str]) -> SimResponse | None:
        pid = path.removeprefix("/api/apply/v2/jobs").strip("/")
        if not pid:
            jobs, count = self._rows(query)
            rows = [self._old_row(job) for job in jobs]
            return SimResponse({"domain": self.domain, "positions": rows, "count": count})
        job = self._job(pid)
        if job is None:
            return None
        return SimResponse({**self._old_row(job), "job_description": job.description_html})

    def _job(self, pid: str) -> Job | None:
        job = self.site.job(int(pid) - _FIRST) if pid.isdecimal() else None
        return None if job is None or (job.removed and job.closed_said) else job

    def _row(self, job: Job) -> dict[str, Any]:
        return {
            "id": _pid(job),
            "displayJobId": f"R-{job.number:05}",
            "name": job.title,
            "locations": [", ".join(filter(None, (job.country_name, job.region, job.city)))],
            "postedTs": _epoch(job),
            "creationTs": _epoch(job),
            "department": job.unit,
            "workLocationOption": WORKPLACES[job.workplace],
            "atsJobId": f"R-{job.number:05}",
            "positionUrl": f"/careers/job/{_pid(job)}",
        }

    def _old_row(self, job: Job) -> dict[str, Any]:
        place = ",".join(filter(None, (job.city, job.region, job.country_name)))
        return {
            "id": _pid(job),
            "name": job.title,
            "posting_name": job.title,
            "location": place,
            "locations": [place],
            "department": [job.unit],
            "t_create": _epoch(job),
            "t_update": _epoch(job),
            "display_job_id": f"R-{job.number:05}",
            "work_location_option": WORKPLACES[job.workplace],
            "job_description": "",
            "canonicalPositionUrl": f"https://{self.host}/careers/job/{_pid(job)}",
        }


_FIRST = 1_133_911_000_000


def _pid(job: Job) -> int:
    return _FIRST + job.number


def _epoch(job: Job) -> int:
    return int(datetime.combine(job.posted_on, time(12), UTC).timestamp())
