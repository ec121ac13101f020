"""Greenhouse (boards.greenhouse.io, job-boards.greenhouse.io, `gh_jid` on employers' pages).

URL forms (ats/greenhouse.md section 1):
    https://{boards|job-boards}[.eu].greenhouse.io/{token}/jobs/{id}       one posting
    https://boards.greenhouse.io/embed/job_app?for={token}&token={id}      the same in a frame
    https://boards.greenhouse.io/embed/job_board[/js]?for={token}          the board in a frame
    https://boards-api.greenhouse.io/v1/boards/{token}/jobs[/{id}]         the public API
    https://{any host}/...?gh_jid={id}                                     an employer's own page
    https://{employer's host}/.../{id}                                     vanity; ids of 10 digits
    https://grnh.se/{code}                                                 a short link

Traps:
- `gh_jid` is the identity on employers' pages and a repetition on Greenhouse's own, where the path
  decides, and on another platform's URL. `gh_src`, `source` and utm_* are tracking.
- In embed/job_app the parameter `token` is the posting's id, and `for` the board's token.
- A `gh_jid` page does not name the token, and the API needs it. Such a posting has the key of its id
  alone (ids are of 7 or 10 digits, and no two boards' were seen equal: inferred) until the
  catalogue names the host; a crawl has to store that key as an alias.
- A short link names nothing; its redirect does.

Endpoints, for a spider (ats/greenhouse.md section 2; documented by the vendor,
https://developers.greenhouse.io/job-board.html): GET .../v1/boards/{token}/jobs?content=true, the
whole board in one answer, also for boards of the EU host. A posting absent from it is closed; the
detail of a closed one answers 404. robots.txt forbids /embed/ only (section 4).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform
from spiders.embedded import EMPLOYERS_PAGE, left_to_others

_BOARDS = r"https?://(?P<boards>(?:job-)?boards(?:\.eu)?\.greenhouse\.io)"
_TOKEN = r"(?P<token>(?!embed\b)[\w.-]+)"
_ID = r"(?P<posting_id>\d+)(?:[&\#]|$)"


class GreenhouseParams(platform.Params):
    token: str | None = None  # of the board; an employer's page does not say it


class Greenhouse(platform.Platform):
    name = "greenhouse"
    label = "Greenhouse"
    Params = GreenhouseParams
    unread = "no spider yet"
    url_rules = (
        rf"{_BOARDS}/{_TOKEN}/jobs/(?P<posting_id>\d+)(?:[/?\#]|$)",
        rf"{_BOARDS}/embed/job_app/?(?=\?(?:[^\#]*&)?token={_ID})"
        r"(?:(?=\?(?:[^\#]*&)?for=(?P<token>[\w.-]+))|)",
        rf"{_BOARDS}/embed/job_board(?:/js)?/?\?(?:[^\#]*&)?for=(?P<token>[\w.-]+)",
        rf"{_BOARDS}/{_TOKEN}/?\?(?:[^\#]*&)?gh_jid={_ID}",
        rf"{_BOARDS}/{_TOKEN}(?:/jobs)?/?(?:[?\#]|$)",
        r"https?://(?:boards-)?api(?:\.eu)?\.greenhouse\.io/v1/boards/(?P<token>[\w.-]+)"
        r"(?:/jobs(?:/(?P<posting_id>\d+))?|/departments|/offices|/sections)?/?(?:[?\#]|$)",
        r"https?://grnh\.se/\w+",
        rf"https?://(?=[^?\#]*\?(?:[^\#]*&)?gh_jid=\d){EMPLOYERS_PAGE}\?(?:[^\#]*&)?gh_jid={_ID}",
    )
    # The last three digits of the longer ids name a part of Greenhouse: 002 to 010, 101 (inferred).
    vanity_rules = (
        r"https?://(?P<own>[\w.-]+/(?:[^?\#]*/)?(?P<posting_id>\d{7}(?:0\d|10)\d))/?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"greenhouse\.io/embed/job_board(?:/js)?\?for=(?P<token>[\w.-]+)", re.I),
            "the page embeds a Greenhouse board",
        ),
        platform.PageRule(
            re.compile(r"boards-api\.greenhouse\.io/v1/boards/(?P<token>[\w.-]+)", re.I),
            "the page asks Greenhouse's API",
        ),
        platform.PageRule(
            re.compile(
                r"//(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?!embed\b)(?P<token>[\w.-]+)", re.I
            ),
            "the page links to a Greenhouse board",
        ),
    )
    examples: ClassVar = {
        "https://boards.greenhouse.io/fernlabs/jobs/4015520005?gh_src=b27165557us": {
            "token": "fernlabs",
            "posting_id": "4015520005",
        },
        "https://job-boards.eu.greenhouse.io/quantenhof/jobs/4100001101?gh_jid=4100001101": {
            "token": "quantenhof",
            "posting_id": "4100001101",
        },
        "https://boards.greenhouse.io/embed/job_app?token=4015520006&for=fernlabs&b=x": {
            "token": "fernlabs",
            "posting_id": "4015520006",
        },
        "https://boards.greenhouse.io/embed/job_app?token=4015520006": {"posting_id": "4015520006"},
        "https://boards.greenhouse.io/embed/job_board/js?for=fernlabs": {"token": "fernlabs"},
        "https://boards.greenhouse.io/fernlabs?gh_jid=5353229": {
            "token": "fernlabs",
            "posting_id": "5353229",
        },
        "https://job-boards.greenhouse.io/fernlabs?departments[]=7": {"token": "fernlabs"},
        "https://boards-api.greenhouse.io/v1/boards/fernlabs/jobs/5353229?questions=true": {
            "token": "fernlabs",
            "posting_id": "5353229",
        },
        "https://www.fernlabs.example/careers/?gh_src=News+board&gh_jid=4899302003": {
            "posting_id": "4899302003"
        },
        "https://app.careerpuck.com/job-board/fernlabs/job/4390029005?gh_jid=4390029005": {
            "posting_id": "4390029005"
        },
        "https://grnh.se/b12d84713us": {},
    }
    not_examples = (
        "https://www.greenhouse.com/careers",
        "https://my.greenhouse.io/users/sign_in?job_board=fernlabs",
        "https://boards.greenhouse.io.example.org/fernlabs/jobs/4015520005",
        "https://www.fernlabs.example/careers?xgh_jid=4899302003",
        "https://www.fernlabs.example/careers#gh_jid=4899302003",
        "https://jobs.lever.co/fernlab?gh_jid=4899302003",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return (params.token or "").lower()

    @classmethod
    def match(cls, url: str) -> platform.Match | None:
        return left_to_others(super().match(url))

    @classmethod
    def match_on_known_host(
        cls, url: str, params: platform.BaseParams, evidence: str
    ) -> platform.Match | None:
        # Only an employer's own host stands for its board; Greenhouse's are everybody's.
        match = super().match_on_known_host(url, params, evidence)
        return match if match and match.groups.keys() & {"token", "page", "own"} else None

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said, number = match.groups, match.posting_id
        if "own" in said:
            return f"https://{said['own']}"
        if "page" in said:
            return f"https://{said['page']}?gh_jid={number}"
        if "token" in said:
            board = f"https://{said.get('boards', 'job-boards.greenhouse.io')}/{said['token']}"
            return f"{board}/jobs/{number}" if number else board
        if number:
            return f"https://{said['boards']}/embed/job_app?token={number}"
        return super().canonical_url(match)
