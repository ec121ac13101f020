"""Avature ({tenant}.avature.net, or a host of the employer's own).

URL forms (ats/later-additions.md, "Avature"; ats/fingerprints.md):
    https://{host}[/{locale}]/{portal}/JobDetail/{slug}/{id}    the slug is cosmetic
    https://{host}[/{locale}]/{portal}/JobDetail?jobId={id}     also /JobDetail/?jobId=
    https://{host}[/{locale}]/{portal}/SearchJobs/?jobOffset=N  the listing
    https://{host}[/{locale}]/{portal}/ApplicationMethods?jobId={id}    its form of application
{portal} is the tenant's choice: careers, jobs, main, externaljobs; {locale} is en_US, ja_JP ...

Traps:
- jobId is the identity where the path has none; all other parameters are noise.
- The same id may stand under sibling portals (internalcareers, referrals): one posting.
- The names of the pages are written exactly so. /Job/JobDetail?JobId=, with another capital, is
  Jobtrain's (samples/jsonld, spec_jobtrain), /search/searchjobs another system's.
- A tenant's own host and its avature.net name are not told apart from two tenants.
- Bursts are refused with 406: one request at a time for all of avature.net.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_PORTAL = r"""https?://(?P<host>[\w.-]+)/(?:(?P<locale>[a-z]{2}_[a-z]{2})/)?
    (?P<portal>(?!(?:job|search|portal)/|_)[\w-]+)/"""


class AvatureParams(platform.Params):
    host: str
    portal: str
    locale: str | None = None


class Avature(platform.Platform):
    name = "avature"
    label = "Avature"
    Params = AvatureParams
    unread = "no spider yet"
    url_rules = (
        _PORTAL + r"(?-i:JobDetail)/(?P<slug>[^/?\#]+)/(?P<posting_id>\d+)/?(?:[?\#]|$)",
        _PORTAL
        + r"""(?-i:JobDetail|ApplicationMethods)/?\?(?:[^\#]*&)?(?-i:jobId)=
            (?P<posting_id>\d+)(?:[&\#]|$)""",
        _PORTAL + r"(?-i:SearchJobs)(?:[/?\#]|$)",
        r"""https?://(?P<host>[\w-]+\.avature\.net)/(?:(?P<locale>[a-z]{2}_[a-z]{2})/)?
            (?P<portal>(?!portal\b|_)[\w-]+)(?:/(?-i:JobDetail)/(?P<posting_id>\d+))?
            /?(?:[?\#]|$)""",
    )
    vanity_rules = (
        _PORTAL + r"(?-i:JobDetail)/(?P<posting_id>\d+)/?(?:[?\#]|$)",
        r"""https?://(?P<host>[\w.-]+)/(?:(?P<locale>[a-z]{2}_[a-z]{2})/)?(?P<portal>[\w-]+)
            /?(?:[?\#]|$)""",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"avature\.portal\.(?:id|name|urlPath)|/portalpacks/", re.IGNORECASE),
            "the markup of an Avature portal",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.avature.net/en_US/careers/JobDetail/HPC-Engineer/9001?source=x": {
            "host": "fernwood.avature.net",
            "locale": "en_US",
            "portal": "careers",
            "posting_id": "9001",
        },
        "https://jobs.fernwood.example/jobs/JobDetail/?jobId=9002": {
            "host": "jobs.fernwood.example",
            "portal": "jobs",
            "posting_id": "9002",
        },
        "https://jobs.fernwood.example/main/ApplicationMethods?jobId=9003": {
            "host": "jobs.fernwood.example",
            "portal": "main",
            "posting_id": "9003",
        },
        "https://fernwood.avature.net/careers/JobDetail/9004": {
            "host": "fernwood.avature.net",
            "portal": "careers",
            "posting_id": "9004",
        },
        "https://jobs.fernwood.example/careers/SearchJobs/?jobOffset=20": {
            "host": "jobs.fernwood.example",
            "portal": "careers",
        },
        "https://fernwood.avature.net/en_US/careers": {
            "host": "fernwood.avature.net",
            "locale": "en_US",
            "portal": "careers",
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/Job/JobDetail?JobId=167",
        "https://www.jobtrain.co.uk/fernwood/Job/JobDetail?JobId=14496",
        "https://jobs.fernwood.example/search/searchjobs",
        "https://jobs.fernwood.example/careers/jobdetail/hpc-engineer/9001",
        "https://fernwood.avature.net/portal/4/images/logo.svg",
    )
    shared_back_ends = ("avature.net",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        folders = (f"https://{said['host'].lower()}", said.get("locale"), said["portal"])
        start = "/".join(folder for folder in folders if folder)
        if match.posting_id is None:
            return f"{start}/SearchJobs"
        if "slug" in said:
            return f"{start}/JobDetail/{said['slug']}/{match.posting_id}"
        return f"{start}/JobDetail?jobId={match.posting_id}"
