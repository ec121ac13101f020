"""A simulated PeopleSoft Candidate Gateway, fluid, with the quirks of ats/peoplesoft.md.

A list is bound to a session: to its cookie, its ICSID, and the ICStateNum that every answer counts
up. A first request without a cookie is sent round once to get it.

Quirks a site may have (`Site.quirks`):
    splash      the search page has buttons only; NAV_PB$1 leads to the list
    columns     what the grid shows besides title and id; all by default
    shown       so many postings are shown to a visitor, and the banner says so
    step        rows that each answer adds; 50 by default
    xml         a click on "more" is answered in XML
    loses       the session is lost once, when more rows are asked for
    no_links    links to postings lead to the search page
    no_cookies  sessions need no cookie (for tests without a cookie jar)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import count
from typing import Any, ClassVar
from urllib.parse import SplitResult
from zlib import crc32

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

COMPONENT = "HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL"
SEARCH, POSTING = "HRS_APP_SCHJOB_FL", "HRS_APP_JBPST_FL"
MORE, ALL_JOBS = "HRS_AGNT_RSLT_I$hdown$0", "NAV_PB$1"
COLUMNS = {
    "LOCATION": "Location",
    "HRS_APP_JBSCH_I_HRS_DEPT_DESCR": "Department",
    "SCH_OPENED": "Posted Date",
    "HRS_JO_PST_CLS_DT": "Close Date",
}
FEW_COLUMNS = ("HRS_APP_JBSCH_I_HRS_DEPT_DESCR", "SCH_OPENED")
TYPES = {
    "FULL_TIME": ("Full-Time", "Regular"),
    "PART_TIME": ("Part-Time", "Regular"),
    "TEMPORARY": ("Full-Time", "Temporary"),
}
FIRST_ID = 300_000


class PeopleSoft(Protocol):
    platform: ClassVar[str] = "peoplesoft"
    variants: ClassVar[Sequence[Mapping[str, Any]]] = (
        {"step": 20},
        {"splash": True, "columns": FEW_COLUMNS, "step": 20, "xml": True},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._numbers = count(1)
        self._sessions: dict[str, list[int]] = {}  # ICSID -> state, rows shown
        self._lost = False

    @property
    def host(self) -> str:
        return f"careers.{self.site.id}.example"

    @property
    def base(self) -> str:
        return f"https://{self.host}/psc/hrprd/EMPLOYEE/HRMS/c/{COMPONENT}"

    def entry(self) -> dict[str, Any]:
        url = f"{self.base}?Page={SEARCH}&Action=U&FOCUS=Applicant&SiteId=1"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path
        if path == "/robots.txt":
            return SimResponse("User-agent: *\nDisallow: /psp/\n")
        if not path.endswith(COMPONENT):
            return None
        if request.method == "POST":
            return self._click(request)
        cookie = f"PS_TOKEN={crc32(self.site.id.encode()):X}"
        if not self.site.quirks.get("no_cookies") and cookie not in request.headers.get(
            "cookie", ""
        ):
            return SimResponse(
                "", 302, {"Location": request.url, "Set-Cookie": f"{cookie}; Path=/; Secure"}
            )
        if request.query.get("Page") == POSTING and not self.site.quirks.get("no_links"):
            return self._detail(request.query)
        if self.site.quirks.get("splash"):
            return self._page(self._buttons(), self._session(0))
        return self._list(self._session(self._step))

    # --- sessions -----------------------------------------------------------------------------

    @property
    def _step(self) -> int:
        return int(self.site.quirks.get("step", 50))

    def _session(self, shown: int) -> str:
        sid = f"{self.site.id}-{next(self._numbers)}="
        self._sessions[sid] = [1, shown]
        return sid

    def _click(self, request: SimRequest) -> SimResponse:
        form = request.form
        sid, action = form.get("ICSID", ""), form.get("ICAction")
        state = self._sessions.get(sid)
        if self.site.quirks.get("loses") and not self._lost:
            self._lost, state = True, None
        if state is None or form.get("ICStateNum") != str(state[0]) or "ICType" not in form:
            return SimResponse("<html><body>The page is no longer available.</body></html>")
        state[0] += 1
        if action == ALL_JOBS:
            state[1] = self._step
        elif action == MORE:
            state[1] += self._step
        return self._list(sid, xml=self.site.quirks.get("xml") and action == MORE)

    # --- pages --------------------------------------------------------------------------------

    def _page(self, body: str, sid: str) -> SimResponse:
        hidden = {
            "ICType": "Panel",
            "ICElementNum": "0",
            "ICStateNum": str(self._sessions[sid][0]),
            "ICAction": "None",
            "ICSID": sid,
        }
        fields = "".join(
            f"<input type='hidden' name='{name}' id='{name}' value='{value}' />"
            for name, value in hidden.items()
        )
        return SimResponse(
            "<!DOCTYPE html><html><head><title>Careers</title></head><body>"
            f"<form id='HRS_CG_SEARCH_FL' name='win0' method='post' action='{self.base}'>"
            f"{fields}{body}</form></body></html>",
            headers={"Content-Type": "text/html; charset=utf-8"},
        )

    def _buttons(self) -> str:
        names = ("My Job Notifications", "View All Jobs")
        return "".join(
            f"<a id='NAV_PB${number}' class='ps-button'>{name}</a>"
            for number, name in enumerate(names)
        )

    def _list(self, sid: str, xml: Any = False) -> SimResponse:
        jobs = self.site.listed
        cap = self.site.quirks.get("shown", len(jobs))
        rows = jobs[: min(self._sessions[sid][1], cap)]
        note = f" Only the first <b>{cap}</b> jobs can be displayed." if cap < len(jobs) else ""
        items = "".join(self._row(number, job) for number, job in enumerate(rows))
        more = f"<div class='ps_box-more' onclick=\"go('{MORE}')\">More</div>"
        body = (
            "<div id='win0divHRS_SCH_WRK_FLU_HRS_SES_CNTS_MSG$70$'>"
            f"<b>{len(jobs):,}</b> jobs found.{note}</div>"
            "<div class='psc_rowcount' id='win0divHRS_AGNT_RSLT_Irowcnt$0'>"
            f"<span class='ps-text'>{min(cap, len(jobs)):,} rows</span></div>"
            f"<ul class='ps_grid-body' id='win0divHRS_AGNT_RSLT_I$0'>{items}</ul>"
            f"{more if len(rows) < min(cap, len(jobs)) else ''}"
        )
        if not xml:
            return self._page(body, sid)
        return SimResponse(
            f"<?xml version='1.0'?><PAGE id='{SEARCH}'><GENSCRIPT><![CDATA["
            f"document.win0.ICStateNum.value={self._sessions[sid][0]};]]></GENSCRIPT>"
            f"<FIELD id='win0divPAGECONTAINER'><![CDATA[{body}]]></FIELD></PAGE>",
            headers={"Content-Type": "text/xml; charset=utf-8"},
        )

    def _row(self, number: int, job: Job) -> str:
        said = {
            "SCH_JOB_TITLE": job.title,
            "HRS_APP_JBSCH_I_HRS_JOB_OPENING_ID": opening(job),
            "LOCATION": place(job),
            "HRS_APP_JBSCH_I_HRS_DEPT_DESCR": job.unit,
            "SCH_OPENED": f"{job.posted_on:%m/%d/%Y}",
            "HRS_JO_PST_CLS_DT": f"{job.closes_on:%m/%d/%Y}" if job.closes_on else "",
        }
        hidden = set(COLUMNS) - set(self.site.quirks.get("columns", COLUMNS))
        cells = "".join(
            f"<span class='ps-label' id='{field}lbl${number}'>{COLUMNS.get(field, 'Job')}</span>"
            f"<span class='ps_box-value' id='{field}${number}'>{escape(value) or '&nbsp;'}</span>"
            for field, value in said.items()
            if field not in hidden
        )
        return f"<li class='ps_grid-row' id='HRS_AGNT_RSLT_I$0_row_{number}'>{cells}</li>"

    def _detail(self, query: Mapping[str, str]) -> SimResponse:
        wanted = query.get("JobOpeningId", "")
        job = next((job for job in self.site.jobs if opening(job) == wanted), None)
        gone = job is None or query.get("PostingSeq") != "1" or (job.removed and job.closed_said)
        if gone and query.get("PostingSeq") != "1":
            return self._list(self._session(self._step))
        if gone:  # a dead link shows another posting
            job = next(iter(self.site.listed), None)
        if job is None:
            return self._list(self._session(self._step))
        full, regular = TYPES[job.employment_type]
        values = {
            "HRS_SCH_WRK2_POSTING_TITLE": job.title,
            "HRS_SCH_WRK2_HRS_JOB_OPENING_ID": opening(job),
            "HRS_SCH_WRK_HRS_DESCRLONG": f"{place(job)}, {job.country_name}",
            "HRS_SCH_WRK_HRS_FULL_PART_TIME": full,
            "HRS_SCH_WRK_HRS_REG_TEMP": regular,
        }
        sections = [("Job Summary", job.description_html)]
        if job.salary:
            low, high, currency = job.salary
            sections.append(("Salary Range", f"{low:,} - {high:,} {currency} per year"))
        body = "".join(
            f"<div id='win0div{name}'><span class='ps_box-value' id='{name}'>{escape(value)}</span>"
            "</div>"
            for name, value in values.items()
        ) + "".join(
            f"<div class='ps_box-scrollarea-row' id='win0divHRS_SCH_PSTDSC_row${number}'>"
            f"<h2><span class='ps-text' id='HRS_SCH_WRK_DESCR100${number}lbl'>{name}</span></h2>"
            f"<div class='ps_box-value' id=HRS_SCH_PSTDSC_DESCRLONG${number} >{text}</div></div>"
            for number, (name, text) in enumerate(sections)
        )
        return self._page(body, self._session(0))


def opening(job: Job) -> str:
    return str(FIRST_ID + job.number)


def place(job: Job) -> str:
    return ", ".join(filter(None, (job.city, job.region)))
