"""Intervieweb (In-recruiting, by Zucchetti), behind Cezanne HR's career pages.

URL forms (data/platform_distribution.md; public code for the sub-domain's form and /career):
    https://{portal}.intervieweb.it/{company}/jobs/{slug}-{id}/{language}/    cezanneondemand/turing
    https://{company}.intervieweb.it/jobs/{slug}-{id}/{language}/
    https://{portal}.intervieweb.it/[{company}/]{language}/career             the listing

Traps:
- The number at the end of the slug is the id; the rest of the slug and the language are cosmetic.
- One portal has many companies; a portal without companies is a company.
- app.php?module=iframeAnnunci&LAC={company} and annunci.php are feeds of the same.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

_PORTAL = r"https?://(?P<portal>[\w-]+)\.intervieweb\.it/(?:(?P<company>(?!jobs/)[\w-]{3,})/)?"


class InterviewebParams(platform.Params):
    portal: str
    company: str | None = None


class Intervieweb(platform.Platform):
    name = "intervieweb"
    label = "Intervieweb"
    Params = InterviewebParams
    unread = "no spider yet"
    url_rules = (
        _PORTAL + r"jobs/(?P<slug>[^/?\#]*-)?(?P<posting_id>\d+)(?:/(?P<language>[a-z]{2}))?"
        r"/?(?:[?\#]|$)",
        _PORTAL + r"(?P<language>[a-z]{2})/career/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://cezanneondemand.intervieweb.it/fernwood/jobs/director-of-delivery-99001/en/?x=1": {
            "portal": "cezanneondemand",
            "company": "fernwood",
            "posting_id": "99001",
        },
        "https://quantenhof.intervieweb.it/jobs/hpc-engineer-99002/it/": {
            "portal": "quantenhof",
            "posting_id": "99002",
        },
        "https://cezanneondemand.intervieweb.it/fernwood/en/career": {
            "portal": "cezanneondemand",
            "company": "fernwood",
        },
    }
    not_examples = (
        "https://www.intervieweb.it/",
        "https://inrecruiting.intervieweb.it/app.php?module=iframeAnnunci&LAC=fernwood",
    )
    shared_back_ends = ("intervieweb.it",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "/".join(filter(None, (params.portal, params.company))).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['portal'].lower()}.intervieweb.it"
        language = said.get("language", "en").lower()
        if match.posting_id is None:
            page = f"{language}/career"
        else:
            page = f"jobs/{said.get('slug', '')}{match.posting_id}/{language}/"
        return "/".join(part for part in (start, said.get("company"), page) if part)
