"""Jibe, iCIMS' newer front ends, on the employers' own hosts ({tenant}.jibeapply.com is the vendor's).

URL forms (ats/icims.md A1):
    https://{host}[/{landing}]/jobs/{id}?lang=en-us       one posting; mode, iis, source are tracking
    https://{host}[/{landing}]/jobs                       the board

Traps:
- /jobs/{number} alone is anybody's. With a language such as `lang=en-us` in the query it is Jibe's: no
  other link of the community has both. Without, it counts where the catalogue names the host.
- {id} is the employer's requisition at iCIMS customers, not elsewhere. It may hold letters and a
  second number (104479036723-41447668006).
- A posting is listed once in each language, under one id.
- Some boards answer under /careers-home/jobs/ alone: the landing page stays in the canonical URL.
- One board may be on several hosts (A5).

For a spider: GET /api/jobs?page=1&limit=100 is complete, with texts (A3). An unknown id answers 200 with
the home page: only absence closes (A5).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_VENDORS = r"https?://(?P<host>(?!www\.)[\w-]+\.jibeapply\.com)"
_ANY = r"https?://(?P<host>[\w.-]+)"
# Numbers, at most with capitals: a word in lower case would be another platform's slug.
_JOB = r"(?P<landing>(?:/(?!jobs/)[\w-]+)?)/jobs/(?P<posting_id>(?-i:\d[\dA-Z]*(?:-\d+)?))/?"
_LANG = r"\?(?:[^\#]*&)?lang=(?P<language>(?-i:[a-z]{2}-[a-z]{2}))(?:[&\#]|$)"
_MAYBE_LANG = rf"(?:(?={_LANG})|)(?:[?\#]|$)"
_BOARD = r"(?P<landing>(?:/(?!jobs\b)[\w-]+)?)(?:/(?:jobs/?)?)?(?:[?\#]|$)"


class JibeParams(platform.Params):
    host: str


class Jibe(platform.Platform):
    name = "jibe"
    label = "Jibe (iCIMS)"
    Params = JibeParams
    unread = "no spider yet"
    front_end = True
    url_rules = (
        _VENDORS + _JOB + _MAYBE_LANG,
        _VENDORS + _BOARD,
        _ANY + _JOB + _LANG,
    )
    vanity_rules = (_ANY + _JOB + _MAYBE_LANG, _ANY + _BOARD)
    page_rules = (
        platform.PageRule(
            re.compile(
                r"window\._jibe\b|\b(?:app|cms)\.jibecdn\.com\b|data-jibe-search-version", re.I
            ),
            "the scripts of a Jibe front end",
        ),
    )
    examples: ClassVar = {
        "https://careers.fernwood.example/jobs/51596?lang=en-us&mode=job&iis=Job+Board": {
            "host": "careers.fernwood.example",
            "posting_id": "51596",
        },
        "https://jobs.fernwood.example/careers-home/jobs/2105942289W?previousLocale=x&lang=en-gb": {
            "host": "jobs.fernwood.example",
            "posting_id": "2105942289W",
        },
        "https://quantenhof.jibeapply.com/jobs/104479036723-41447668006": {
            "host": "quantenhof.jibeapply.com",
            "posting_id": "104479036723-41447668006",
        },
        "https://quantenhof.jibeapply.com/jobs?page=1": {"host": "quantenhof.jibeapply.com"},
    }
    not_examples = (
        "https://careers.fernwood.example/jobs/51596",
        "https://careers.fernwood.example/jobs/51596?lang=en",
        "https://careers.fernwood.example/jobs/7459617-hpc-engineer?lang=en-us",
        "https://careers.fernwood.example/jobs?lang=en-us",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.host).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['host'].lower()}{said.get('landing', '')}/jobs"
        if match.posting_id is None:
            return start
        language = f"?lang={said['language']}" if "language" in said else ""
        return f"{start}/{match.posting_id}{language}"
