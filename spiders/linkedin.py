"""LinkedIn (linkedin.com, its country hosts, lnkd.in): recognised, never requested.

robots.txt forbids everything to everybody without written permission, and the user agreement
forbids scraping (ats/linkedin.md, "Position"). A page that an editor saved himself is read by
`rolecall try FILE`.

URL forms (ats/linkedin.md, "Recognise"):
    https://www.linkedin.com/jobs/view/{slug}-{id}/         the slug is cosmetic, at times not ASCII
    https://uk.linkedin.com/jobs/view/{id}                  country hosts, one id for all
    https://www.linkedin.com/jobs/search/?currentJobId={id}     a search with one posting opened
    /comm/jobs/view/{id} (links in mails), /jobs/cap/view/{id}

Traps:
- Short links (lnkd.in) hide the posting and are not resolved. /posts/, /pulse/, /company/ and
  /talent/ are LinkedIn pages but no postings.
- A slug may end in further numbers; the id is the last one.
- Everything in the query but currentJobId is tracking, or the view (originalSubdomain).
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform

_HOST = r"https?://(?:[a-z]{1,3}\.)?(?:www\.)?linkedin\.com"


class LinkedIn(platform.Platform):
    name = "linkedin"
    label = "LinkedIn"
    single_site = "linkedin.com"
    many_employers = True
    unread = "never requested: its terms forbid it; save the page and use `rolecall try FILE`"
    url_rules = (
        _HOST + r"/(?:comm/)?jobs/(?:cap/)?view/(?:[^/?\#]*-)?(?P<posting_id>\d{6,12})(?:[/?\#]|$)",
        _HOST + r"/jobs[^?\#]*\?(?:[^\#]*&)?currentJobId=(?P<posting_id>\d{6,12})(?:[&\#]|$)",
        r"https?://(?:(?:[\w-]+\.)*linkedin\.com|(?:www\.)?lnkd\.in)(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.linkedin.com/jobs/view/data-steward-at-fernwood-2026-3300000001/"
        "?originalSubdomain=ca&trk=public": {"posting_id": "3300000001"},
        "https://de.linkedin.com/jobs/view/3300000002": {"posting_id": "3300000002"},
        "https://www.linkedin.com/jobs/view/chargé-de-données-santé-at-fernwood-3300000003/": {
            "posting_id": "3300000003"
        },
        "https://www.linkedin.com/comm/jobs/view/3300000004/?trackingId=x": {
            "posting_id": "3300000004"
        },
        "https://www.linkedin.com/jobs/search/?keywords=HPC&currentJobId=3300000005&geoId=1": {
            "posting_id": "3300000005"
        },
        "https://www.linkedin.com/jobs/search/?keywords=research%20software": {},
        "https://www.linkedin.com/posts/fernwood_director-activity-7044754400000000000-XMNw": {},
        "https://www.linkedin.com/company/fernwood/jobs": {},
        "https://lnkd.in/eAbCdEf": {},
    }
    not_examples = (
        "https://linkedin.com.example.org/jobs/view/3300000001",
        "https://www.notlinkedin.com/jobs/view/3300000001",
        "https://inl.taleo.net/careersection/inl_external/jobdetail.ftl?job=18711&src=LinkedIn",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        return f"https://www.linkedin.com/jobs/view/{match.posting_id}/"
