"""Simulated career pages of employers' own: sitemaps, and a JobPosting in each page.

The pages take turns in the shapes that real sites have, well-formed and not
(ats/schemaorg_jobposting.md sections 2 and 3). A page's lastmod moves when the job is edited.

Quirks (`Site.quirks`):
    links          the listing is an HTML page with links instead of a sitemap
    lastmod_now    every lastmod is the moment of the request, as many sites have it
    sends_home     a closed page redirects to the front page instead of answering 404
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

PER_SITEMAP = 100
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
EMPTY = "There are no vacancies at the moment."
WORKPLACES = {"remote": "TELECOMMUTE", "hybrid": "HYBRID", "onsite": "ON_SITE"}


class JsonLd(Protocol):
    platform: ClassVar[str] = "jsonld"
    variants: ClassVar = ({}, {"links": True})

    def __init__(self, site: Any):
        super().__init__(site)
        self._edited: dict[int, tuple[str, date]] = {}

    @property
    def host(self) -> str:
        return f"careers.{self.site.id}.example"

    def entry(self) -> dict[str, Any]:
        listing = "vacancies/" if self.site.quirks.get("links") else "sitemap_index.xml"
        params = {"listing": f"https://{self.host}/{listing}", "posting_pattern": r"/vacancies/\d+"}
        if self.site.quirks.get("links"):
            params["empty"] = EMPTY
        return {
            "id": self.site.id,
            "employer": self.site.employer,
            "url": f"https://{self.host}/",
            "params": params,
        }

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/robots.txt":
            return SimResponse(f"User-agent: *\nDisallow: /apply/\nSitemap: {self._url(INDEX)}\n")
        if path == f"/{INDEX}":
            return self._index()
        if path == "/sitemap-pages.xml":
            return _urlset([(self._url("about"), self.site.today)])
        if path.startswith("/sitemap-jobs-"):
            return self._sitemap(int(path.removeprefix("/sitemap-jobs-").removesuffix(".xml")))
        if path == "/vacancies/":
            return self._links()
        if path.startswith("/vacancies/"):
            return self._page(path.split("/")[2].partition("-")[0])
        return SimResponse("<h1>Welcome</h1>") if path == "/" else None

    def _url(self, path: str) -> str:
        return f"https://{self.host}/{path}"

    def _path(self, job: Job) -> str:
        words = "".join(c if c.isalnum() and c.isascii() else " " for c in job.title.lower())
        return f"vacancies/{4000 + job.number}-{'-'.join(words.split())}"

    # --- listings -----------------------------------------------------------------------------

    def _index(self) -> SimResponse:
        count = -(-len(self.site.listed) // PER_SITEMAP)
        names = ["sitemap-pages.xml", *(f"sitemap-jobs-{n}.xml" for n in range(1, count + 1))]
        rows = "".join(f"<sitemap><loc>{self._url(name)}</loc></sitemap>" for name in names)
        return _xml(f'<sitemapindex xmlns="{XMLNS}">{rows}</sitemapindex>')

    def _sitemap(self, number: int) -> SimResponse:
        jobs = self.site.listed[(number - 1) * PER_SITEMAP : number * PER_SITEMAP]
        return _urlset([(self._url(self._path(job)), self._lastmod(job)) for job in jobs])

    def _lastmod(self, job: Job) -> date:
        if self.site.quirks.get("lastmod_now"):
            return self.site.today
        said, day = json.dumps(self._node(job), sort_keys=True), self.site.today
        before = self._edited.setdefault(job.number, (said, job.posted_on))
        if before[0] != said:
            self._edited[job.number] = (said, day)
        return self._edited[job.number][1]

    def _links(self) -> SimResponse:
        rows = "".join(
            f'<li><a href="/{self._path(job)}?utm_source=careers">{escape(job.title)}</a> '
            f'<a href="https://social.example/share?u={self._url(self._path(job))}">Share</a></li>'
            for job in self.site.listed
        )
        return SimResponse(f"<html><body><ul>{rows}</ul>{'' if rows else EMPTY}</body></html>")

    # --- pages --------------------------------------------------------------------------------

    def _page(self, native_id: str) -> SimResponse | None:
        job = self.site.job(int(native_id) - 4000) if native_id.isdigit() else None
        if job is None or (job.removed and job.closed_said):
            if job and self.site.quirks.get("sends_home"):
                return SimResponse(status=302, headers={"Location": self._url("")})
            return None
        shape = SHAPES[job.number % len(SHAPES)]
        return SimResponse(shape(self._node(job)))

    def _node(self, job: Job) -> dict[str, Any]:
        node: dict[str, Any] = {
            "@context": "https://schema.org/",
            "@type": "JobPosting",
            "title": job.title,
            "description": job.description_html,
            "datePosted": job.posted_on.isoformat(),
            "employmentType": job.employment_type,
            "jobLocationType": WORKPLACES[job.workplace],
            "identifier": {"@type": "PropertyValue", "value": f"REQ-{job.number:04}"},
            "hiringOrganization": {
                "@type": "Organization",
                "name": self.site.employer,
                "department": {"@type": "Organization", "name": job.unit},
            },
            "jobLocation": {"@type": "Place", "address": _address(job)},
        }
        if job.closes_on:
            node["validThrough"] = f"{job.closes_on.isoformat()}T23:59:59Z"
        if job.salary:
            low, high, currency = job.salary
            value = {"minValue": low, "maxValue": high, "unitText": "YEAR"}
            node["baseSalary"] = {"currency": currency, "value": value}
        return node


INDEX = "sitemap_index.xml"


def _address(job: Job) -> dict[str, Any]:
    parts = {
        "addressLocality": job.city,
        "addressRegion": job.region,
        "addressCountry": job.country,
    }
    return {"@type": "PostalAddress", **{name: value for name, value in parts.items() if value}}


def _xml(text: str) -> SimResponse:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'
    return SimResponse(body, headers={"Content-Type": "text/xml"})


def _urlset(entries: list[tuple[str, date]]) -> SimResponse:
    rows = "".join(f"<url><loc>{u}</loc><lastmod>{day}</lastmod></url>" for u, day in entries)
    return _xml(f'<urlset xmlns="{XMLNS}">{rows}</urlset>')


# --- the shapes a page takes ---------------------------------------------------------------------


def _html(*blocks: str) -> str:
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<!DOCTYPE html><html><head>{scripts}</head><body><div id='app'></div></body></html>"


def _json(node: Any) -> str:
    return json.dumps(node).replace("</", "<\\/")


def _plain(node: dict[str, Any]) -> str:
    return _html(_json(node))


def _graph(node: dict[str, Any]) -> str:
    organization = {"@id": "#employer", **node["hiringOrganization"]}
    posting = {**node, "hiringOrganization": {"@id": "#employer"}}
    return _html(_json({"@graph": [{"@type": "WebPage"}, posting, organization]}))


def _commented(node: dict[str, Any]) -> str:
    inner = _json(node)[1:-1]
    return _html(f"//<![CDATA[\n{{ // the vacancy\n{inner},\n}}\n//]]>")


def _entities(node: dict[str, Any]) -> str:
    return _html(escape(_json(node)))


def _beside_rubbish(node: dict[str, Any]) -> str:
    text = _json({**node, "description": "@"}).replace('"@"', '"<p>Raw\nbreaks.<\\/p>@"')
    text = text.replace('@"', f'{_json(node["description"])[1:-1]}"')
    return _html("", "{'@type': 'JobPosting', title: 'unreadable'}", text)


def _pascal_case(node: dict[str, Any]) -> str:
    keys = {key: key if key.startswith("@") else key[0].upper() + key[1:] for key in node}
    return _html(_json({keys[key]: value for key, value in node.items()}) + ";")


def _escaped(node: dict[str, Any]) -> str:
    return _html(_json([{**node, "description": escape(node["description"])}]))


def _microdata(node: dict[str, Any], scope: str = "itemscope", name: str = "itemprop") -> str:
    def element(key: str, value: Any) -> str:
        if isinstance(value, dict):
            kind = f"https://schema.org/{value.get('@type', 'Thing')}"
            typed = f"itemscope itemtype='{kind}'" if scope == "itemscope" else f"typeof='{kind}'"
            return f"<div {name}='{key}' {typed}>{''.join(elements(value))}</div>"
        if key == "description":
            return f"<div {name}='{key}'>{value}</div>"
        return f"<meta {name}='{key}' content='{escape(str(value), quote=True)}'>"

    def elements(values: dict[str, Any]) -> Iterator[str]:
        return (element(key, value) for key, value in values.items() if not key.startswith("@"))

    kind = "https://schema.org/JobPosting"
    typed = f"itemscope itemtype='{kind}'" if scope == "itemscope" else f"typeof='{kind}'"
    return f"<html><body><main {typed}>{''.join(elements(node))}</main></body></html>"


def _rdfa(node: dict[str, Any]) -> str:
    return _microdata(node, "typeof", "property")


SHAPES: tuple[Callable[[dict[str, Any]], str], ...] = (
    _plain,
    _graph,
    _commented,
    _entities,
    _beside_rubbish,
    _pascal_case,
    _escaped,
    _microdata,
    _rdfa,
)
