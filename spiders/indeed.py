"""Indeed (indeed.com and its country hosts): recognised, never requested.

An aggregator whose terms forbid automated access; its postings are copies of employers' own. A page
that an editor saved himself is read by `rolecall try FILE`.

URL forms (data/platform_distribution.md; public code that reads saved pages and job alerts):
    https://www.indeed.com/viewjob?jk={key}          also /m/viewjob, /rc/clk, /rc/clk/dl
    https://www.indeed.com/job/{slug}-{key}
    https://ca.indeed.com/jobs?q=...&vjk={key}       a search with one posting opened
{key} is sixteen hexadecimal digits, the same on every country host (inferred: pages link across).

Traps:
- Everything in the query but jk or vjk is tracking (tk, from, alid, q, l ...).
- /jobs?q= without vjk is a search; /cmp/ an employer's page; /pagead/ and engage. are click trackers
  without the key.
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform

_HOST = r"https?://(?:[a-z]{1,3}\.)?indeed\.(?:com|ca|co\.uk)"
_KEY = r"(?P<posting_id>[0-9a-f]{16})"


class Indeed(platform.Platform):
    name = "indeed"
    label = "Indeed"
    single_site = "indeed.com"
    many_employers = True
    unread = "never requested: its terms forbid it; save the page and use `rolecall try FILE`"
    url_rules = (
        _HOST + rf"/[^?\#]*\?(?:[^\#]*&)?v?jk={_KEY}(?:[&\#]|$)",
        _HOST + rf"/job/(?:[^/?\#]*-)?{_KEY}/?(?:[?\#]|$)",
        _HOST + r"(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.indeed.com/viewjob?jk=0123456789abcdef&from=serp": {
            "posting_id": "0123456789abcdef"
        },
        "https://ca.indeed.com/viewjob?tk=1e8&jk=0123456789ABCDEF": {
            "posting_id": "0123456789ABCDEF"
        },
        "https://www.indeed.com/job/hpc-engineer-0123456789abcde0": {
            "posting_id": "0123456789abcde0"
        },
        "https://uk.indeed.com/rc/clk?jk=0123456789abcde1&bb=x": {"posting_id": "0123456789abcde1"},
        "https://www.indeed.com/jobs?q=hpc&vjk=0123456789abcde2": {
            "posting_id": "0123456789abcde2"
        },
        "https://www.indeed.com/jobs?q=research+computing&l=canada": {},
    }
    not_examples = (
        "https://www.indeed.com.example.org/viewjob?jk=0123456789abcdef",
        "https://example.org/jobs/1?iis=Job+Board&iisn=Indeed",
    )

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        return f"https://www.indeed.com/viewjob?jk={cls.key_from_url(match)}"
