"""Oracle Recruiting Cloud, the "Candidate Experience" of Oracle Fusion; successor of Taleo.

URL forms (ats/oracle-orc.md, "URLs"):
    https://{host}/hcmUI/CandidateExperience/{lang}/sites/{site}/job/{id}
    .../requisitions/job/{id}, .../requisitions/preview/{id}, .../jobs/job/{id}, .../job/{id}/apply
    https://{host}/hcmUI/CandidateExperience/{lang}/job/{id}            the default site
    https://{host}/hcmUI/CandidateExperience/{lang}/sites/{site}[/requisitions|/jobs]
    https://{employer's host}/[jobs/#]{lang}/sites/{site}/job/{id}      vanity
{host} is {pod}.fa[.{data centre}].oraclecloud.com.

Traps:
- The same id on several sites of one host is one posting: the host is the scope of keys.
- Site names are case-sensitive and the API's siteNumber. The form without a site is the default one.
- Everything in the query is view state or tracking (keyword, lastSelectedFacet, utm_*).
- Hosts with -dev or -test in them are not production.
- A vanity host hides {host}, which the entry has to state; the page's source names it.

For a spider: recruitingCEJobRequisitions, paged inside `finder`, no handshake; the details likewise.
A missing detail is confirmed by the list before it closes a posting ("Closed"). No JSON-LD.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_SITE = r"sites/(?P<site>[^/?\#]+)"
_JOB = r"""(?:requisitions/|jobs/)?(?:job|preview)/(?P<posting_id>[^/?\#]+)
    (?:/[^?\#]*)?(?:[?\#]|$)"""
_CE = r"""https?://(?P<host>(?![^/?\#]*-(?:dev|test)\d*[.-])[\w-]+\.fa(?:\.[\w-]+)?\.oraclecloud\.com)
    /hcmUI/CandidateExperience/(?P<lang>[a-z]{2}(?:-[\w-]+)?)"""


class OracleRecruitingParams(platform.Params):
    host: str  # Oracle's, also where the employer has a host of its own
    site: str | None = None  # letter case kept; the default site when a URL has none


class OracleRecruiting(platform.Platform):
    name = "oracle_recruiting"
    label = "Oracle Recruiting Cloud"
    Params = OracleRecruitingParams
    unread = "no spider yet"
    url_rules = (
        rf"{_CE}/(?:{_SITE}/)?{_JOB}",
        rf"{_CE}/{_SITE}(?:/(?:requisitions|jobs)?)?/?(?:[?\#]|$)",
        rf"{_CE}/?(?:requisitions/?)?(?:[?\#]|$)",
    )
    vanity_rules = (
        rf"https?://[\w.-]+/(?:(?:jobs/)?\#/?)?(?P<lang>[a-z]{{2}}(?:-[\w-]+)?)/{_SITE}/{_JOB}",
        rf"https?://[\w.-]+(?:/(?:[a-z]{{2}}(?:-[\w-]+)?/{_SITE}(?:/(?:requisitions|jobs))?/?)?)?"
        r"(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w-]+\.fa(?:\.[\w-]+)?\.oraclecloud\.com)(?::443)?"
                r"/hcmUI/CandidateExperience/[\w-]+/sites/(?P<site>[\w-]+)",
                re.IGNORECASE,
            ),
            "a link to an Oracle career site",
        ),
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w-]+\.fa(?:\.[\w-]+)?\.oraclecloud\.com)(?::443)?/hcm(?:UI|RestApi)",
                re.IGNORECASE,
            ),
            "Oracle's host of the career site",
        ),
    )
    examples: ClassVar = {
        "https://fern.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1001/job/4278/"
        "?utm_medium=jobshare": {
            "host": "fern.fa.us2.oraclecloud.com",
            "site": "CX_1001",
            "posting_id": "4278",
        },
        "https://fa-quan-saasfaprod1.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/en-GB/sites/"
        "Quantenhof-Jobs/requisitions/preview/R290099/?lastSelectedFacet=CATEGORIES": {
            "host": "fa-quan-saasfaprod1.fa.ocs.oraclecloud.com",
            "site": "Quantenhof-Jobs",
            "posting_id": "R290099",
        },
        "https://fern.fa.oraclecloud.com/hcmUI/CandidateExperience/en/job/5465": {
            "host": "fern.fa.oraclecloud.com",
            "posting_id": "5465",
        },
        "https://fern.fa.em3.oraclecloud.com/hcmUI/CandidateExperience/fr/sites/CX/jobs?x=1": {
            "host": "fern.fa.em3.oraclecloud.com",
            "site": "CX",
        },
    }
    not_examples = (
        "https://fern-test.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX/job/1",
        "https://fa-fern-dev2-saasfaprod1.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/en/job/1",
        "https://careers.fernwood.example/en/sites/jobsearch/job/4278",
        "https://fern.fa.us2.oraclecloud.com/hcmUI/faces/FuseWelcome",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        site = match.groups.get("site") or match.params.site
        parts = [f"https://{match.params.host.lower()}/hcmUI/CandidateExperience/en"]
        parts += [f"sites/{site}"] if site else []
        parts += [f"job/{match.posting_id}"] if match.posting_id else []
        return "/".join(parts)
