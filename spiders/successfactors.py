"""SAP SuccessFactors: Recruiting Marketing sites on the employers' own hosts, and the classic portal.

URL forms (ats/successfactors.md A1, B):
    https://{host}/[{brand}/]job/{slug}/{7-12 digits}/           a career site ("RMK"); vanity
    https://{host}/[{brand}/]job/{slug}/{id}-{en_US}/            a newer one ("CSB")
    https://{host}/job-invite/{id}/                              a link to share; vanity
    https://career{N}.{successfactors|sapsf}.{com|eu|cn}/sfcareer/jobreqcareer?jobId={id}&company={c}
    https://career{N}.../career?company={c}&career_ns=job_listing&career_job_req_id={id}
    https://career{N}.../career?company={c}[&career_ns=job_listing_summary&resultType=XML]

Traps:
- The slug is ignored. The number of an RMK site is its own, not the requisition of the classic
  portal; the numbers of job-invite and of CSB sites are requisitions (inferred: of 4 to 6 digits, one
  series). An entry that states `company` makes both sites one tenant.
- /job/{slug}/{number}/ could be anybody's: it counts where the catalogue names the host.
- `company` is case-sensitive; N and the domain belong to it.
- /s/{six letters} of a career site is a short link; its redirect names the posting
  (ats/us_universities.md section 4).
- The trailing slash stays; the query (from, refid, locale, feedId, ...) does not identify.

For a spider: GET /googlefeed.xml or the classic feed, complete in one answer; the latter is no
well-formed XML (A3, B). Absence from the feed closes (A4).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_ANY = r"https?://(?P<host>[\w.-]+)"
_BRAND = r"(?P<path>/(?:[^/?\#]+/)?job/[^/?\#]+/"
_LOCALE = r"-(?-i:[a-z]{2}_[A-Z]{2})"
_RMK = rf"{_BRAND}(?P<posting_id>\d{{3,12}}(?={_LOCALE})|\d{{7,12}})(?:{_LOCALE})?)/?(?:[?\#]|$)"
_CSB = rf"{_BRAND}(?P<posting_id>\d{{3,12}}){_LOCALE})/?(?:[?\#]|$)"
_CLASSIC = r"""https?://(?P<host>(?:career(?:-hcm)?|performancemanager)\d*
    \.(?:(?:successfactors|sapsf)\.(?:com|eu|cn)|ns2cloud\.com))"""
_COMPANY = r"(?=\?(?:[^\#]*&)?company=(?P<company>[\w-]+))"


class SuccessFactorsParams(platform.Params):
    host: str  # of the career site, or of the classic portal where there is none
    company: str | None = None  # SAP's name of the customer; letter case kept


class SuccessFactors(platform.Platform):
    name = "successfactors"
    label = "SAP SuccessFactors"
    Params = SuccessFactorsParams
    unread = "no spider yet"
    url_rules = (
        rf"{_CLASSIC}/careers?{_COMPANY}\?(?:[^\#]*&)?career_job_req_id=(?P<posting_id>\d+)",
        rf"{_CLASSIC}/sfcareer/jobreqcareer{_COMPANY}\?(?:[^\#]*&)?jobId=(?P<posting_id>\d+)",
        rf"{_CLASSIC}/careers?{_COMPANY}",
        rf"https?://(?P<host>[\w-]+\.jobs2web\.com)(?:{_RMK}|/?(?:[?\#]|$))",
        _ANY + _CSB,
    )
    vanity_rules = (
        _ANY + _RMK,
        _ANY + r"(?P<path>/job-invite/(?P<posting_id>\d+))/?(?:[?\#]|$)",
        _ANY + r"(?P<path>/s/[a-z]{6})/?(?:[?\#]|$)",
        _ANY + r"(?:/(?:(?:search|viewalljobs|tile-search-results)/?)?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>career(?:-hcm)?\d*\.(?:(?:successfactors|sapsf)\.(?:com|eu|cn)|ns2cloud\.com))"
                r"/careers?\?(?:[^\"'#]*?[&;?])?company=(?P<company>[\w-]+)"
            ),
            "a link to the classic portal of SuccessFactors",
        ),
        platform.PageRule(
            re.compile(
                r"rmkcdn\.successfactors\.com|/platform/js/j2w/|jobs2web|jobDisplayShell"
                r"|jobs\.hr\.cloud\.sap",
            ),
            "the scripts of a SuccessFactors career site",
        ),
    )
    examples: ClassVar = {
        "https://career4.successfactors.com/career?career_ns=job_listing&company=fernwoodP"
        "&navBarLevel=JOB_SEARCH&career_job_req_id=6886&_s.crb=x": {
            "host": "career4.successfactors.com",
            "company": "fernwoodP",
            "posting_id": "6886",
        },
        "https://career-hcm20.ns2cloud.com/sfcareer/jobreqcareer?jobId=6887&company=fernwoodP": {
            "host": "career-hcm20.ns2cloud.com",
            "company": "fernwoodP",
            "posting_id": "6887",
        },
        "https://career15.sapsf.cn/career?company=fernwoodP&career_ns=job_listing_summary": {
            "host": "career15.sapsf.cn",
            "company": "fernwoodP",
        },
        "https://careers.fernwood.example/default/job/HPC-Manager%2C-Storage/39229-en_US/?src=x": {
            "host": "careers.fernwood.example",
            "posting_id": "39229",
        },
        "https://fernwood.jobs2web.com/job/Port-Ellery-HPC-Lead-OR-97000/901088900/?from=email": {
            "host": "fernwood.jobs2web.com",
            "posting_id": "901088900",
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/job/Port-Ellery-HPC-Lead-OR-97000/901088900/",
        "https://jobs.fernwood.example/job-invite/6886/",
        "https://www.successfactors.com/careers",
        "https://career4.successfactors.com/career?career_ns=home",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.company or params.host.lower())

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        host = said["host"].lower()
        if "company" not in said:
            return f"https://{host}{said.get('path', '')}/"
        if match.posting_id is None:
            return f"https://{host}/career?company={said['company']}"
        return (
            f"https://{host}/sfcareer/jobreqcareer"
            f"?jobId={match.posting_id}&company={said['company']}"
        )
