"""A simulated Clinch careers site: a sitemap, and pages behind AWS WAF (ats/pageup.md section 6).

Quirks a site may have (`Site.quirks`):
    waf       so many details a day are served, then every page but the sitemap is a challenge
    index     sitemap.xml is an index of two sitemaps
    json_ld   details carry JSON-LD as well
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any, ClassVar
from unicodedata import normalize
from urllib.parse import SplitResult

import pycountry

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse, Site

ROBOTS = (
    "User-agent: *\nDisallow: \nDisallow: /v1/candidate_details\nDisallow: /me/\nDisallow: /api/\n"
    "\nCrawl-delay: 1\n"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml; charset=utf-8"}
Entry = tuple[str, date | None]  # path, last change
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
CHALLENGE = SimResponse(
    "<html><script>AwsWafIntegration.getToken()</script></html>",
    202,
    {**HTML, "x-amzn-waf-action": "challenge", "Cache-Control": "no-store, max-age=0"},
)


class Clinch(Protocol):
    platform: ClassVar[str] = "clinch"
    variants = ({}, {"json_ld": True, "index": True})
    usual_size = (3, 5)  # a crawl reads five details a night; the rest of a larger site stays owed

    def __init__(self, site: Site):
        super().__init__(site)
        self._served: dict[date, int] = {}
        self._slugs: dict[int, str] = {}  # frozen when a posting appears, whatever is edited later
        self._said: dict[int, tuple[tuple[Any, ...], date]] = {}  # what a page said, since when

    @property
    def host(self) -> str:
        return f"{self.site.id}.career-pages.com"

    def entry(self) -> dict[str, Any]:
        cities = sorted({hyphens(job.city) for job in self.site.jobs})
        return {
            "id": self.site.id,
            "employer": self.site.employer,
            "url": f"https://{self.host}/jobs/search",
            "params": {"cities": cities},
        }

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path.rstrip("/")
        if path == "/robots.txt":
            said = f"{ROBOTS}\nSitemap: https://{self.host}/sitemap.xml\n"
            return SimResponse(said, headers={"Content-Type": "text/plain"})
        if request.method != "GET":
            return None
        if path.startswith("/sitemap"):
            return self._sitemap(path)
        if path.startswith("/jobs/"):
            return self._detail(path.removeprefix("/jobs/"))
        return None

    def _sitemap(self, path: str) -> SimResponse | None:
        jobs = [(f"/jobs/{self._slug(job)}", self._changed(job)) for job in self.site.listed]
        pages = [("/", self.site.today), ("/jobs/search", self.site.today), ("/benefits", None)]
        if not self.site.quirks.get("index"):
            return self._xml("urlset", "url", [*pages, *jobs]) if path == "/sitemap.xml" else None
        half = len(jobs) // 2
        match path:
            case "/sitemap.xml":
                parts = [("/sitemap1.xml", self.site.today), ("/sitemap2.xml", None)]
                return self._xml("sitemapindex", "sitemap", parts)
            case "/sitemap1.xml":
                return self._xml("urlset", "url", [*pages, *jobs[:half]])
            case "/sitemap2.xml":
                return self._xml("urlset", "url", jobs[half:])
        return None

    def _xml(self, root: str, name: str, entries: Iterable[Entry]) -> SimResponse:
        lines = [
            f"<{name}><loc>https://{self.host}{path}</loc>"
            + (f"<lastmod>{day.isoformat()}</lastmod>" if day else "")
            + f"</{name}>"
            for path, day in entries
        ]
        body = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{NAMESPACE}">'
        return SimResponse(f"{body}{''.join(lines)}</{root}>", headers=XML)

    def _slug(self, job: Job) -> str:
        if job.number not in self._slugs:
            region = pycountry.subdivisions.get(code=f"{job.country}-{job.region}")
            names = (job.title, job.city, region and region.name, job.country_name)
            slug = "-".join(hyphens(name) for name in names if name)
            if slug in self._slugs.values():
                slug += f"-{uuid.uuid5(uuid.NAMESPACE_URL, f'{self.site.id}/{job.number}')}"
            self._slugs[job.number] = slug
        return self._slugs[job.number]

    def _changed(self, job: Job) -> date:
        """The day of the last edit, as far as it was seen."""
        says = (job.title, job.unit, job.city, job.employment_type, job.closes_on, job.salary)
        before = self._said.get(job.number)
        if before is None or before[0] != says:
            self._said[job.number] = (says, self.site.today if before else job.posted_on)
        return self._said[job.number][1]

    def _detail(self, slug: str) -> SimResponse | None:
        allowed = self.site.quirks.get("waf")
        served = self._served.get(self.site.today, 0)
        if allowed is not None and served >= allowed:
            return CHALLENGE
        self._served[self.site.today] = served + 1
        job = next((job for job in self.site.jobs if self._slug(job) == slug), None)
        if job is None or (job.removed and job.closed_said):
            return None
        head = ""
        if self.site.quirks.get("json_ld"):
            head = f"<script type='application/ld+json'>{self._json_ld(job)}</script>"
        body = (
            f"<h1>{escape(job.title)}</h1><div class='job-description'>{job.description_html}</div>"
        )
        return SimResponse(f"<html><head>{head}</head><body>{body}</body></html>", headers=HTML)

    def _json_ld(self, job: Job) -> str:
        address = {
            "@type": "PostalAddress",
            "addressLocality": job.city,
            "addressRegion": job.region,
            "addressCountry": job.country,
        }
        node = {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": job.title,
            "description": job.description_html,
            "datePosted": job.posted_on.isoformat(),
            "validThrough": job.closes_on and job.closes_on.isoformat(),
            "employmentType": job.employment_type,
            "hiringOrganization": {"@type": "Organization", "name": self.site.employer},
            "jobLocation": {"@type": "Place", "address": address},
        }
        return json.dumps(node).replace("<", "\\u003c")


def hyphens(name: str) -> str:
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
