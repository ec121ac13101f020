"""A simulated BrassRing gateway, with the quirks of ats/brassring.md.

Quirks a site may have (`Site.quirks`):
    drift      JobsCount of later pages counts so many rows more than there are
    repeats    the order moves during a walk: each later page starts so many rows too early
    no_places  the handshake does not say which fields are places, only which it shows
"""

from __future__ import annotations

import hashlib
import json
from html import escape
from typing import Any, ClassVar
from urllib.parse import SplitResult, parse_qsl, urlencode
from zlib import crc32

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse

PAGE = 50  # rows, whatever is asked
TYPES = {"FULL_TIME": "Full time ", "PART_TIME": "Part time ", "TEMPORARY": "Fixed term "}
# Which formtext holds what differs per gateway; these are this simulator's.
CITY, REGION, COUNTRY, TYPE, TEXT, PAY = (f"formtext{n}" for n in (12, 10, 9, 1, 3, 20))
HTML = {"Content-Type": "text/html; charset=utf-8"}
ERROR = SimResponse("<html><body><h1>Internal Server Error</h1></body></html>", 500, HTML)


class BrassRing(Protocol):
    platform: ClassVar[str] = "brassring"
    variants = ({}, {"drift": 1, "repeats": 2}, {"no_places": True})

    @property
    def host(self) -> str:
        return f"{self.site.id}.brassring.com"

    @property
    def gateway(self) -> dict[str, str]:
        number = crc32(self.site.id.encode())
        return {"partnerid": str(20000 + number % 80000), "siteid": str(5000 + number % 1000)}

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.host}/TGnewUI/Search/Home/Home?{urlencode(self.gateway)}"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == self.host

    def answer(self, request: SimRequest) -> SimResponse | None:
        path = request.parts.path.lower()
        if path == "/tgnewui/search/home/home" and request.method == "GET":
            return self._handshake(request)
        if path == "/tgnewui/search/home/homewithpreload" and request.method == "GET":
            return SimResponse("<html><body ng-app='tgApp'></body></html>", headers=HTML)
        if path.startswith("/tgnewui/search/ajax/") and request.method == "POST":
            return self._ajax(request, path.rpartition("/")[2])
        return None

    def _secret(self, what: str) -> str:
        text = f"{self.site.id}/{self.site.today}/{what}"
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()

    def _handshake(self, request: SimRequest) -> SimResponse:
        asked = {name.lower(): value for name, value in request.query.items()}
        if any(asked.get(name) != value for name, value in self.gateway.items()):
            return ERROR
        shown = {
            "HotJobs": {"Job": []},
            "KeywordCustomSolrFields": "JobTitle,AutoReq",
            "LocationCustomSolrFields": f"{CITY},{REGION},{COUNTRY}".upper(),
            "JobFieldsToDisplay": {
                "Position1": None,
                "JobTitle": "jobtitle",
                "Position3": [CITY, REGION, COUNTRY, "department"],
                "Summary": TEXT,
            },
            "PartnerName": self.site.employer,
        }
        if self.site.quirks.get("no_places"):
            shown["LocationCustomSolrFields"] = ""
        page = (
            "<!DOCTYPE html><html><body>"
            f"<input name='__RequestVerificationToken' type='hidden' value='{self._secret('rft')}'>"
            f"<input id='CookieValue' type='hidden' value='^{self._secret('session')}='>"
            f'<input id="searchResults" type="hidden" value="{escape(json.dumps(shown))}">'
            "</body></html>"
        )
        return SimResponse(
            page, headers={**HTML, "Set-Cookie": f"tg_rft={self._secret('cookie')}; path=/"}
        )

    def _ajax(self, request: SimRequest, method: str) -> SimResponse:
        cookies = dict(parse_qsl(request.headers.get("cookie", "").replace("; ", "&")))
        if (
            request.headers.get("rft") != self._secret("rft")
            or cookies.get("tg_rft") != self._secret("cookie")
            or "json" not in request.headers.get("content-type", "")
        ):
            return ERROR
        try:
            asked = {name.lower(): value for name, value in request.json().items()}
        except (ValueError, AttributeError):
            return ERROR
        said = [str(asked.get(name)) for name in ("partnerid", "siteid")]
        if said != list(self.gateway.values()):
            return ERROR
        if method == "processsortandshowmorejobs":
            if asked.get("encryptedsessionvalue") != f"^{self._secret('session')}=":
                return ERROR
            return self._list(int(asked["pagenumber"]))
        return self._detail(str(asked.get("jobid"))) if method == "jobdetails" else ERROR

    def _list(self, number: int) -> SimResponse:
        jobs = self.site.listed
        start = max(0, (number - 1) * (PAGE - self.site.quirks.get("repeats", 0)))
        rows = [self._row(job) for job in jobs[start : start + PAGE]]
        return SimResponse(
            {
                "Jobs": {"Job": rows} if rows else None,
                "JobsCount": len(jobs) + (self.site.quirks.get("drift", 0) if number > 1 else 0),
                "TotalJobsCount": 0,
                "PageSize": 0,
            }
        )

    def _row(self, job: Job) -> dict[str, Any]:
        gateway = self.gateway
        said = {
            "reqid": str(700000 + job.number),
            "hotjob": "No",
            "clientid": gateway["partnerid"],
            "siteid": gateway["siteid"],
            "lastupdated": f"{job.posted_on:%d-%b-%Y}",
            "jobtitle": escape(job.title),
            "jobdescription": "",
            "autoreq": f"{30000 + job.number}BR",
            "department": job.unit,
            CITY: f"{job.city} ",
            REGION: job.region or "",
            COUNTRY: job.country_name,
            TYPE: TYPES[job.employment_type],
        }
        query = urlencode({**gateway, "PageType": "JobDetails", "jobid": said["reqid"]})
        return {
            "IsActive": False,
            "Link": f"https://{self.host}/TGnewUI/Search/home/HomeWithPreLoad?{query}",
            "Questions": [
                {"QId": 1, "QuestionName": name, "Value": value} for name, value in said.items()
            ],
        }

    def _detail(self, native_id: str) -> SimResponse:
        job = self.site.job(int(native_id) - 700000) if native_id.isdigit() else None
        if job is None or (job.removed and job.closed_said):
            return SimResponse({"ServiceResponse": {"Jobdetails": None}})
        asked = [
            ("", "jobtitle", escape(job.title)),
            ("Job Reference #", "autoreq", f"{30000 + job.number}BR"),
            ("Department", "department", job.unit),
            ("City", CITY, job.city),
            ("State", REGION, job.region or ""),
            ("Country", COUNTRY, job.country_name),
            ("Employment Type", TYPE, TYPES[job.employment_type]),
            ("About the role", TEXT, job.description_html),
        ]
        if job.salary:
            low, high, currency = job.salary
            asked.append(("Salary Range", PAY, f"{currency} {low:,} - {high:,} per year"))
        if job.closes_on:
            asked.append(("Closing Date", "formdate1", f"{job.closes_on:%d-%b-%Y}"))
        questions = [
            {"QuestionName": label, "VerityZone": zone, "AnswerValue": value, "ClassName": ""}
            for label, zone, value in asked
        ]
        return SimResponse({"ServiceResponse": {"Jobdetails": {"JobDetailQuestions": questions}}})
