"""Eightfold ({tenant}.eightfold.ai and the employers' own hosts).

URL forms (ats/eightfold.md section 1):
    https://{host}/careers/job/{pid}[-{slug}][?domain={domain}]      one posting
    https://{host}/careers?pid={pid}&domain={domain}                 the board with it opened
    https://{host}/careers[?domain={domain}]                         the board

Traps:
- `domain` is the employer's domain for e-mail, not the host. It may be missing on eightfold.ai; on
  employers' own hosts it stays in the canonical URL.
- {pid} has 8 to 16 digits. The employer's own number is another one (display_job_id).
- On employers' own hosts (apply.careers.microsoft.com is one) `domain` makes the form unmistakable, and
  so do 12 digits or more behind /careers/job/: all such links in the lists of listings are on hosts
  that run Eightfold. Otherwise the catalogue has to name the host.
- source, query, location, sort_by and utm_* are tracking or view state.
- app.eightfold.ai is everybody's.

For a spider: one of two APIs, which the other's refusal tells (section 3); 10 rows a call and an
unreliable count. Made-up `validThrough` in the JSON-LD (section 4).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_VENDORS = r"""https?://(?P<host>(?!(?:app|www|static|api|docs)\.)[\w-]+\.eightfold(?:-eu)?\.ai)"""
_ANY = r"https?://(?P<host>(?![\w.-]*\beightfold(?:-eu)?\.ai[:/?\#])[\w.-]+)"
_DOMAIN = r"(?=[^\#]*?[?&]domain=(?P<domain>[\w.-]+))"
_JOB = r"/careers/job/(?P<posting_id>\d{6,20})(?:-[^/?\#]*)?/?(?:[?\#]|$)"
_OPENED = r"/careers/?\?(?:[^\#]*&)?pid=(?P<posting_id>\d{6,20})(?:[&\#]|$)"
_BOARD = r"(?:/(?:careers(?:/search)?/?)?)?(?:[?\#]|$)"


class EightfoldParams(platform.Params):
    host: str
    domain: str | None = None


class Eightfold(platform.Platform):
    name = "eightfold"
    label = "Eightfold"
    Params = EightfoldParams
    unread = "no spider yet"
    front_end = True
    url_rules = (
        rf"{_VENDORS}(?:{_DOMAIN}|)(?:{_JOB})",
        rf"{_VENDORS}(?:{_DOMAIN}|)(?:{_OPENED})",
        rf"{_VENDORS}(?:{_DOMAIN}|)(?:{_BOARD})",
        rf"{_ANY}(?=/careers/job/\d{{8}})(?:{_DOMAIN}|(?=/careers/job/\d{{12}}))(?:{_JOB})",
        rf"{_ANY}(?=/careers/?\?){_DOMAIN}{_OPENED}",
    )
    vanity_rules = (
        rf"{_ANY}(?:{_DOMAIN}|)(?:{_JOB})",
        rf"{_ANY}(?:{_DOMAIN}|)(?:{_OPENED})",
        rf"{_ANY}(?:{_DOMAIN}|)(?:{_BOARD})",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"\bstatic\.vscdn\.net\b|\bpcsx-data\b|\bsmartApplyData\b", re.I),
            "the scripts of an Eightfold career site",
        ),
        platform.PageRule(
            re.compile(
                r"//(?P<host>(?!(?:app|www|static)\.)[\w-]+\.eightfold(?:-eu)?\.ai)/careers"
            ),
            "a link to an Eightfold career site",
        ),
    )
    examples: ClassVar = {
        "https://fernwood.eightfold.ai/careers?pid=12070884&domain=fernwood.example&source=li": {
            "host": "fernwood.eightfold.ai",
            "domain": "fernwood.example",
            "posting_id": "12070884",
        },
        "https://fernwood.eightfold.ai/careers/job/1970324837005181": {
            "host": "fernwood.eightfold.ai",
            "posting_id": "1970324837005181",
        },
        "https://jobs.fernwood.example/careers/job/1340068154912-hpc-lead-ulm?domain=fern.example": {
            "host": "jobs.fernwood.example",
            "domain": "fern.example",
            "posting_id": "1340068154912",
        },
        "https://hiring.fernwood.example/careers/job/1133911084707": {
            "host": "hiring.fernwood.example",
            "posting_id": "1133911084707",
        },
        "https://fernwood.eightfold.ai/careers?query=hpc": {"host": "fernwood.eightfold.ai"},
    }
    not_examples = (
        "https://www.fernwood.example/careers/job/12070884",
        "https://www.fernwood.example/careers?domain=fern.example",
        "https://app.eightfold.ai/careers?pid=12070884&domain=fern.example",
        "https://eightfold.ai/about/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        job = f"/job/{match.posting_id}" if match.posting_id else ""
        domain = match.groups.get("domain") or match.params.domain
        query = f"?domain={domain}" if domain else ""
        return f"https://{match.groups['host'].lower()}/careers{job}{query}"
