"""A simulated PageUp careers site (classic), with the quirks of ats/pageup.md.

Quirks a site may have (`Site.quirks`):
    own_host   the catalogue knows the employer's own host only; its pages name the instance
    no_feed    as own_host, but the pages name no instance and jobs.json is switched off
    page_cap   rows of a page of the listing at most; otherwise as many as are asked for
    layout     of the listing: "table" (default), "list" or "cards"
    closed     what a closed job's page answers: "redirect" (default), "text" or "gone"
    moved      everything leads to /jobs/search, as after a move to the newer product
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult, parse_qsl
from zlib import crc32
from zoneinfo import ZoneInfo

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

VENDOR = "careers.pageuppeople.com"
# In words of Windows and of IANA; elsewhere the pages name no zone.
ZONES = {
    "AU": ("AUS Eastern", "Australia/Sydney"),
    "GB": ("GMT", "Europe/London"),
    "NZ": ("New Zealand", "Pacific/Auckland"),
    "US": ("Eastern", "America/New_York"),
}
TYPES = {"FULL_TIME": "Full time", "PART_TIME": "Part time", "TEMPORARY": "Fixed Term Contract"}
ROBOTS = "User-agent: *\nDisallow: /admin\nDisallow: /ci\nDisallow: /*/ci/\nDisallow: /*/uat/\n"
HTML = {"Content-Type": "text/html; charset=utf-8"}
SORRY = "<p>Sorry, we can't provide additional information about this job right now.</p>"


class PageUp(Protocol):
    platform: ClassVar[str] = "pageup"
    variants = ({}, {"no_feed": True, "page_cap": 25}, {"own_host": True})

    @property
    def instance(self) -> str:
        return str(10000 + crc32(self.site.id.encode()) % 90000)

    @property
    def own_host(self) -> str:
        return f"jobs.{self.site.id}.example"

    def entry(self) -> dict[str, Any]:
        entry = {"id": self.site.id, "employer": self.site.employer}
        if self.site.quirks.get("own_host") or self.site.quirks.get("no_feed"):
            params = {"host": self.own_host, "language": "en"}
            return {**entry, "url": f"https://{self.own_host}/en/listing/", "params": params}
        return {**entry, "url": f"https://{VENDOR}/{self.instance}/cw/en/listing/"}

    def answers_for(self, url: SplitResult) -> bool:
        if url.hostname == VENDOR:
            return url.path.startswith((f"/{self.instance}/", "/robots.txt"))
        return url.hostname == self.own_host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/robots.txt":
            return SimResponse(ROBOTS, headers={"Content-Type": "text/plain"})
        if request.method != "GET":
            return None
        if path.startswith("/jobs/"):  # the newer product shows its postings by script
            return SimResponse("<html><body><h1>Search jobs</h1></body></html>", headers=HTML)
        at_vendor = request.parts.hostname == VENDOR
        parts = path.removeprefix(f"/{self.instance}" if at_vendor else "").strip("/").split("/")
        if parts[0] == "cw":
            parts = parts[1:]
        elif at_vendor:
            return None
        if parts[:1] != ["en"]:
            return None
        if self.site.quirks.get("moved"):
            return redirect(f"https://{self.own_host}/jobs/search")
        start = f"/{self.instance}/cw/en" if at_vendor else "/en"
        match parts[1:]:
            case ["jobs.json"] if at_vendor and not self.site.quirks.get("no_feed"):
                return SimResponse([self._item(job) for job in self.site.listed])
            case ["listing"]:
                return self._listing(dict(parse_qsl(request.parts.query)), start)
            case ["job", number, *_]:
                return self._page(number, f"https://{request.parts.hostname}{start}")
        return None

    # --- feed ---------------------------------------------------------------------------------

    def _item(self, job: Job) -> dict[str, Any]:
        windows, iana = ZONES.get(job.country, ("", "UTC"))
        place = [part for part in (job.region or job.country_name, job.city) if part]
        item: dict[str, Any] = {
            "Id": native_id(job),
            "ExternalJobNo": f"R{job.number:05}",
            "Title": escape(job.title),
            "Summary": f"{job.unit} is looking for a colleague.",
            "Overview": job.description_html,
            "Locations": escape(place[-1]),
            "LocationList": [escape("|".join(place))],
            "WorkType": work_type(job),
            "Department": escape(job.unit),
            "Salary": salary(job),
            "OpeningDateUtc": f"/Date({ms(job.posted_on, time(9), iana)})/",
            "ApplyUrl": f"https://secure.dc2.pageuppeople.com/apply/{self.instance}/gateway/",
        }
        if job.closes_on:
            closes = datetime.combine(job.closes_on, time(23, 55), ZoneInfo(iana))
            offset = closes.utcoffset()
            assert offset is not None
            item["ClosingDateUtc"] = f"/Date({ms(job.closes_on, time(23, 55), iana)})/"
            item["ClosingDateUtcOffset"] = offset.total_seconds() / 3600
            item["ClosingDateTimeZone"] = f"{windows} Standard Time" if windows else ""
        return item

    # --- HTML ---------------------------------------------------------------------------------

    def _listing(self, query: dict[str, str], start: str) -> SimResponse:
        said = {"instId": int(self.instance), "sourcePointer": "cw", "language": "en"}
        script = f"<script>PU.Jobs.source = {json.dumps(said)};</script>"
        if self.site.quirks.get("no_feed"):
            script = ""
        if "jobnotfound" in query:
            return SimResponse(f"<html><body>{SORRY}</body></html>", headers=HTML)
        size = int(query.get("page-items", 20))
        size = min(size, self.site.quirks.get("page_cap", size))
        page, jobs = int(query.get("page", 1)), self.site.listed
        shown, left = jobs[(page - 1) * size : page * size], len(jobs) - page * size
        rows = "".join(self._row(job, start) for job in shown)
        found = {
            "table": f"<table><tbody id='search-results-content'>{rows}</tbody></table>",
            "list": f"<ul id='search-results-content'>{rows}</ul>",
            "cards": f"<div id='search-results-content'>{rows}</div>",
        }[self.site.quirks.get("layout", "table")]
        if not jobs:
            found = "<div id='search-results-content'><p>There are no jobs available.</p></div>"
        more = (
            f"<a href='{start}/listing/?page={page + 1}&amp;page-items={size}' class='more-link'"
            f" data-page='{page + 1}' data-page-items='{size}'>More Jobs"
            f" <span class='count'>{left}</span></a>"
        )
        again = f"<table><tbody id='recent-jobs-content'>{rows}</tbody></table>"
        body = f"{script}<h2>Search results</h2>{found}{more if left > 0 else ''}{again}"
        return SimResponse(f"<html><body>{body}</body></html>", headers=HTML)

    def _row(self, job: Job, start: str) -> str:
        link = f"<a class='job-link' href='{start}/job/{native_id(job)}/{job.number}-a-slug'>"
        link += f"{escape(job.title)}</a>"
        rest = (
            f"<span class='location'>{escape(where(job))}</span>"
            f"<span class='work-type'>{work_type(job)}</span>"
        )
        closes = (
            f"<span class='close-date'>{moment(job, job.closes_on, time(23, 55), 'short')}</span>"
        )
        match self.site.quirks.get("layout", "table"):
            case "list":
                return f"<li class='jobs-item'>{link}{rest}{closes}</li>"
            case "cards":
                again = link.replace(escape(job.title), "Apply")
                return f"<div class='card'>{link}{rest}{closes}{again}</div>"
        summary = f"<tr class='summary'><td colspan='3'>{escape(job.unit)}</td></tr>"
        return f"<tr><td>{link}</td><td>{rest}</td><td>{closes}</td></tr>{summary}"

    def _page(self, number: str, start: str) -> SimResponse | None:
        job = self.site.job(int(number) - 500000) if number.isdigit() else None
        if job is None or (job.removed and job.closed_said):
            match self.site.quirks.get("closed", "redirect"):
                case "gone":
                    return None
                case "text":
                    body = f"<html><body>{SORRY}<div id='job-content'></div></body></html>"
                    return SimResponse(body, headers=HTML)
            return redirect(f"{start}/listing/?jobnotfound=true")
        windows = ZONES.get(job.country, ("", ""))[0]
        zone = f" {windows} Daylight Time" if windows else ""
        pay = f"<b>Salary:</b> {salary(job)}<br>" if job.salary else ""
        closes = (
            f"<b>Applications close:</b> <span class='close-date'>"
            f"{moment(job, job.closes_on, time(23, 55), 'long')}</span>{zone}"
        )
        body = (
            f"<div id='job-content'><h2>{escape(job.title)}</h2><p>"
            f"<b>Job no:</b> <span class='job-externalJobNo'>R{job.number:05}</span><br>"
            f"<b>Work type:</b> <span class='work-type'>{work_type(job)}</span><br>"
            f"<b>Location:</b> <span class='location'>{escape(where(job))}</span><br>{pay}"
            f"<b>Department:</b> {escape(job.unit)}<br></p>"
            f"<div id='job-details'>{job.description_html}</div><p>"
            f"<b>Advertised:</b> <span class='open-date'>"
            f"{moment(job, job.posted_on, time(9), 'short')}</span>{zone}<br>"
            f"{closes if job.closes_on else ''}</p></div>"
        )
        return SimResponse(f"<html><body>{body}</body></html>", headers=HTML)


def native_id(job: Job) -> str:
    return str(500000 + job.number)


def where(job: Job) -> str:
    return ", ".join(part for part in (job.city, job.region or job.country_name) if part)


def work_type(job: Job) -> str:
    kind = TYPES[job.employment_type]
    return kind if job.workplace == "onsite" else f"{kind}, {job.workplace.capitalize()}"


def salary(job: Job) -> str:
    if not job.salary:
        return ""
    low, high, currency = job.salary
    return f"{currency} {low:,} - {high:,} per year"


def ms(day: date, at: time, iana: str) -> int:
    return int(datetime.combine(day, at, ZoneInfo(iana)).timestamp() * 1000)


def moment(job: Job, day: date | None, at: time, form: str) -> str:
    """A `time` element: the attribute in UTC, the text in the job's own zone."""
    if day is None:
        return ""
    here = datetime.combine(day, at, ZoneInfo(ZONES.get(job.country, ("", "UTC"))[1]))
    text = f"{here:%d %b %Y}" if form == "short" else f"{here:%d %b %Y %I:%M %p}"
    return f"<time datetime='{here.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'>{text}</time>"


def redirect(url: str) -> SimResponse:
    return SimResponse("", 302, {**HTML, "Location": url})
