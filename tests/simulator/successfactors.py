"""A simulated SuccessFactors site: a career site ("RMK"), or a classic portal.

Quirks a site may have (`Site.quirks`; ats/successfactors.md):
    feed      it has /googlefeed.xml, with every posting; otherwise no feed of any name
    layout    of the search: "table" (default) or "tiles", which go on at another address
    per_page  rows of a page of the search (25)
    classic   it is a classic portal: one list of all, which is no well-formed XML
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult, quote

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

PORTAL = "career5.successfactors.eu"
ROBOTS = (
    "User-agent: *\nDisallow: /talentcommunity/\nDisallow: /services/\nDisallow: /applybutton/\n"
)
HTML = {"Content-Type": "text/html;charset=UTF-8"}
XML = {"Content-Type": "text/xml;charset=UTF-8"}
TYPES = {"FULL_TIME": "Full-time", "PART_TIME": "Part-time", "TEMPORARY": "Fixed term"}
WORKPLACES = {"hybrid": "Hybrid", "remote": "Remote"}
NOTHING = (
    '<div id="noresults" class="alert alert-block"><label>There are currently no open positions '
    'matching "<span class="attention securitySearchString"></span>".</label></div>'
)


class SuccessFactors(Protocol):
    platform: ClassVar[str] = "successfactors"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {},
        {"feed": True},
        {"classic": True},
        {"layout": "tiles", "per_page": 10},
    )

    @property
    def host(self) -> str:
        return PORTAL if self.site.quirks.get("classic") else f"jobs.{self.site.id}.example"

    @property
    def company(self) -> str:
        return f"{self.site.id.replace('-', '')}P"

    def entry(self) -> dict[str, Any]:
        entry = {"id": self.site.id, "employer": self.site.employer}
        if self.site.quirks.get("classic"):
            return {**entry, "url": f"https://{PORTAL}/career?company={self.company}"}
        params = {"host": self.host}
        return {**entry, "url": f"https://{self.host}/search/", "params": params}

    def answers_for(self, url: SplitResult) -> bool:
        if url.hostname != self.host:
            return False
        classic = self.site.quirks.get("classic")
        return not classic or url.path == "/robots.txt" or f"company={self.company}" in url.query

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/robots.txt":
            return SimResponse(ROBOTS, headers={"Content-Type": "text/plain"})
        if self.site.quirks.get("classic"):
            return self._classic() if request.query.get("resultType") == "XML" else None
        if path == "/googlefeed.xml" and self.site.quirks.get("feed"):
            return self._feed()
        tiles = self.site.quirks.get("layout") == "tiles"
        if path == "/search/" or (tiles and path == "/tile-search-results/"):
            return self._search(int(request.query.get("startrow") or 0), path != "/search/")
        if path.startswith("/job/"):
            return self._detail(path.strip("/").rpartition("/")[2])
        return None

    # --- lists --------------------------------------------------------------------------------

    def _search(self, start: int, more: bool) -> SimResponse:
        jobs, size = self.site.listed, self.site.quirks.get("per_page", 25)
        rows = jobs[start : start + size]
        tiles = self.site.quirks.get("layout") == "tiles"
        found = "".join(map(self._tile if tiles else self._row, rows))
        if more:  # a piece, without a page around it
            return SimResponse(found, headers=HTML)
        if not rows:
            return page(NOTHING)
        seen = f"{start + 1} – {start + len(rows)}"
        if tiles:
            return page(
                f'<ul id="job-tile-list" data-per-page="{size}">{found}</ul><script>'
                f'j2w.SearchResults.init({{jobRecordsFound: parseInt("{len(jobs)}")}});</script>'
            )
        label = f'<span class="paginationLabel">Results <b>{seen}</b> of <b>{len(jobs)}</b></span>'
        return page(f'{label}<table id="searchresults"><tbody>{found}</tbody></table>')

    def _link(self, job: Job) -> str:
        return f'<a class="jobTitle-link" href="{self._path(job)}">{escape(job.title)}</a>'

    def _row(self, job: Job) -> str:
        link = self._link(job)
        return (
            f'<tr class="data-row"><td><span class="jobTitle hidden-phone">{link}</span>'
            f'<span class="jobTitle visible-phone">{link}</span></td>'
            f'<td><span class="jobLocation">{escape(where(job))}</span></td>'
            f'<td><span class="jobDepartment">{escape(job.unit)}</span></td></tr>'
        )

    def _tile(self, job: Job) -> str:
        number = native_id(job)
        cells = "".join(
            f'<div class="job-tile-cell"><div class="tiletitle">{self._link(job)}</div>'
            f'<div id="job-{number}-{size}-section-location-value">{escape(where(job))}</div></div>'
            for size in ("desktop", "tablet", "mobile")
        )
        return f'<li class="job-tile job-id-{number}" data-url="{self._path(job)}">{cells}</li>'

    def _feed(self) -> SimResponse:
        items = "".join(
            f"<item><title>{escape(f'{job.title} ({where(job)})')}</title>"
            f"<description><![CDATA[{job.description_html}]]></description>"
            f"<link>https://{self.host}{self._path(job)}</link>"
            f"<g:id>{native_id(job)}</g:id><g:location>{escape(where(job))}</g:location></item>"
            for job in self.site.listed
        )
        if not items:
            return SimResponse("<html><body>This feed is disabled.</body></html>", headers=HTML)
        feed = '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">'
        title = f"<title>{escape(self.site.employer)}</title>"
        text = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n{feed}<channel>{title}{items}</channel></rss>'
        )
        return SimResponse(text, headers=XML)

    def _classic(self) -> SimResponse:
        jobs = "\n".join(map(self._job, self.site.listed))
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Job-Listing>\n{jobs}\n</Job-Listing>\n'
        return SimResponse(text, headers=XML)

    def _job(self, job: Job) -> str:
        facets = {
            "Country": job.country_name,
            "State/Province": job.region or "",
            "City": job.city,
            "Work Location": WORKPLACES.get(job.workplace, ""),
            "Employment Type": TYPES[job.employment_type],
        }
        filters = "\n".join(
            f"<filter{n}>\n<label>{label}</label>\n<value>{escape(value)}</value>\n</filter{n}>"
            for n, (label, value) in enumerate(facets.items(), start=1)
        )
        return (
            f"<Job>\n<JobTitle><![CDATA[{escape(job.title)}]]></JobTitle>\n"
            f"<Job-Description><![CDATA[{job.description_html}]]></Job-Description>\n"
            f"<ReqId>{6000 + job.number}</ReqId>\n<>{job.number}</>\n"
            f"<Posted-Date>{job.posted_on:%m/%d/%Y}</Posted-Date>\n"
            f"<Department>{escape(job.unit)}</Department>\n{filters}\n</Job>\n"
        )

    # --- detail -------------------------------------------------------------------------------

    def _path(self, job: Job) -> str:
        slug = quote(f"{job.city}-{job.title}".replace(" ", "-"), safe="")
        return f"/job/{slug}/{native_id(job)}/"

    def _detail(self, number: str) -> SimResponse:
        job = next((job for job in self.site.jobs if native_id(job) == number), None)
        if job is None or (job.removed and job.closed_said):
            return page("<strong>Sorry, this job posting has ended.</strong>")
        return page(
            '<div class="jobDisplayShell" itemscope itemtype="http://schema.org/JobPosting">'
            f'<meta itemprop="datePosted" content="{job.posted_on:%a %b %d} 07:00:00 UTC '
            f'{job.posted_on:%Y}"><h1 itemprop="title">{escape(job.title)}</h1>'
            f'<p><span class="jobGeoLocation">{escape(where(job))}</span></p>'
            f'<span itemprop="description"><span class="jobdescription">{job.description_html}'
            "</span></span></div>"
        )


def native_id(job: Job) -> str:
    return f"14{job.number:06}00"


def where(job: Job) -> str:
    return ", ".join(filter(None, (job.city, job.region, job.country)))


def page(body: str) -> SimResponse:
    head = '<script src="/platform/js/j2w/min/j2w.core.min.js"></script>'
    return SimResponse(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", 200, HTML
    )
