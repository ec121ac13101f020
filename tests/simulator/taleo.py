"""A simulated Taleo Enterprise career section of either generation (ats/taleo.md).

Quirks a site may have (`Site.quirks`):
    generation    "faceted" (default) or "classic"
    section       name of the career section; "ex" by default
    states_portal a classic section states a portal number too, as some do
    columns       "wide": seven columns instead of three
    overcount     postings that the total counts and no page shows
    node_sizes    rows a page of the nodes that answer in turn, instead of 25 everywhere
    unnamed       the detail page does not name its slots
    closed        the whole section is unavailable
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult
from zlib import crc32

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

SCHEDULES = {"FULL_TIME": "Full-time", "PART_TIME": "Part-time", "TEMPORARY": "Full-time"}
ROW = (
    "no",
    "title",
    "no",
    "title",
    "no",
    "contestnumber",
    "basiclocations",
    "organization",
    "jobschedule",
    "postingdate",
    "unpostingdate",
)
DETAIL = (
    "no",
    "submissiontitle",
    "no",
    "title",
    "contestnumber",
    "description",
    "description",
    "primarylocation",
    "primarylocation",
    "organization",
    "jobschedule",
    "employeestatus",
    "payvalue",
    "maximumsalary",
    "currency",
    "payfrequencybasis",
    "postingdate",
    "unpostingdate",
    "no",
)
PAGER = {
    "ftlpageid": "reqListBasicPage",
    "ftlinterfaceid": "requisitionListInterface",
    "ftlcompid": "rlPager",
    "jsfCmdId": "rlPager",
    "ftlcompclass": "PagerComponent",
    "ftlcallback": "ftlPager_processResponse",
}
# What the script of every page knows, healthy ones included.
ACTS = (
    "_acts:[['reqListBasicPage','jobsearch'],['unavaibleRequisitionPage','unavailablerequisition']]"
)
UNAVAILABLE = {
    "requisitionList": None,
    "facetResults": None,
    "pagingData": None,
    "queryString": None,
    "careerSectionUnAvailable": True,
    "supportedLanguages": None,
}


class Taleo(Protocol):
    platform: ClassVar[str] = "taleo"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {"generation": "faceted"},
        {"generation": "classic"},
    )

    @property
    def host(self) -> str:
        return f"{self.site.id}.taleo.net"

    @property
    def section(self) -> str:
        return f"/careersection/{self.site.quirks.get('section', 'ex')}"

    @property
    def classic(self) -> bool:
        return self.site.quirks.get("generation") == "classic"

    @property
    def portal(self) -> str:
        return str(10**8 + crc32(self.site.id.encode()) % 10**8)

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.host}{self.section}/jobsearch.ftl?lang=en"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/careersection/rest/jobboard/searchjobs":
            return self._search(request)
        if not path.startswith("/careersection/"):
            return None
        if self.site.quirks.get("closed") or not path.startswith(f"{self.section}/"):
            return page("<div id='maintenanceTitle'></div>", "Career Section Unavailable")
        name = path.rpartition("/")[2]
        if name in ("jobsearch.ftl", "joblist.ftl"):
            return self._classic_page() if self.classic else self._faceted_page()
        if name in ("jobsearch.ajax", "joblist.ajax"):
            return self._pager(request)
        if name in ("jobdetail.ftl", "jobapply.ftl"):
            return self._detail(request.query.get("job", ""))
        return None

    # --- faceted ------------------------------------------------------------------------------

    def _faceted_page(self) -> SimResponse:
        heads = [f"<th>{name}</th>" for name in ("", *self._columns())]
        return page(
            f"<table id='jobs'><thead><tr>{''.join(heads)}</tr></thead></table>"
            "<script>var require = {config: {'fs/FacetedSearchSettings': "
            f"{{lang: 'en', portalNo: '{self.portal}', "
            f"queryString: 'lang=en&portal={self.portal}', urlCode: 'ex'}}}}}};</script>"
            "<script data-main='/careersection/2026PRD/js/facetedsearch/FacetedSearchPage.js'>"
            "</script>",
            "Job Search",
        )

    def _columns(self) -> tuple[str, ...]:
        if self.site.quirks.get("columns") == "wide":
            return ("Title", "Number", "Unit", "Schedule", "Place", "Posted on", "Closes on")
        return ("Title", "Place", "Posting Date")

    def _search(self, request: SimRequest) -> SimResponse:
        if not request.headers.get("tz"):
            return SimResponse("An Error Occurred in TEE", 500)
        try:
            asked = request.json()
            number = int(asked["pageNo"])
            known = isinstance(asked.get("fieldData", {}).get("fields", {}), dict)
        except (ValueError, TypeError, KeyError, AttributeError):
            return SimResponse("", 400)
        typed = request.headers.get("content-type", "").startswith("application/json")
        if request.method != "POST" or not typed or not known:
            return SimResponse("", 400)
        if asked.keys() & {"currentPageNo", "currentRecordCount"}:
            return SimResponse("", 400)
        if self.classic or self.site.quirks.get("closed"):
            return SimResponse(dict(UNAVAILABLE))
        if request.query.get("portal") != self.portal:
            return SimResponse(dict(UNAVAILABLE))
        sizes = self.site.quirks.get("node_sizes") or [25]
        size = sizes[(number - 1) % len(sizes)]
        jobs = self.site.listed[(number - 1) * size : number * size]
        total = len(self.site.listed) + self.site.quirks.get("overcount", 0)
        return SimResponse(
            {
                "requisitionList": [self._row(job) for job in jobs],
                "facetResults": [],
                "pagingData": {"currentPageNo": number, "pageSize": 25, "totalCount": total},
                "queryString": "f=null&s=3|D&a=null&multiline=true",
                "careerSectionUnAvailable": False,
                "supportedLanguages": ["en"],
            }
        )

    def _row(self, job: Job) -> dict[str, Any]:
        cells = {
            "Title": escape(job.title, quote=False),
            "Number": contest(job),
            "Unit": job.unit,
            "Schedule": SCHEDULES[job.employment_type],
            "Place": json.dumps([place(job)]),
            "Posting Date": american(job.posted_on),
            "Posted on": british(job.posted_on),
            "Closes on": british(job.closes_on) if job.closes_on else "Ongoing",
        }
        columns = self._columns()
        return {
            "jobId": job_id(job),
            "contestNo": contest(job),
            "column": [cells[name] for name in columns],
            "linkedColumn": columns.index("Title"),
            "locationsColumns": [columns.index("Place")],
            "hotJob": False,
        }

    # --- classic ------------------------------------------------------------------------------

    def _classic_page(self) -> SimResponse:
        shown = sorted(self.site.listed, key=lambda job: job.title)[:25]
        history = self._stream("ftlx0", shown, 1, 25).replace("!$!", "!%24!")
        portal = f"portalNo:'{self.portal}'," if self.site.quirks.get("states_portal") else ""
        return page(
            "<form id='ftlform' name='ftlform' method='post' action='jobsearch.ftl'>"
            "<input type='hidden' name='ftlpageid' value='reqListBasicPage'>"
            "<input type='hidden' name='ftlhistory' value='1 page'>"
            "<input type='hidden' name='initialHistory' id='initialHistory' "
            f"value='{escape(history)}'></form>"
            f"<script>ftl={{{portal}{ACTS},requisitionListInterface:{{listRequisition:"
            f"{{_size:25,_hlid:{slots(ROW)}}}}}}};</script>",
            "Job Search",
        )

    def _pager(self, request: SimRequest) -> SimResponse:
        form = request.form
        asked = {name: form.get(name) for name in PAGER}
        if request.method != "POST" or b"+" in request.body or asked != PAGER or not self.classic:
            return SimResponse("A system error has occurred", 500)
        hundred = form.get("listRequisition.size") == form.get("dropListSize") == "100"
        size = 100 if hundred else 25
        jobs = list(self.site.listed)
        last = max(1, -(-len(jobs) // size))
        number = min(int(form.get("rlPager.currentPage", "1")), last)
        if not hundred:  # sorted anew for each page: some rows come twice, others never
            turn = 3 * number % max(1, len(jobs))
            jobs = jobs[turn:] + jobs[:turn]
        shown = jobs[(number - 1) * size : number * size]
        answer = self._stream(form.get("ftlajaxid", ""), shown, number, size)
        return SimResponse(answer, headers={"Content-Type": "text/html; charset=utf-8"})

    def _stream(self, request_id: str, jobs: Iterable[Job], number: int, size: int) -> str:
        values = [value for job in jobs for value in encoded(ROW, self._facts(job))]
        state = [
            *("listRequisition.nbElements", str(len(self.site.listed))),
            *("listRequisition.size", str(size), "rlPager.currentPage", str(number)),
        ]
        head = [request_id, "ftlPager_processResponse"]
        middle = ["requisitionListInterface", "listRequisition", "rlPager", "false"]
        return "!$!".join("!|!".join(part) for part in (head, middle, values, state))

    # --- detail -------------------------------------------------------------------------------

    def _detail(self, asked: str) -> SimResponse:
        jobs = (job for job in self.site.jobs if asked in (contest(job), job_id(job)))
        job = next(jobs, None)
        if job is None or (job.removed and job.closed_said):
            return page(
                "<form id='ftlform' name='ftlform' action='unavailablerequisition.ftl'>"
                "<input type='hidden' name='ftlpageid' value='unavaibleRequisitionPage'></form>"
                f"<script>ftl={{{ACTS}}};api.fillInterface('requisitionUnavailableInterface',"
                "['The job description you are trying to view is no longer available.']);</script>",
                "Job Search",
            )
        values = ",".join(f"'{value}'" for value in encoded(DETAIL, self._facts(job)))
        names = "" if self.site.quirks.get("unnamed") else f",_hlid:{slots(DETAIL)}"
        return page(
            "<form id='ftlform' name='ftlform' action='jobdetail.ftl'>"
            "<input type='hidden' name='ftlpageid' value='requisitionDescriptionPage'></form>"
            f"<script>ftl={{{ACTS},requisitionDescriptionInterface:{{descRequisition:"
            f"{{_size:1{names}}}}}}};\n"
            "api.fillList('requisitionDescriptionInterface', 'descRequisition', "
            f"[{values}]);</script>",
            "Job Search",
        )

    def _facts(self, job: Job) -> dict[str, str]:
        low, high, currency = job.salary or ("", "", "")
        written = british if self.classic else american
        number = f"(Job Number: {contest(job)})"
        return {
            "no": job_id(job),
            "submissiontitle": f"Submission for the position: {job.title} - {number}",
            "title": job.title,
            "contestnumber": contest(job),
            "description": f"!*!{job.description_html}",
            "primarylocation": place(job),
            "basiclocations": place(job),
            "organization": job.unit,
            "jobschedule": SCHEDULES[job.employment_type],
            "employeestatus": "Fixed-term" if job.employment_type == "TEMPORARY" else "Regular",
            "payvalue": str(low),
            "maximumsalary": str(high),
            "currency": currency,
            "payfrequencybasis": "Yearly" if job.salary else "",
            "postingdate": written(job.posted_on),
            "unpostingdate": written(job.closes_on) if job.closes_on else "Ongoing",
        }


def contest(job: Job) -> str:
    """The public number: two digits of the year and six in base 36, as in 2600002S."""
    digits, number = "", job.number
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    return f"26{digits:0>6}"


def job_id(job: Job) -> str:
    return str(300_000 + job.number)


def place(job: Job) -> str:
    """Country, state, city, as the tenant's list of places has them: US-TX-Dallas, Italy-Rome."""
    country = job.country if job.country == "US" else job.country_name
    return "-".join(filter(None, (country, job.region, job.city)))


def american(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def british(day: date) -> str:
    return f"{day:%d/%b/%Y}"


def slots(names: Sequence[str]) -> str:
    return "[" + ",".join(f"'reqlistitem.{name}'" for name in names) + "]"


def encoded(names: Sequence[str], facts: Mapping[str, str]) -> list[str]:
    """The values of a row as the pages carry them: escape(), and a colon behind a backslash."""
    kept = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@*_+-./!: ")

    def unit(character: str) -> str:
        if character in kept:
            return character
        code = character.encode("utf-16-be").hex().upper()
        units = [code[i : i + 4] for i in range(0, len(code), 4)]
        return "".join(f"%{u[2:]}" if u.startswith("00") else f"%u{u}" for u in units)

    return ["".join(map(unit, facts[name].replace(":", "\\:"))) for name in names]


def page(body: str, title: str) -> SimResponse:
    text = f"<!DOCTYPE html><html lang='en'><head><title>{title}</title></head><body>{body}"
    return SimResponse(text + "</body></html>", headers={"Content-Type": "text/html"})
