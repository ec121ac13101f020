"""A simulated Taleo Business Edition career site: ten rows a page, bound to a session cookie.

Quirks a site may have (`Site.quirks`), beyond ats/taleo-tbe.md's common form:
    theme      1 (default) states the total, 2 has only a link to the next page
    columns    what stands below a title, in order; ["Location", "Department"] by default
    unsorted   no "Sort by" options, so that nothing names these columns
    no_jsonld  the details are without JSON-LD
    layout     2: the detail's text is in the main column, without a container of its own
    moved_to   another instance, such as "phg04": this one redirects there by way of a dispatcher
    inactive   the site was switched off
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult, parse_qs, quote
from zlib import crc32

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

PAGE_SIZE = 10
CAREERS = "/ats/careers/v2"
TYPES = {"FULL_TIME": "Fulltime Regular", "PART_TIME": "Parttime Regular", "TEMPORARY": "Temporary"}
GONE = "This job has moved or is no longer available. Please search our current job openings."


class TaleoBusiness(Protocol):
    platform: ClassVar[str] = "taleo_business"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = ({"theme": 1}, {"theme": 2})

    @property
    def org(self) -> str:
        return "".join(letter for letter in self.site.id.upper() if letter.isalnum())

    @property
    def first_instance(self) -> str:
        return f"phf{crc32(self.org.encode()) % 90 + 10}"

    @property
    def instance(self) -> str:
        return self.site.quirks.get("moved_to") or self.first_instance

    @property
    def session(self) -> str:
        return f"JSESSIONID={crc32(self.site.id.encode()):X}"

    def entry(self) -> dict[str, Any]:
        url = self._url("searchResults", self.first_instance)
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        instances = (self.first_instance, self.instance)
        if url.hostname not in {f"{name[:3]}.tbe.taleo.net" for name in instances}:
            return False
        org = parse_qs(url.query).get("org")
        return org[0].upper() == self.org if org else url.path.split("/")[1] in instances

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/dispatcher/servlet/DispatcherServlet":
            gone = f"INACTIVEcareers/v2/searchResults?org={self.org}&cws=37"
            return redirect(
                gone if self.site.quirks.get("inactive") else self._url("searchResults")
            )
        moved = self.instance != self.first_instance and path.startswith(f"/{self.first_instance}/")
        if moved or (self.site.quirks.get("inactive") and path.startswith(f"/{self.instance}/")):
            asked = quote(request.url, safe="")
            return redirect(
                f"https://{self.instance[:3]}.tbe.taleo.net/dispatcher/servlet/DispatcherServlet"
                f"?org={self.org}&act=redirectCws&redirectUrl={asked}"
            )
        if path == f"/{self.instance}{CAREERS}/searchResults":
            return self._list(request)
        if path == f"/{self.instance}{CAREERS}/viewRequisition":
            return self._detail(request.query.get("rid", ""))
        return None

    def _url(self, page: str, instance: str | None = None, rid: str = "") -> str:
        name = instance or self.instance
        more = f"&rid={rid}" if rid else ""
        return (
            f"https://{name[:3]}.tbe.taleo.net/{name}{CAREERS}/{page}?org={self.org}&cws=37{more}"
        )

    # --- list ---------------------------------------------------------------------------------

    def _list(self, request: SimRequest) -> SimResponse:
        offset = int(request.query.get("rowFrom", "0"))
        if offset and self.session not in request.headers.get("cookie", ""):
            return SimResponse("\n", headers={"Content-Type": "text/html"})
        jobs = self.site.listed
        parts = ["<section class='oracletaleocwsv2-search-results'>"]
        if self.site.quirks.get("theme", 1) == 1:
            parts.append(
                "<div class='panel oracletaleocwsv2-totals-callout'><h3>Open Positions</h3><span "
                f"tabindex='0' class='oracletaleocwsv2-panel-number'>{len(jobs)}</span></div>"
            )
        if not self.site.quirks.get("unsorted"):
            names = ("Title", *self._columns())
            options = [
                f"<option value='{escape(self._url('searchResults'))}&amp;act=sort"
                f"&amp;sortColumn={number}'>{name}</option>"
                for number, name in enumerate(names)
            ]
            parts.append(f"<select class='form-select orderbyPicker'>{''.join(options)}</select>")
        parts += [self._row(job) for job in jobs[offset : offset + PAGE_SIZE]]
        if offset + PAGE_SIZE < len(jobs):
            parts.append(
                f"<a class='jscroll-next' href='/{self.instance}{CAREERS}/searchResults?next"
                f"&amp;rowFrom={offset + PAGE_SIZE}&amp;act=null&amp;sortColumn=null"
                "&amp;sortOrder=null&amp;currentTime=1785797000000'>next</a>"
            )
        return page("".join([*parts, "</section>"]), "Careers", {"Set-Cookie": self._cookie()})

    def _cookie(self) -> str:
        return f"{self.session}; Path=/{self.instance}/ats; Secure; HttpOnly"

    def _columns(self) -> Sequence[str]:
        return self.site.quirks.get("columns") or ("Location", "Department")

    def _row(self, job: Job) -> str:
        cells = "".join(
            f'<div tabindex="0" >{self._escape(facts(job)[name])}</div>' for name in self._columns()
        )
        return (
            '<div class="oracletaleocwsv2-accordion-block">'
            '<div class="oracletaleocwsv2-accordion-head-info">'
            '<h4 class="oracletaleocwsv2-head-title">'
            f'<a href="{self._url("viewRequisition", rid=rid(job))}" class="viewJobLink">'
            f"{self._escape(job.title)}</a></h4>{cells}</div></div>"
        )

    @staticmethod
    def _escape(text: str) -> str:
        """The pages write parentheses as entities too."""
        return escape(text).replace("(", "&#40;").replace(")", "&#41;")

    # --- detail -------------------------------------------------------------------------------

    def _detail(self, asked: str) -> SimResponse:
        job = next((job for job in self.site.jobs if rid(job) == asked), None)
        if job is None or (job.removed and job.closed_said):
            notice = f"<span class='text-danger'>{GONE}</span>"
            return page(f"<div id='oracletaleocwsv2-wrapper'>{notice}</div>", "Job Not Available")
        labels = "".join(
            f"<span class='small'> {name} </span> <strong> {self._escape(value)} </strong>"
            for name, value in facts(job).items()
        )
        named = "" if self.site.quirks.get("layout") == 2 else " name='cwsJobDescription'"
        text = f"<div{named} tabindex='0' class='row'><div>{job.description_html}</div></div>"
        body = (
            "<div class='well oracletaleocwsv2-job-description'>"
            f"<strong> {self._escape(job.title)} </strong>{labels}</div>"
            f"<div class='col-xs-12 col-sm-12 col-md-8'>{text}"
            "<div class='oracletaleocwsv2-button-navigation clearfix'>"
            f"<a href='{escape(self._url('applyRequisition', rid=rid(job)))}'>Apply Now</a>"
            "</div></div>"
        )
        if not self.site.quirks.get("no_jsonld"):
            structured = json.dumps(self._structured(job)).replace("</", "<\\/")
            body += f"<script type='application/ld+json'>{structured}</script>"
        return page(body, job.title)

    def _structured(self, job: Job) -> dict[str, Any]:
        return {
            "@context": "http://schema.org",
            "@type": "JobPosting",
            "title": job.title,
            "datePosted": f"{job.posted_on:%a %b %d} 00:00:00 GMT {job.posted_on:%Y}",
            "description": job.description_html,
            "employmentType": TYPES[job.employment_type],
            "hiringOrganization": {"@type": "Organization", "name": job.unit},
            "jobLocation": {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": job.city,
                    "addressRegion": job.region or "",
                    "addressCountry": job.country,
                },
            },
        }


def rid(job: Job) -> str:
    return str(4000 + job.number)


def facts(job: Job) -> dict[str, str]:
    """What the pages show of a job, by the tenant's label."""
    return {
        "Location": ", ".join(filter(None, (job.city, job.region))),
        "Department": job.unit,
        "Employment Type": TYPES[job.employment_type],
        "ID": rid(job),
    }


def redirect(location: str) -> SimResponse:
    return SimResponse("", 302, {"Location": location})


def page(body: str, title: str, headers: Mapping[str, str] | None = None) -> SimResponse:
    text = (
        f"<!DOCTYPE html><html lang='en'><head><title>{escape(title)}</title></head>"
        f"<body><div id='oracletaleocwsv2-wrapper'>{body}</div></body></html>"
    )
    return SimResponse(
        text, headers={"Content-Type": "text/html; charset=utf-8", **(headers or {})}
    )
