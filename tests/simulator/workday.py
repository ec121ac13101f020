"""A simulated Workday career site, with the quirks of ats/workday.md.

Quirks a site may have (`Site.quirks`):
    domain       "myworkdaysite": the shared host, with /recruiting/{tenant}/{site}/ in its paths
    declares     the total of the first page, where it is not the true one
    later_total  what pages after the first declare; 0 by default
    past_end     what an offset behind the last posting brings: "empty" (default), "wrap" to the
                 first page, or "repeat" the last page
    clamp        larger totals are declared as this number and nothing behind it is served
    unsplittable no facet but the location
    ghosts       rows without title and path on the first page
    no_posted_on rows without the relative date
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

PAGE_CAP = 20
TIME_TYPES = {"FULL_TIME": "Full time", "PART_TIME": "Part time", "TEMPORARY": "Full time"}
# A slug is frozen when a posting is created and need not match the title it has today.
SLUGS = (
    "Research-Software-Engineer",
    "HPC-Systems-Administrator",
    "Data-Steward---Open-Science",
    "XMLNAME-3D-Imaging-Facility-Manager",
    "Director--Research-Computing",
)


class Workday(Protocol):
    platform: ClassVar[str] = "workday"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {"clamp": 2000},
        {"domain": "myworkdaysite", "past_end": "wrap"},
        {"no_posted_on": True, "ghosts": 2},
    )

    @property
    def shared(self) -> bool:
        return self.site.quirks.get("domain") == "myworkdaysite"

    @property
    def host(self) -> str:
        return "wd5.myworkdaysite.com" if self.shared else f"{self.site.id}.wd5.myworkdayjobs.com"

    @property
    def board(self) -> str:
        """Path of the public board."""
        return f"/recruiting/{self.site.id}/Careers" if self.shared else "/Careers"

    @property
    def api(self) -> str:
        return f"/wday/cxs/{self.site.id}/Careers"

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.host}{self.board}"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        if url.hostname != self.host:
            return False
        return not self.shared or url.path.startswith((self.api, self.board, "/robots.txt"))

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/robots.txt":
            return SimResponse("User-agent: *\nDisallow: /refreshFacet/\n")
        if path.startswith("/wday/cxs/"):
            if path == f"{self.api}/jobs":
                return self._list(request)
            if path.startswith(f"{self.api}/job/"):
                return self._detail(request, path.removeprefix(self.api))
            return error(422)  # another tenant, site or data centre
        if path.startswith(self.board):
            return shell()
        return None

    def _list(self, request: SimRequest) -> SimResponse:
        try:
            asked: Any = request.json() if request.method == "POST" else None
            offset, limit = int(asked["offset"]), int(asked["limit"])
            facets, text = dict(asked["appliedFacets"]), str(asked["searchText"]).lower()
        except (ValueError, TypeError, KeyError):
            return error(400)
        if not 0 < limit <= PAGE_CAP or offset < 0:
            return error(400)
        jobs = [
            job
            for job in self.site.listed
            if (not text or text in f"{job.title} {job.description_html}".lower())
            and all(
                set(ids) & self._values(job).get(name, {}).keys() for name, ids in facets.items()
            )
        ]
        clamp = self.site.quirks.get("clamp")
        total = min(len(jobs), clamp) if clamp else len(jobs)
        if offset >= total:
            past_end = self.site.quirks.get("past_end", "empty")
            offset = {"wrap": 0, "repeat": max(0, total - limit)}.get(past_end, offset)
        rows = [self._row(job) for job in jobs[offset : min(offset + limit, total)]]
        if offset == 0:
            rows += [{"bulletFields": []}] * self.site.quirks.get("ghosts", 0)
        first = asked["offset"] == 0
        quirks = self.site.quirks
        declared = quirks.get("declares", total) if first else quirks.get("later_total", 0)
        return SimResponse(
            {
                "total": declared,
                "jobPostings": rows,
                "facets": self._facets(jobs) if first else [],
                "userAuthenticated": False,
            }
        )

    def _detail(self, request: SimRequest, path: str) -> SimResponse:
        if "application/json" not in request.headers.get("accept", ""):
            return shell()
        found = re.fullmatch(r"/job/(?:[^/]+/)?[^/_]+_JR-(\d+)(?:-1)?", path)
        job = self.site.job(int(found[1])) if found else None
        if job is None or path.rpartition("/")[2] != slug(job):
            return error(404)
        if job.removed and job.closed_said:
            return error(403, "S22", "permission denied")
        country = {"descriptor": job.country_name, "id": hex_id(job.country_name)}
        info = {
            "id": hex_id(f"{self.site.id}-{job.number}"),
            "title": job.title,
            "jobDescription": job.description_html + pay(job),
            "location": places(job)[0],
            "postedOn": self._posted_on(job),
            "startDate": job.posted_on.isoformat(),
            "timeType": TIME_TYPES[job.employment_type],
            "remoteType": job.workplace.capitalize(),
            "jobReqId": requisition(job),
            "jobPostingId": slug(job),
            "jobPostingSiteId": "Careers",
            "country": country,
            "canApply": True,
            "posted": True,
            "jobRequisitionLocation": {
                "descriptor": places(job)[0],
                "country": {**country, "alpha2Code": job.country},
            },
            "externalUrl": f"https://{self.host}{self.board}{external_path(job)}",
        }
        if places(job)[1:]:
            info["additionalLocations"] = places(job)[1:]
        if job.closes_on:
            info["endDate"] = job.closes_on.isoformat()
            info["jobPostingEndDateAsText"] = (
                f"End Date: {job.closes_on:%B} {job.closes_on.day}, {job.closes_on.year}"
            )
        employer = {"name": f"0100 {self.site.employer}, Inc.", "url": ""}
        return SimResponse(
            {
                "jobPostingInfo": info,
                "hiringOrganization": employer,
                "similarJobs": [],
                "userAuthenticated": False,
            }
        )

    def _row(self, job: Job) -> dict[str, Any]:
        where = places(job)
        row = {
            "title": job.title,
            "externalPath": external_path(job),
            "locationsText": where[0] if len(where) == 1 else f"{len(where)} Locations",
            "postedOn": self._posted_on(job),
            "bulletFields": [requisition(job)],
        }
        if self.site.quirks.get("no_posted_on"):
            del row["postedOn"]
        return row

    def _posted_on(self, job: Job) -> str:
        days = (self.site.today - job.posted_on).days
        if days > 30:
            return "Posted 30+ Days Ago"
        return {0: "Posted Today", 1: "Posted Yesterday"}.get(days, f"Posted {days} Days Ago")

    def _values(self, job: Job) -> dict[str, dict[str, str]]:
        """Facet -> id -> name of the values this job has."""
        fixed_term = job.employment_type == "TEMPORARY"
        named = {
            "timeType": [TIME_TYPES[job.employment_type]],
            "workerSubType": ["Fixed Term" if fixed_term else "Regular"],
            "jobFamilyGroup": [job.unit],
            "locations": places(job),
        }
        if self.site.quirks.get("unsplittable"):
            named = {"locations": places(job)}
        return {facet: {hex_id(name): name for name in names} for facet, names in named.items()}

    def _facets(self, jobs: list[Job]) -> list[dict[str, Any]]:
        counts: dict[str, Counter[tuple[str, str]]] = {}
        for job in jobs:
            for facet, values in self._values(job).items():
                counts.setdefault(facet, Counter()).update(values.items())
        facets = [
            {
                "facetParameter": facet,
                "descriptor": facet.capitalize(),
                "values": [
                    {"descriptor": name, "id": value, "count": count}
                    for (value, name), count in sorted(counted.items(), key=lambda pair: pair[0][1])
                ],
            }
            for facet, counted in counts.items()
        ]
        flat = [facet for facet in facets if facet["facetParameter"] != "locations"]
        nested = [facet for facet in facets if facet["facetParameter"] == "locations"]
        return [*flat, {"facetParameter": "locationMainGroup", "values": nested}]


def requisition(job: Job) -> str:
    return f"JR-{job.number:05}"


def slug(job: Job) -> str:
    """The end of a job's address; every third posting is a copy, as on the real sites."""
    copy = "-1" if job.number % 3 == 0 else ""
    return f"{SLUGS[job.number % len(SLUGS)]}_{requisition(job)}{copy}"


