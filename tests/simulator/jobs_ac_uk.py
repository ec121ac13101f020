"""The simulated jobs.ac.uk: one board, adverts of many employers (ats/jobs_ac_uk.md).

The search ranks and does not filter: every phrase brings all adverts, the newest first. Every third
advert is an "enhanced" one without JSON-LD, in one of four layouts.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

HOST = "www.jobs.ac.uk"
LARGEST_PAGE = 100
HOURS = {"FULL_TIME": "Full Time", "PART_TIME": "Part Time", "TEMPORARY": "Full Time"}
CONTRACTS = {"TEMPORARY": "Fixed-Term/Contract"}
ROBOTS = "User-agent: *\nDisallow: /job/feedback/\nDisallow: /enhanced/fp/\n"


class JobsAcUk(Protocol):
    platform: ClassVar[str] = "jobs_ac_uk"
    single: ClassVar[bool] = True
    many_employers: ClassVar[bool] = True
    country: ClassVar[str | None] = "GB"

    def entry(self) -> dict[str, Any]:
        return {
            "id": self.site.id,
            "employer": "jobs.ac.uk",
            "url": f"https://{HOST}/search/",
            "params": {"keywords": ["research software", "computing"], "max_pages": 40},
        }

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname in (HOST, HOST.removeprefix("www."))

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/robots.txt":
            return SimResponse(ROBOTS)
        if path.rstrip("/") == "/search":
            return self._search(request.query)
        found = re.fullmatch(r"/job/([A-Z]{3}\d{3})(?:/[^/]*)?/?", path)
        return self._advert(found[1]) if found else None

    def _ref(self, job: Job) -> str:
        letters, digits = divmod(job.number, 1000)
        return f"S{chr(65 + letters // 26)}{chr(65 + letters % 26)}{digits:03}"

    def _job(self, ref: str) -> Job | None:
        letters = (ord(ref[1]) - 65) * 26 + ord(ref[2]) - 65
        return self.site.job(letters * 1000 + int(ref[3:])) if ref.startswith("S") else None

    def _search(self, query: dict[str, str]) -> SimResponse:
        size = min(int(query.get("pageSize") or 25), LARGEST_PAGE)
        start = max(int(query.get("startIndex") or 1), 1)
        jobs = self.site.listed
        if query.get("sortOrder") == "1":
            jobs = sorted(jobs, key=lambda job: (job.posted_on, job.number), reverse=True)
        cards = "".join(self._card(job) for job in jobs[start - 1 : start - 1 + size])
        form = "<form action='/search/'><input name='keywords'></form>"
        return SimResponse(f"<html><body>{form}<div id='job-listings'>{cards}</div></body></html>")

    def _card(self, job: Job) -> str:
        slug = "-".join(re.findall("[a-z0-9]+", job.title.lower()))
        closes = f"{job.closes_on:%d %b}" if job.closes_on else ""
        return f"""<div class="j-search-result__result" data-advert-id="{1_070_000 + job.number}">
<div class="j-search-result__text">
<a href="/job/{self._ref(job)}/{slug}">{escape(job.title)}</a>
<div class="j-search-result__department">{escape(job.unit)}</div>
<div class="j-search-result__employer"><b>{escape(job.employer or self.site.employer)}</b></div>
<div>Location: {escape(job.city)}</div>
<div class="j-search-result__info"><strong>Salary: </strong>{escape(_pay(job))}</div>
<div><strong>Date Placed: </strong>{job.posted_on:%d %b}</div></div>
<div class="j-search-result__date"><span class="j-search-result__date-span">Closes</span>
<span class="j-search-result__date-span j-search-result__date--blue ">{closes}</span></div></div>"""

    def _advert(self, ref: str) -> SimResponse | None:
        job = self._job(ref)
        if job is None or (job.removed and job.closed_said):
            return None
        labels = {
            "Location": job.city,
            "Salary": _pay(job),
            "Hours": HOURS[job.employment_type],
            "Contract Type": CONTRACTS.get(job.employment_type, "Permanent"),
            "Placed On": _in_words(job.posted_on),
            **({"Closes": _in_words(job.closes_on)} if job.closes_on else {}),
            "Job Ref": f"RC{job.number:05}",
        }
        if job.number % 3:
            node = json.dumps(self._node(job)).replace("</", "<\\/")
            return SimResponse(
                f'<html><head><script type="application/ld+json">{node}</script></head><body>'
                f"<h1>{escape(job.title)}</h1>{_laid_out(labels, 1)}"
                f"<div id='job-description'>{job.description_html}</div></body></html>"
            )
        return SimResponse(
            f"<html><body><div id='enhanced-content'><h1>{escape(job.title)}</h1>"
            f"{_laid_out(labels, job.number // 3 % 4)}"
            f"<div class='section'>{job.description_html}</div></div></body></html>"
        )

    def _node(self, job: Job) -> dict[str, Any]:
        contract = CONTRACTS.get(job.employment_type, "Permanent")
        region = {"addressRegion": job.region} if job.region else {}
        node: dict[str, Any] = {
            "@context": "http://schema.org",
            "@type": "JobPosting",
            "title": job.title,
            "description": job.description_html,
            "datePosted": job.posted_on.isoformat(),
            "employmentType": f"{HOURS[job.employment_type]}, {contract}",
            "hiringOrganization": {
                "@type": "Organization",
                "name": job.employer or self.site.employer,
                "department": {"@type": "Organization", "name": job.unit},
            },
            "jobLocation": {
                "@type": "Place",
                "address": {"@type": "PostalAddress", "addressLocality": job.city, **region},
            },
            "baseSalary": {"@type": "MonetaryAmount", "currency": "GBP", "value": _pay(job)},
        }
        if job.closes_on:
            node["validThrough"] = job.closes_on.isoformat()
        return node


def _pay(job: Job) -> str:
    if not job.salary:
        return "Not Specified"
    sign = {"GBP": "£", "EUR": "€"}.get(job.salary[2], "US$")
    return f"{sign}{job.salary[0]:,} to {sign}{job.salary[1]:,}"


def _in_words(day: Any) -> str:
    """21st August 2026."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{'th' if day.day in (11, 12, 13) else ending} {day:%B %Y}"


def _laid_out(labels: dict[str, str], layout: int) -> str:
    heading = "<td class='detail-heading'>"
    header = "<th class='j-advert-details__table-header'>"
    row, frame = (
        (f"<tr>{heading}{{}}:</td><td>{{}}</td></tr>", "table"),
        (f"<tr>{header}{{}}:</th><td>{{}}</td></tr>", "table"),
        ("<dt>{}</dt><dd>{}</dd>", "dl"),
        ("<p><strong>{}:</strong> {}</p>", "div"),
    )[layout]
    rows = "".join(row.format(name, escape(value)) for name, value in labels.items())
    return f"<{frame}>{rows}</{frame}>"
