"""A simulated Avature portal: pages of the tenant's size, and a link to the start behind the end.

Quirks a site may have (`Site.quirks`), beyond ats/later-additions.md's common form:
    page_size  6 by default
    no_total   the listing does not say how many there are
    own_host   the portal is on a host of the employer's own, which names the tenant's
    offset     what the offset is called: jobOffset by default, folderOffset on some
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

CAP = 2000
TYPES = {"FULL_TIME": "Full-Time", "PART_TIME": "Part-Time", "TEMPORARY": "Temporary"}
FIELD = "article__content__view__field"


class Avature(Protocol):
    platform: ClassVar[str] = "avature"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {},
        {"own_host": True, "page_size": 20},
        {"no_total": True, "offset": "folderOffset"},
    )

    @property
    def vendor_host(self) -> str:
        return f"{self.site.id}.avature.net"

    @property
    def host(self) -> str:
        own = f"jobs.{self.site.id}.example"
        return own if self.site.quirks.get("own_host") else self.vendor_host

    @property
    def board(self) -> str:
        return f"https://{self.host}/en_US/careers"

    def entry(self) -> dict[str, Any]:
        url = f"{self.board}/SearchJobs"
        entry: dict[str, Any] = {"id": self.site.id, "employer": self.site.employer, "url": url}
        return entry | ({"hosts": [self.vendor_host]} if self.host != self.vendor_host else {})

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname in (self.host, self.vendor_host)

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path.removeprefix("/en_US/careers").rstrip("/")
        if path == "/SearchJobs":
            name = self.site.quirks.get("offset", "jobOffset")
            said = request.query.get(name) or request.query.get("jobOffset") or "0"
            return self._list(int(said), name)
        if path.startswith("/JobDetail/"):
            return self._detail(path.rpartition("/")[2])
        return None

    # --- list ---------------------------------------------------------------------------------

    def _list(self, offset: int, name: str) -> SimResponse:
        if offset > CAP:
            return self._page("Error", "Error", "<p>Oops... Something went wrong</p>")
        size = self.site.quirks.get("page_size", 6)
        jobs = self.site.listed
        shown = jobs[offset : offset + size]
        # Behind the end the link leads to the second page, as if the first were shown.
        following = offset + size if shown else size
        legend = f"{offset + 1}-{offset + len(shown)}" if shown else ""
        if shown and not self.site.quirks.get("no_total"):
            legend += f" of {len(jobs)} results"
        link = ""
        if len(jobs) > size and following < len(jobs) + size:
            link = (
                f'<a class="paginationLink paginationNextLink" href="{self.board}/SearchJobs/'
                f'?jobRecordsPerPage={size}&amp;{name}={following}">Next</a>'
            )
        rows = "".join(map(self._row, shown)) or "No jobs found"
        return self._page(
            "SearchJobs",
            "Search",
            f'<main><div class="list-controls__text__legend">{legend}</div>{link}{rows}</main>',
        )

    def _row(self, job: Job) -> str:
        url = self._url(job)
        return (
            '<article class="article article--result"><h3 class="article__header__text__title">'
            f'<a href="{url}">{escape(job.title)}</a></h3>'
            f"<div><span>{escape(job.city)}</span> , <span>Ref #{ref(job)}</span> . "
            f"<span>Posted {job.posted_on:%b-%d-%Y}</span></div>"
            f'<a href="mailto:?body={url}">Share</a> <a href="{url}?source=list">Learn more</a>'
            "</article>"
        )

    def _url(self, job: Job) -> str:
        slug = "-".join("".join(c if c.isalnum() else " " for c in job.title).split())
        return f"{self.board}/JobDetail/{slug or 'Job'}/{job.number}"

    # --- detail -------------------------------------------------------------------------------

    def _detail(self, number: str) -> SimResponse:
        job = self.site.job(int(number)) if number.isdigit() else None
        if job is None or (job.removed and job.closed_said):
            return self._page("Error", "Job Posting Not Found", "<p>It is not there.</p>")
        fields = "".join(
            f'<div class="{FIELD}"><div class="{FIELD}__label">{label}</div>'
            f'<div class="{FIELD}__value">{escape(value)}</div></div>'
            for label, value in facts(job).items()
        )
        body = (
            f'<main>{fields}<div class="{FIELD} field--rich-text"><div class="{FIELD}__value">'
            f'{job.description_html}</div></div><a href="{self.board}/ApplicationMethods'
            f'?jobId={job.number}">Apply Now</a></main>'
        )
        return self._page("JobDetail", job.title, body)

    def _page(self, name: str, title: str, body: str) -> SimResponse:
        text = (
            '<!DOCTYPE html><html><head><meta name="avature.portal.id" content="6"/>'
            f'<meta name="avature.portal.page" content="{name}"/>'
            f'<meta property="og:title" content="{escape(title)}"/>'
            f'<link rel="stylesheet" href="https://{self.vendor_host}/portal/6/all.css"/>'
            f"<title>{escape(title)}</title></head><body>{body}</body></html>"
        )
        return SimResponse(text, headers={"Content-Type": "text/html; charset=utf-8"})


def ref(job: Job) -> str:
    return str(20_000 + job.number)


def facts(job: Job) -> dict[str, str]:
    """What a detail shows of a job, by its label."""
    said = {
        "Location": ", ".join(filter(None, (job.city, job.region, job.country_name))),
        "Department": job.unit,
        "Employment Type": TYPES[job.employment_type],
        "Posted Date": f"{job.posted_on:%d-%b-%Y}",
        "Ref #": ref(job),
    }
    if job.closes_on:
        said["Posting End Date"] = f"{job.closes_on:%d-%b-%Y}"
    if job.salary:
        said["Salary Range"] = f"{job.salary[2]} {job.salary[0]:,} - {job.salary[1]:,} per year"
    return said
