"""Hireserve ("wd_portal", Oracle PL/SQL), the software of jobs.unige.ch and others.

URL forms (ats/unige_hireserve.md):
    https://{host}/{www|wd/plsql}/wd_portal.show_job?p_web_site_id={site}&p_web_page_id={id}
    https://{host}/vacancy/{slug}-{id}.html                  redirects to show_job
    https://{host}/{...}/wd_portal.{search_start|search_results|list}?p_web_site_id={site}

Traps:
- The query is the identity: exactly p_web_site_id and p_web_page_id. A `ref` on the page (7051) is
  another number, the employer's.
- The vacancy form lacks the site and looks like anybody's: it counts where the catalogue names the
  host, whose entry says the site.
- wd_portal_cand.* (application), send_a_friend and view_blob are no pages of a posting.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_PORTAL = r"https?://(?P<host>[\w.-]+)/(?P<folder>(?:[\w-]+/)*)wd_portal\."
_SITE = r"(?=\?(?:[^\#]*&)?p_web_site_id=(?P<site>\d+))"


class HireserveParams(platform.Params):
    host: str
    site: str


class Hireserve(platform.Platform):
    name = "hireserve"
    label = "Hireserve"
    Params = HireserveParams
    unread = "no spider yet"
    url_rules = (
        _PORTAL + rf"show_job{_SITE}\?(?:[^\#]*&)?p_web_page_id=(?P<posting_id>\d+)(?:[&\#]|$)",
        _PORTAL + rf"(?!show_job|send_a_friend|view_blob)(?P<page>\w+){_SITE}",
    )
    vanity_rules = (
        r"https?://(?P<host>[\w.-]+)/(?P<path>vacancy/[^/?\#]*?-(?P<posting_id>\d+)\.html)"
        r"(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w.-]+)/(?:[\w-]+/)*wd_portal\.\w+\?(?:[^\"'#]*[&;])?"
                r"p_web_site_id=(?P<site>\d+)",
                re.IGNORECASE,
            ),
            "a link to a Hireserve portal",
        ),
    )
    examples: ClassVar = {
        "https://jobs.fernwood.example/www/wd_portal.show_job?p_web_site_id=1&p_web_page_id=90001": {
            "host": "jobs.fernwood.example",
            "site": "1",
            "posting_id": "90001",
        },
        "http://jobs.quantenhof.example/wd/plsql/wd_portal.show_job"
        "?p_web_page_id=90002&p_lang=DEFAULT&p_web_site_id=3885": {
            "host": "jobs.quantenhof.example",
            "site": "3885",
            "posting_id": "90002",
        },
        "https://jobs.fernwood.example/www/wd_portal.search_start?p_web_site_id=1": {
            "host": "jobs.fernwood.example",
            "site": "1",
        },
    }
    not_examples = (
        "https://jobs.fernwood.example/www/wd_portal.show_job?p_web_page_id=90001",
        "https://jobs.fernwood.example/www/wd_portal.send_a_friend?p_web_site_id=1&p_web_page_id=9",
        "https://jobs.fernwood.example/www/wd_portal_cand.form?p_web_site_id=1&p_web_page_id=9",
        "https://jobs.fernwood.example/vacancy/research-software-engineer-90001.html",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return f"{params.host.lower()}/{params.site}"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        if "path" in said:
            return f"https://{said['host'].lower()}/{said['path']}"
        portal = f"https://{said['host'].lower()}/{said.get('folder', '')}wd_portal"
        if match.posting_id is None:
            return f"{portal}.{said['page']}?p_web_site_id={said['site']}"
        query = f"p_web_site_id={said['site']}&p_web_page_id={match.posting_id}"
        return f"{portal}.show_job?{query}"
