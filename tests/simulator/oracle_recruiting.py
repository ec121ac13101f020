"""A simulated Oracle Recruiting site: paging inside `finder` (ats/oracle-orc.md).

Quirks a site may have (`Site.quirks`):
    cap      rows of a page at most; 200 unless stated
    short    pages in the middle have a row less than they could have
    window   offset and limit together; nothing is listed behind it, and the total is 0 there
    sparse   the first part of a text is empty, all of it is in the second
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import SplitResult, unquote

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

SITE = "CX_1001"
API = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"
WORKPLACES = {"onsite": "On-site", "hybrid": "Hybrid", "remote": "Remote"}
SCHEDULES = {"FULL_TIME": "Full time", "PART_TIME": "Part time", "TEMPORARY": None}


class OracleRecruiting(Protocol):
    platform: ClassVar[str] = "oracle_recruiting"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {"cap": 25, "short": True},
        {"sparse": True},
        {},
    )

    @property
    def host(self) -> str:
        return f"{self.site.id}.fa.us2.oraclecloud.com"

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.host}/hcmUI/CandidateExperience/en/sites/{SITE}"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/robots.txt":
            return SimResponse("User-agent: *\nDisallow:\n")
        if path.startswith("/hcmUI/CandidateExperience/"):
            page = "<!DOCTYPE html><html><head><title>Careers</title></head><body></body></html>"
            return SimResponse(page, headers={"Content-Type": "text/html"})  # for any address
        name, _, finder = unquote(request.query.get("finder", "")).partition(";")
        said = dict(part.partition("=")[::2] for part in finder.split(","))
        if path == f"{API}s" and name == "findReqs":
            return self._list(said, "requisitionList" in request.query.get("expand", ""))
        if path == f"{API}Details" and name == "ById":
            return self._detail(said)
        return None

    def _list(self, said: dict[str, str], expanded: bool) -> SimResponse:
        quirks = self.site.quirks
        jobs = self.site.listed if said.get("siteNumber") == SITE else []
        limit = min(int(said.get("limit", 25)), quirks.get("cap", 200))
        offset = int(said.get("offset", 0))
        total = len(jobs)
        if offset + int(said.get("limit", 25)) > quirks.get("window", 10_000):
            jobs, total = [], 0
        if quirks.get("short") and offset and offset + limit < total:
            limit -= 1
        wrapper: dict[str, Any] = {"SiteNumber": SITE, "Offset": offset, "TotalJobsCount": total}
        if expanded:
            wrapper["requisitionList"] = [row(job) for job in jobs[offset : offset + limit]]
        return envelope([wrapper])

    def _detail(self, said: dict[str, str]) -> SimResponse:
        found = re.fullmatch(r'"?(\d+)"?', said.get("Id", ""))
        job = self.site.job(int(found[1]) - 4000) if found else None
        if job is None or said.get("siteNumber") != SITE or (job.removed and job.closed_said):
            return envelope([])
        texts = ["", job.description_html] if self.site.quirks.get("sparse") else [
            job.description_html, None
        ]  # fmt: skip
        return envelope(
            [
                {
                    **row(job),
                    "ExternalDescriptionStr": texts[0],
                    "ExternalResponsibilitiesStr": texts[1],
                    "ExternalQualificationsStr": None,
                    "CorporateDescriptionStr": None,
                    "ExternalPostedStartDate": f"{job.posted_on}T08:00:00+00:00",
                    "ExternalPostedEndDate": None,
                    "Category": job.unit,
                    "requisitionFlexFields": [],
                }
            ]
        )


def envelope(items: list[dict[str, Any]]) -> SimResponse:
    """Counts and hasMore are about this list, whatever is inside."""
    return SimResponse(
        {"items": items, "count": len(items), "hasMore": False, "limit": 25, "offset": 0}
    )


def row(job: Job) -> dict[str, Any]:
    place = ", ".join(filter(None, (job.city, job.region, job.country_name)))
    return {
        "Id": str(4000 + job.number),
        "Title": job.title,
        "PostedDate": job.posted_on.isoformat(),
        "PostingEndDate": job.closes_on.isoformat() if job.closes_on else None,
        "Language": "US",
        "PrimaryLocation": place,
        "PrimaryLocationCountry": job.country,
        "WorkplaceTypeCode": f"ORA_{WORKPLACES[job.workplace].upper().replace('-', '_')}",
        "WorkplaceType": WORKPLACES[job.workplace],
        "JobSchedule": SCHEDULES[job.employment_type],
        "Department": job.unit,
        "Organization": None,
        "ShortDescriptionStr": "",
        # Volatile: another value on every day.
        "Relevancy": job.number % 17,
        "TrendingFlag": False,
        "secondaryLocations": [],
        "workLocation": [],
    }
