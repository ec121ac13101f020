"""Phenom People career sites, on the employers' own hosts (*.phenompeople.com redirects to them).

URL forms (ats/phenom.md section 1):
    https://{host}[/{brand}]/{country}/{lang}/job/{id}[/{slug}]      country "us" or "global"
    https://{host}/{country}/{lang}[/search-results]                 the board

Traps:
- {id} is a requisition (R-0000014951) or Phenom's jobSeqNo; both open the page. The jobSeqNo is the
  employer's code, the requisition without its punctuation, EXTERNAL (mostly) and the locale, in
  capitals: the requisition cannot be cut out of it. A crawl has to store both.
- /{country}/{lang}/job/ is the form of other software too: it counts where the catalogue names the
  host. Only a jobSeqNo with EXTERNAL in it is unmistakable.
- The slug, the query and the fragment are decoration. Without country and language the path leads to
  the home page on many sites, so these stay in the canonical URL.

For a spider: POST /widgets {"ddoKey": "refineSearch", "jobs": true, ...}; some sites want a CSRF token
(section 3). `applyUrl` names the back end: never the posting's URL (section 5). Closed is 410, or 200
with a word on it (section 6).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_VENDORS = r"https?://(?P<host>(?!(?:www|cdn|assets|api)\.)[\w-]+\.phenompeople\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
_LOCALE = r"(?P<locale>(?:/[\w-]+)?/(?:[a-z]{2}|global)/[a-z]{2}(?:-[a-z]{2})?)"
_SLUG = r"(?:/[^?\#]*)?(?:[?\#]|$)"
_JOB = rf"{_LOCALE}/job/(?P<posting_id>[\w.-]+){_SLUG}"
_JOB_SEQ_NO = rf"{_LOCALE}/job/(?P<posting_id>(?-i:[A-Z0-9]{{5,}}EXTERNAL[A-Z]{{4,8}})){_SLUG}"
_BOARD = rf"(?:{_LOCALE}(?:/search-results)?)?/?(?:[?\#]|$)"


class PhenomParams(platform.Params):
    host: str


class Phenom(platform.Platform):
    name = "phenom"
    label = "Phenom"
    Params = PhenomParams
    unread = "no spider yet"
    front_end = True
    url_rules = (_VENDORS + _JOB, _VENDORS + _BOARD, _ANY + _JOB_SEQ_NO)
    vanity_rules = (_ANY + _JOB, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(r"\bphApp\.ddo\b|\bcdn\.phenompeople\.com\b|\bdata-ph-at-id=", re.I),
            "the scripts of a Phenom career site",
        ),
    )
    examples: ClassVar = {
        "https://careers.fernwood.example/global/en/job/FERNGLOBAL202201103435EXTERNALENGLOBAL/"
        "Principal-Research-Engineer?utm_source=x": {
            "host": "careers.fernwood.example",
            "posting_id": "FERNGLOBAL202201103435EXTERNALENGLOBAL",
        },
        "https://fernwood.phenompeople.com/us/en/job/R-0000014951/Director-HPC": {
            "host": "fernwood.phenompeople.com",
            "posting_id": "R-0000014951",
        },
        "https://fernwood.phenompeople.com/us/en/search-results?from=10": {
            "host": "fernwood.phenompeople.com"
        },
    }
    not_examples = (
        "https://careers.fernwood.example/us/en/job/1361537/Senior-Technical-Program-Manager",
        "https://careers.fernwood.example/us/en/job/externally-funded-postdoc",
        "https://cdn.phenompeople.com/CareerConnectResources/x.js",
        "https://careers.fernwood.example/job/FERNGLOBAL1EXTERNALENGLOBAL",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['host'].lower()}{said.get('locale', '').lower()}"
        return f"{start}/job/{match.posting_id}" if match.posting_id else start
