"""A career-site system known in public code as "Activate", on employers' own hosts.

The vendor is not sure: one public list says Oracle (ats/others.md section 4), and
data/platform_distribution.md counts cincinnatichildrens.org with Symphony Talent. Seen on
Cincinnati Children's (until it moved to Phenom), MD Anderson, lanl.jobs, Darden.

URL forms (ats/others.md section 4, ats/fingerprints.md):
    https://{host}/search/jobdetails/{slug}/{uuid}     the slug is cosmetic
    https://{host}/search/searchjobs                   the search

Traps:
- The UUID is the identity; nothing of the query is.
- lanl.jobs is under .jobs, but these pages are not DirectEmployers' (spiders/directemployers.py).

Endpoints, for a spider: POST Search/SearchResults (JSON), a sitemap of postings with lastmod.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform


class ActivateParams(platform.Params):
    host: str


class Activate(platform.Platform):
    name = "activate"
    label = "Activate"
    Params = ActivateParams
    unread = "no spider yet"
    url_rules = (
        r"""https?://(?P<host>[\w.-]+)/search/jobdetails/(?P<slug>[^/?\#]+)/
            (?P<posting_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?(?:[?\#]|$)""",
        r"https?://(?P<host>[\w.-]+)/search/searchjobs/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://jobs.fernwood.example/search/jobdetails/director-of-research-software---is/"
        "0A1B2C3D-0001-4a5b-8c6d-0e1f2a3b4c5d?utm_source=x": {
            "host": "jobs.fernwood.example",
            "posting_id": "0A1B2C3D-0001-4a5b-8c6d-0e1f2a3b4c5d",
        },
        "https://jobs.fernwood.example/search/searchjobs?keyword=hpc": {
            "host": "jobs.fernwood.example"
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/search/jobdetails/director/12345",
        "https://careers.fernwood.example/careers/SearchJobs/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        start = f"https://{match.groups['host'].lower()}/search"
        if match.posting_id is None:
            return f"{start}/searchjobs"
        return f"{start}/jobdetails/{match.groups['slug']}/{cls.key_from_url(match)}"
