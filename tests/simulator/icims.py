"""A simulated iCIMS portal, classic: cards as HTML, twenty a page (ats/icims.md part B).

Without in_iframe=1 every page is a frame. Quirks a site may have (`Site.quirks`):
    layout   "rows": the older list, of `div.row`, without a posting date
    repeats  a page beyond the end repeats the last one
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult, quote

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

PAGE_SIZE = 20
TYPES = {"FULL_TIME": "Regular Full-Time", "PART_TIME": "Regular Part-Time"}
ROBOTS = "User-agent: *\nDisallow: /connect\nDisallow: /jobs/login\n"
HTML = {"Content-Type": "text/html; charset=UTF-8"}
FRAME = "<iframe id='icims_content_iframe' src='?in_iframe=1'></iframe>"
SORRY = "Sorry, no jobs were found that match your search criteria. Please try other selections."
GONE = "The job that you were looking for either does not exist or is no longer open."


class ICIMS(Protocol):
    platform: ClassVar[str] = "icims"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = ({}, {"layout": "rows", "repeats": True})

    @property
    def host(self) -> str:
        return f"careers-{self.site.id.replace('-', '')}.icims.com"

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.host}/jobs/search"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path.rstrip("/")
        if path == "/robots.txt":
            return SimResponse(ROBOTS, headers={"Content-Type": "text/plain"})
        parts = path.strip("/").split("/")
        if parts[0] != "jobs" or len(parts) < 2:
            return None
        if request.query.get("in_iframe") != "1":
            return page(FRAME)
        if parts[1] == "search":
            return self._list(int(request.query.get("pr", "0")))
        job = self.site.job(int(parts[1])) if parts[1].isdigit() else None
        if job is None or (job.removed and job.closed_said):
            return page(message(GONE), 410)
        return self._detail(job)

    # --- list ---------------------------------------------------------------------------------

    def _list(self, number: int) -> SimResponse:
        jobs = self.site.listed
        last = max(0, (len(jobs) - 1) // PAGE_SIZE)
        if self.site.quirks.get("repeats"):
            number = min(number, last)
        rows = jobs[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
        if not rows:
            return page(message(SORRY))
        heading = f"Search Results\nPage {number + 1} of {last + 1} "
        title = f'<h2 class="iCIMS_SubHeader iCIMS_SubHeader_Jobs">{heading}</h2>'
        older = self.site.quirks.get("layout") == "rows"
        tag = "div" if older else "ul"
        cards = "".join(self._row(job) if older else self._card(job) for job in rows)
        body = f'{title}<{tag} class="container-fluid iCIMS_JobsTable">{cards}</{tag}>'
        following = f"https://{self.host}/jobs/search?pr={number + 1}&in_iframe=1"
        link = f'<link rel="next" href="{escape(following)}" />' if number < last else ""
        return page(body, head=link)

    def _url(self, job: Job) -> str:
        slug = quote(job.title.lower().replace(" ", "-"), safe="")
        return f"https://{self.host}/jobs/{job.number}/{slug}/job"

    def _link(self, job: Job, label: str) -> str:
        title = escape(job.title)
        return (
            f'<div class="col-xs-12 title"><a href="{self._url(job)}?in_iframe=1" '
            f'class="iCIMS_Anchor" title="{job.number} - {title}">{label}'
            f"<h3>\n{title}</h3></a></div>"
        )

    def _row(self, job: Job) -> str:
        place = f"<span>Job Locations</span> <span>{escape(where(job))}</span>"
        header = f'<div class="col-xs-6 header left">{place}</div>'
        return (
            f'<div class="row">{self._link(job, "")}'
            f'<div class="col-xs-12 additionalFields">{header}</div></div>'
        )

    def _card(self, job: Job) -> str:
        age = (self.site.today - job.posted_on).days
        posted = f"{job.posted_on.month}/{job.posted_on.day}/{job.posted_on.year} 9:05 AM"
        facts = {
            "Job ID": f"{job.posted_on.year}-{job.number}",
            "Department": job.unit,
            "Job Type": TYPES.get(job.employment_type, "Temporary"),
        }
        group = "".join(
            f'<div class="iCIMS_JobHeaderTag"><dt class="iCIMS_JobHeaderField">{label}</dt>'
            f'<dd class="iCIMS_JobHeaderData"><span >\n{escape(value)}</span></dd></div>'
            for label, value in facts.items()
        )
        return (
            '<li class="iCIMS_JobCardItem"><div class="row"><div class="col-xs-6 header left">'
            f"{LABEL.format('Job Locations')}<span >\n{escape(where(job))}</span></div>"
            f'<div class="col-xs-6 header right">{LABEL.format("Posted Date")}'
            f'<span title="{posted}">\n{age} days ago<span class="sr-only">({posted})</span></span>'
            f"</div>{self._link(job, LABEL.format('Job Title'))}"
            f'<div class="col-xs-12 additionalFields"><dl class="iCIMS_JobHeaderGroup">{group}</dl>'
            "</div></div></li>"
        )

    # --- detail -------------------------------------------------------------------------------

    def _detail(self, job: Job) -> SimResponse:
        address = {
            "@type": "PostalAddress",
            "streetAddress": "UNAVAILABLE",
            "addressLocality": job.city,
            "addressRegion": job.region or "UNAVAILABLE",
            "postalCode": "UNAVAILABLE",
            "addressCountry": job.country,
        }
        node: dict[str, Any] = {
            "@context": "http://schema.org",
            "@type": "JobPosting",
            "title": job.title,
            "description": job.description_html,
            "datePosted": f"{job.posted_on}T13:05:00Z",
            "employmentType": job.employment_type,
            "hiringOrganization": {"@type": "Organization", "name": self.site.employer},
            "jobLocation": [{"@type": "Place", "address": address}],
        }
        if job.closes_on:
            node["validThrough"] = f"{job.closes_on}T23:00:00Z"
        if job.salary:
            low, high, currency = job.salary
            amount = {"@type": "QuantitativeValue", "minValue": low, "maxValue": high}
            node["baseSalary"] = {
                "@type": "MonetaryAmount",
                "currency": currency,
                "value": {**amount, "unitText": "YEAR"},
            }
        text = json.dumps(node).replace("</", "<\\/")
        script = f'<script type="application/ld+json">{text}</script>'
        return page(f'{script}<h1 class="iCIMS_Header">{escape(job.title)}</h1>')


LABEL = '<span class="sr-only field-label">{}</span>\n'


def where(job: Job) -> str:
    return "-".join(filter(None, (job.country, job.region, job.city)))


def message(text: str) -> str:
    return f'<div class="iCIMS_Message iCIMS_ErrorMessage iCIMS_GenericMessage">\n{text}\n</div>'


def page(body: str, status: int = 200, head: str = "") -> SimResponse:
    text = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return SimResponse(text, status, HTML)
