"""Stonefish, the ASP.NET vacancy pages of British universities.

The name is inferred (data/platform_distribution.md); what is sure is the form, which several
universities share. URL forms, their letter case varies:
    https://{host}/[{folder}/]Vacancy.aspx?ref={reference}      Leeds, Lincoln, Royal Holloway ...
    https://{host}/Vacancy.aspx?id={number}&forced=1            Nottingham
    https://{host}/[{portal}/]displayjob.aspx?jobid={number}    Manchester
    https://{host}/vacancies.aspx?cat=-1, /rss.aspx             all vacancies (public notes)

Traps:
- The query is the identity (data/platform_distribution.md section 6); `forced` is not.
- A portal's name before displayjob.aspx is the audience: one series of numbers for all (inferred:
  10373 to 12516 without one, 10827 and 11427 with one).
- The form counts on hosts under .ac.uk; elsewhere only where the catalogue names the host.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

_PAGE = r"""/(?P<folder>(?:[\w-]+/)*)(?P<page>vacancy|displayjob)\.aspx\?(?:[^\#]*&)?
    (?P<key>ref|id|jobid)=(?P<posting_id>[^&\#]+)"""
_LIST = r"/(?P<folder>(?:[\w-]+/)*)(?P<page>vacancies|rss)\.aspx(?:[?\#]|$)"


class StonefishParams(platform.Params):
    host: str


class Stonefish(platform.Platform):
    name = "stonefish"
    label = "Stonefish"
    Params = StonefishParams
    unread = "no spider yet"
    url_rules = (
        r"https?://(?P<host>[\w.-]+\.ac\.uk)" + _PAGE,
        r"https?://(?P<host>[\w.-]+\.ac\.uk)" + _LIST,
    )
    vanity_rules = (r"https?://(?P<host>[\w.-]+)" + _PAGE, r"https?://(?P<host>[\w.-]+)" + _LIST)
    examples: ClassVar = {
        "https://jobs.fernwood.ac.uk/Vacancy.aspx?ref=CSUIT9001": {
            "host": "jobs.fernwood.ac.uk",
            "posting_id": "CSUIT9001",
        },
        "https://www.fernwood.ac.uk/jobs/vacancy.aspx?forced=1&id=9002": {
            "host": "www.fernwood.ac.uk",
            "posting_id": "9002",
        },
        "https://www.jobs.fernwood.ac.uk/fernwoodinternal/displayjob.aspx?jobid=9003": {
            "host": "www.jobs.fernwood.ac.uk",
            "posting_id": "9003",
        },
        "https://jobs.fernwood.ac.uk/vacancies.aspx?cat=-1": {"host": "jobs.fernwood.ac.uk"},
    }
    not_examples = (
        "https://www.fernwood.ac.uk/about/jobs/about-job-details.aspx?vacancy_id=0329439GoF",
        "https://jobs.fernwood.example/Vacancy.aspx?ref=CSUIT9001",
        "https://jobs.fernwood.ac.uk/Vacancy.aspx",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).upper()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        page = said["page"].lower()
        start = f"https://{said['host'].lower()}/{said.get('folder', '')}{page}.aspx"
        return f"{start}?{said['key'].lower()}={match.posting_id}" if match.posting_id else start
