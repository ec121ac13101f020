"""Jobvite (jobs.jobvite.com).

URL forms (ats/jobvite.md sections 1 and 2):
    https://jobs.jobvite.com/[careers/]{company}/job/{id}[/apply]        one posting
    https://jobs.jobvite.com/[careers/]{company}[/jobs|/search|/jobs/viewall]
    https://app.jobvite.com/CompanyJobs/Job.aspx?c={company_id}&j={id}   an older form
    https://{employer's host}/...?p=job/{id}                             vanity (one listing of the
                                                                         community: inferred)

Traps:
- Ids are "o" and seven letters or digits, and their case counts.
- The older form names the company by another id (`c`), which only the board's page knows: the
  catalogue has to state it as `company_id` for the two to be one tenant.
- Drop nl, fr, __jvst, __jvsd and source; but fetching a branded board without `nl=1&fr=true` is
  redirected to the employer's own domain.

For a spider (sections 2-5): HTML lists of 50 rows a page, JSON-LD in the details. A closed posting
redirects to .../jobs?error=404, an unknown company to another host. The JSON list is gone.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform


class JobviteParams(platform.Params):
    company: str | None = None
    company_id: str | None = None  # what the older form says; letter case kept


class Jobvite(platform.Platform):
    name = "jobvite"
    label = "Jobvite"
    Params = JobviteParams
    unread = "no spider yet"
    url_rules = (
        r"""https?://(?:jobs|careers)\.jobvite\.com/(?:careers/)?
            (?P<company>(?!(?:careers|support|api)(?:[/?\#]|$))[^/?\#]+)
            (?:/job/(?P<posting_id>[0-9a-z]+)(?:/apply)?|/search|/jobs(?:/viewall|/alljobs)?)?
            /?(?:[?\#]|$)""",
        r"""https?://app\.jobvite\.com/CompanyJobs/(?:Job|Careers)\.aspx
            (?=\?(?:[^\#]*&)?c=(?P<company_id>\w+))(?=\?(?:[^\#]*&)?j=(?P<posting_id>\w+))""",
        r"""https?://app\.jobvite\.com/CompanyJobs/(?:Job|Careers|Xml)\.aspx
            \?(?:[^\#]*&)?c=(?P<company_id>\w+)""",
    )
    vanity_rules = (
        r"""https?://(?P<page>[\w.-]+(?:/[^?\#]*)?)\?(?:[^\#]*&)?p=job(?:/|%2F)
            (?P<posting_id>o[0-9a-z]{7})(?:[&\#]|$)""",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?:jobs|careers)\.jobvite\.com/(?:careers/)?"
                r"(?P<company>(?!(?:careers|support|api)\b)[\w-]+)",
                re.IGNORECASE,
            ),
            "the page links to a Jobvite board",
        ),
    )
    examples: ClassVar = {
        "https://jobs.jobvite.com/fernwoodgenetics/job/oE4cjfwX?nl=1&nl=1&fr=true": {
            "company": "fernwoodgenetics",
            "posting_id": "oE4cjfwX",
        },
        "https://jobs.jobvite.com/careers/fernwood-research/job/o9bjlfwI/apply?__jvst=Job+Board": {
            "company": "fernwood-research",
            "posting_id": "o9bjlfwI",
        },
        "http://app.jobvite.com/CompanyJobs/Job.aspx?c=q6NaVfwI&j=ogO4zfwr": {
            "company_id": "q6NaVfwI",
            "posting_id": "ogO4zfwr",
        },
        "https://jobs.jobvite.com/fernwoodgenetics/search?p=0": {"company": "fernwoodgenetics"},
        "https://jobs.jobvite.com/careers/fernwood-research/jobs?error=404": {
            "company": "fernwood-research"
        },
        "https://app.jobvite.com/CompanyJobs/Xml.aspx?c=q6NaVfwI": {"company_id": "q6NaVfwI"},
    }
    not_examples = (
        "https://www.jobvite.com/support/job-seeker-support/?invalid=1",
        "https://search.jobvite.com/?invalid=1",
        "https://jobs.jobvite.com/careers/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return (params.company or "").lower() or str(params.company_id or "")

    @classmethod
    def match_on_known_host(
        cls, url: str, params: platform.BaseParams, evidence: str
    ) -> platform.Match | None:
        # Its own hosts are everybody's: what a URL there does not name, no entry may add.
        match = super().match_on_known_host(url, params, evidence)
        said = {"company", "company_id", "page"}
        return match if match and match.groups.keys() & said else None

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        company, key = match.groups.get("company") or match.params.company, match.posting_id
        if company is None:
            page = "https://app.jobvite.com/CompanyJobs"
            board = f"?c={match.params.company_id}"
            return f"{page}/Job.aspx{board}&j={key}" if key else f"{page}/Careers.aspx{board}"
        return (
            f"https://jobs.jobvite.com/{company}/job/{key}"
            if key
            else (f"https://jobs.jobvite.com/{company}")
        )
