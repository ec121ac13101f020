"""A simulated JazzHR tenant: every opening on one HTML page (ats/jazzhr.md).

Quirks a site may have (`Site.quirks`):
    theme      "own": the career page is the tenant's, and only the vendor's table has known markup
    lapsed     the account ended: 200 with a page that says so
    unknown    no such tenant: a redirect to the vendor
As on real boards, the details of some jobs (every third) are without JSON-LD.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

NOT_FOUND = "https://app.applytojob.com/notfound.html"
TYPES = {"FULL_TIME": "Full Time", "PART_TIME": "Part Time", "TEMPORARY": "Temporary"}


class JazzHR(Protocol):
    platform: ClassVar[str] = "jazzhr"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = ({}, {"theme": "own"})

    @property
    def host(self) -> str:
        return f"{self.site.id}.applytojob.com"

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.host}/apply"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path.strip("/")
        if path == "robots.txt":
            return SimResponse("User-agent: *\nDisallow: /cb\n")
        if request.parts.hostname != self.host:  # where a redirect led to
            return page("Not found", "Elsewhere")
        if self.site.quirks.get("unknown"):
            return SimResponse("", 302, {"Location": NOT_FOUND})
        if self.site.quirks.get("lapsed"):
            return page("<h1>No longer active.</h1>", "JazzHR - Inactive Career Page")
        if path == "apply":
            return self._board()
        if path == "apply/jobs":
            return self._table()
        return self._detail(path.removeprefix("apply/").split("/")[0])

    # --- list ---------------------------------------------------------------------------------

    def _board(self) -> SimResponse:
        title = f"{self.site.employer} - Career Page"
        jobs = self.site.listed
        if self.site.quirks.get("theme") == "own":
            links = "".join(f"<a href='{self._path(job)}'>{escape(job.title)}</a>" for job in jobs)
            return page(f"<div class='our-jobs'>{links}</div>", title)
        if not jobs:
            heading = "<h2 class='page-title'>There are no open positions at this time.</h2>"
            return page(f"<div class='jobs-list'>{heading}</div>", title)
        rows = "".join(map(self._item, jobs))
        return page(f"<div class='jobs-list'><ul class='list-group'>{rows}</ul></div>", title)

    def _item(self, job: Job) -> str:
        return (
            "<li class='list-group-item'><h3 class='list-group-item-heading'>"
            f"<a href='http://{self.host}{self._path(job)}'>{escape(job.title)}</a></h3>"
            "<ul class='list-inline list-group-item-text'>"
            f"<li><i class='fa fa-map-marker'></i>{escape(place(job))}</li>"
            f"<li><i class='fa fa-sitemap'></i>{escape(job.unit)}</li></ul></li>"
        )

    def _table(self) -> SimResponse:
        rows = "".join(
            f"<tr id='row_job_{n}'><td><a class='job_title_link' "
            f"href='/apply/jobs/details/{code(job)}?&amp;'>{escape(job.title)}</a>"
            f"<span class='resumator_department'>{escape(job.unit)}</span></td>"
            f"<td>{escape(place(job))}</td></tr>"
            for n, job in enumerate(self.site.listed)
        )
        return page(f"<table id='jobs_table'>{rows}</table>", "JazzHR » Job Listings")

    def _path(self, job: Job) -> str:
        return f"/apply/{code(job)}/job"

    # --- detail -------------------------------------------------------------------------------

    def _detail(self, asked: str) -> SimResponse:
        job = next((job for job in self.site.jobs if code(job) == asked), None)
        if job is None or (job.removed and job.closed_said):
            return SimResponse("Gone", 410)
        facts = (
            f"<div title='Location'>{escape(place(job))}</div>"
            f"<div id='resumator-job-employment' title='Type'>{TYPES[job.employment_type]}</div>"
            f"<div title='Department'>{escape(job.unit)}</div>"
        )
        body = (
            f"<div class='job-header'><h2>{escape(job.title)}</h2>{facts}</div>"
            f"<div class='description' id='job-description'>{job.description_html}</div>"
        )
        nodes = [{"@type": "Organization", "name": self.site.employer}]
        if job.number % 3:
            nodes.append(self._structured(job))
        scripts = "".join(
            "<script type='application/ld+json'>"
            + json.dumps(node).replace("</", "<\\/")
            + "</script>"
            for node in nodes
        )
        return page(scripts + body, job.title)

    def _structured(self, job: Job) -> dict[str, Any]:
        address = {"@type": "PostalAddress", "addressLocality": job.city}
        return {
            "@context": "http://schema.org/",
            "@type": "JobPosting",
            "url": f"https://{self.host}{self._path(job)}",
            "title": job.title,
            "description": job.description_html,
            "datePosted": job.posted_on.isoformat(),
            # What the software writes by itself.
            "validThrough": (job.posted_on + timedelta(days=90)).isoformat(),
            "employmentType": job.employment_type,
            "jobLocation": {
                "@type": "Place",
                "address": {
                    **address,
                    "addressRegion": job.region or "",
                    "addressCountry": job.country,
                },
            },
        }


def code(job: Job) -> str:
    return f"Sim{job.number:05d}Qx"


def place(job: Job) -> str:
    return ", ".join(filter(None, (job.city, job.region or job.country_name)))


def page(body: str, title: str) -> SimResponse:
    text = (
        f"<!DOCTYPE html><html><head><title>{escape(title)}</title></head><body>{body}"
        "<footer><a id='resumator-logo'>Powered by JazzHR</a></footer></body></html>"
    )
    return SimResponse(text, headers={"Content-Type": "text/html; charset=utf-8"})