def external_path(job: Job) -> str:
    """A job's address within its board; every seventh has no place in it."""
    place = re.sub(r"[^A-Za-z0-9]+", "-", places(job)[0]).strip("-")
    return f"/job/{slug(job)}" if job.number % 7 == 0 else f"/job/{place}/{slug(job)}"


def places(job: Job) -> list[str]:
    """The places of a job in the site's own words; every fifth job has a second one."""
    home = ", ".join(filter(None, (job.city, job.region)))
    return [home, f"Remote {job.country}"] if job.number % 5 == 0 else [home]


def pay(job: Job) -> str:
    """Pay is nowhere but in the text."""
    if job.salary is None:
        return ""
    low, high, currency = job.salary
    return escape(f"Base Pay Range: {low:,} {currency} - {high:,} {currency}").join(("<p>", "</p>"))


@cache
def hex_id(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def error(status: int, code: str | None = None, message: str = "") -> SimResponse:
    said = {
        "errorCode": code or f"HTTP_{status}",
        "errorCaseId": hex_id(f"{status}{code}")[:14].upper(),
        "httpStatus": status,
        "message": message,
        "messageParams": {},
    }
    return SimResponse(said, status)


def shell() -> SimResponse:
    """The page a browser gets: an empty shell that loads its content by script."""
    page = '<!DOCTYPE html><html lang="en-US"><head><title></title></head><body><div id="root">'
    return SimResponse(page + "</div></body></html>", headers={"Content-Type": "text/html"})
