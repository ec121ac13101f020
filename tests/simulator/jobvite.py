"""A simulated Jobvite board: HTML, fifty rows a page (ats/jobvite.md).

Quirks a site may have (`Site.quirks`):
    table      rows of a table, the older template, instead of list items
    no_jsonld  the details are without JSON-LD
    branded    without nl=1&fr=true every page redirects to the employer's own domain
    unknown    no such company: every page redirects to the vendor's support
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

PAGE_SIZE = 50
HOST = "jobs.jobvite.com"
SUPPORT = "https://www.jobvite.com/support/job-seeker-support/?invalid=1"


class Jobvite(Protocol):
    platform: ClassVar[str] = "jobvite"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = ({}, {"table": True, "branded": True})

    @property
    def company(self) -> str:
        return self.site.id.replace("-", "")

    def entry(self) -> dict[str, Any]:
        url = f"https://{HOST}/{self.company}"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        if url.hostname == f"www.{self.company}.example":
            return True
        return url.hostname == HOST and f"{url.path}/".startswith(f"/{self.company}/")

    def answer(self, request: SimRequest) -> SimResponse | None:
        if request.parts.hostname != HOST:  # where a redirect led to
            return SimResponse("<html>Elsewhere</html>", headers={"Content-Type": "text/html"})
        if self.site.quirks.get("unknown"):
            return SimResponse("", 302, {"Location": SUPPORT})
        path, query = request.parts.path, request.query
        framed = query.get("nl") == "1" and query.get("fr") == "true"
        if self.site.quirks.get("branded") and not framed and "error" not in query:
            return SimResponse("", 302, {"Location": f"https://www.{self.company}.example/careers"})
        rest = path.removeprefix(f"/{self.company}").strip("/")
        if rest == "search":
            # Without the slash behind it, the page asked for is not heeded.
            return self._list(int(query.get("p", "0")) if path.endswith("/") else 0)
        if rest.startswith("job/"):
            return self._detail(rest.removeprefix("job/"))
        if rest == "jobs":
            return self._page("jobs", "<p>The job listing no longer exists.</p>", "Jobs")
        return None

    # --- list ---------------------------------------------------------------------------------

    def _list(self, number: int) -> SimResponse:
        jobs = self.site.listed
        start = number * PAGE_SIZE
        shown = jobs[start : start + PAGE_SIZE]
        if not jobs:
            return self._page("search", "<p>No results found</p>", "Search Jobs")
        table = self.site.quirks.get("table")
        rows = "".join(map(self._table_row if table else self._item, shown))
        body = (
            f'<table class="jv-job-list"><tbody>{rows}</tbody></table>'
            if table
            else f'<ul class="jv-job-list jv-search-list">{rows}</ul>'
        )
        if len(jobs) > PAGE_SIZE:
            body += f'<div class="jv-pagination">{self._pagination(number, len(shown))}</div>'
        return self._page("search", body, "Search Jobs")

    def _pagination(self, number: int, shown: int) -> str:
        start, total = number * PAGE_SIZE, len(self.site.listed)
        parts = []
        if shown:
            said = f"{start + 1}-{start + shown} of {total}"
            parts.append(f'<div class="jv-pagination-text">{said}</div>')
        for name, other in (("prev", number - 1), ("next", number + 1)):
            if other >= 0 and other * PAGE_SIZE < total:
                parts.append(
                    f'<a href="/{self.company}/search/?p={other}" class="jv-pagination-{name}">'
                    f"{name}</a>"
                )
        return "".join(parts)

    def _item(self, job: Job) -> str:
        return (
            f'<li class="job"><a class="jv-job-list-name" href="{self._path(job)}">'
            f"{escape(job.title)}</a>"
            f'<p class="jv-job-list-location">\n\n   {escape(place(job))}\n </p></li>'
        )

    def _table_row(self, job: Job) -> str:
        return (
            f'<tr><td class="jv-job-list-name"><a href="{self._path(job)}">'
            f"{escape(job.title)}</a></td>"
            f'<td class="jv-job-list-location">{escape(place(job))}</td></tr>'
        )

    def _path(self, job: Job) -> str:
        return f"/{self.company}/job/{native_id(job)}"

    # --- detail -------------------------------------------------------------------------------

    def _detail(self, asked: str) -> SimResponse:
        job = next((job for job in self.site.jobs if native_id(job) == asked), None)
        if job is None or (job.removed and job.closed_said):
            gone = f"https://{HOST}/{self.company}/jobs?error=404"
            return SimResponse("", 303, {"Location": gone})
        body = (
            f'<h2 class="jv-header">{escape(job.title)}</h2>'
            f'<p class="jv-job-detail-meta">{escape(job.unit)}'
            f'<span class="jv-inline-separator"></span> {escape(place(job))}</p>'
            f'<div class="jv-job-detail-description">{job.description_html}</div>'
        )
        if not self.site.quirks.get("no_jsonld"):
            structured = json.dumps(_structured(job)).replace("</", "<\\/")
            body = f'<script type="application/ld+json">{structured}</script>{body}'
        return self._page("job", body, job.title)

    def _page(self, kind: str, body: str, title: str) -> SimResponse:
        text = (
            f'<!DOCTYPE html><html lang="en"><head><title>{escape(title)}</title></head>'
            f'<body class="jv-page jv-page-{kind}"><article class="jv-page-body">{body}</article>'
            '<footer><a class="jv-powered-by">Powered by Jobvite</a></footer></body></html>'
        )
        return SimResponse(text, headers={"Content-Type": "text/html; charset=utf-8"})


def native_id(job: Job) -> str:
    return f"oSim{job.number:04d}"


def place(job: Job) -> str:
    return ", ".join(filter(None, (job.city, job.region or job.country_name)))


def _structured(job: Job) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "addressLocality": job.city,
        "addressRegion": job.region or "",
        "addressCountry": job.country_name,
    }
    empty = {"@type": "QuantitativeValue", "minValue": "", "maxValue": "", "unitText": ""}
    return {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": job.title,
        "datePosted": job.posted_on.isoformat(),
        "description": job.description_html,
        "industry": job.unit,
        "identifier": native_id(job),
        "employmentType": job.employment_type,
        "jobLocation": [{"@type": "Place", "address": address}],
        "baseSalary": {"@type": "MonetaryAmount", "currency": "", "value": empty},
    }
