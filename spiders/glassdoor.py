"""Glassdoor (glassdoor.com and its country hosts): recognised, never requested.

An aggregator whose terms forbid automated access; its postings are copies of employers' own. A page
that an editor saved himself is read by `rolecall try FILE`.

URL forms (data/platform_distribution.md; public code):
    https://www.glassdoor.com/job-listing/{slug}-JV_IC{city}_KO0,{n}_KE{m},{n}.htm?jl={id}
    https://www.glassdoor.com/...?jobListingId={id}

Traps:
- The id stands in the query alone. The numbers of the path say the city and where in the slug the
  title and the employer begin and end: two openings may share them, so that a link without jl is no
  posting.
- The country hosts (.co.uk, .ca, .de ...) show the same ids (inferred).
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform

_HOST = r"https?://(?P<host>(?:\w+\.)?glassdoor\.(?:com?\.[a-z]{2}|[a-z]{2,3}))"


class Glassdoor(platform.Platform):
    name = "glassdoor"
    label = "Glassdoor"
    single_site = "glassdoor.com"
    many_employers = True
    unread = "never requested: its terms forbid it; save the page and use `rolecall try FILE`"
    url_rules = (
        _HOST + r"/(?P<path>[^?\#]*)\?(?:[^\#]*&)?(?P<key>jl|jobListingId)=(?P<posting_id>\d{6,})"
        r"(?:[&\#]|$)",
        _HOST + r"(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.glassdoor.com/job-listing/hpc-engineer-fernwood-JV_IC26_KO0,12_KE13,21.htm"
        "?utm_medium=x&jl=1007270000001": {"posting_id": "1007270000001"},
        "https://www.glassdoor.co.uk/job-listing/?jobListingId=1007270000002": {
            "posting_id": "1007270000002"
        },
        "https://www.glassdoor.co.uk/job-listing/hpc-engineer-JV_IC2671300_KO0,26_KE27,52.htm": {},
        "https://www.glassdoor.com/Overview/Working-at-Fernwood-EI_IE1.11,19.htm": {},
    }
    not_examples = (
        "https://glassdoor.com.example.org/job-listing/?jl=1007270000001",
        "https://www.example.org/glassdoor.com/?jl=1007270000001",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        said = match.groups
        start = f"https://{said['host'].lower()}/{said.get('path', '')}"
        return f"{start}?{said['key']}={match.posting_id}"
