"""UWHires (uwhires.admin.washington.edu), the University of Washington's own site: no tenants.

URL forms (ats/us_universities.md section 5; public code):
    https://uwhires.admin.washington.edu/ENG/Candidates/default.cfm
        ?szCategory=jobprofile&szOrderID={id}                one posting
        ?szLocationID=...&szCategory=...                     a search

Traps:
- The query is the identity: szOrderID, and nothing else (szCandidateID, szSearchWords,
  szReturnToSearch, source are view and tracking). Letter case of path and names varies.
- Staff positions only: academic ones are on another site of the university.
- The university's staff positions are on Workday (wd5.myworkdaysite.com/recruiting/uw/UWHires, in
  public code of 2026): what is here are links of former years.
- The one public account of its listing (thayton/neekanee, of the 2010s) is a form sent within a
  session, then links named 2, 3, ...; details in `div#uwhires`. Nothing else is known of its answers.
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform

SITE = "https://uwhires.admin.washington.edu/ENG/Candidates/default.cfm"


class UwHires(platform.Platform):
    name = "uwhires"
    label = "UWHires"
    single_site = "uwhires.admin.washington.edu"
    unread = "the university's postings are on Workday now, and no answer of this site is known"
    url_rules = (
        r"""https?://uwhires\.admin\.washington\.edu/[^?\#]*\?(?:[^\#]*&)?
            szOrderID=(?P<posting_id>\d+)(?:[&\#]|$)""",
        r"https?://uwhires\.admin\.washington\.edu(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "http://uwhires.admin.washington.edu/eng/candidates/default.cfm"
        "?szCategory=jobprofile&szOrderID=990001&source=DirectEmployers": {"posting_id": "990001"},
        "https://uwhires.admin.washington.edu/ENG/Candidates/default.cfm"
        "?szOrderID=990002&szCategory=jobprofile": {"posting_id": "990002"},
        "https://uwhires.admin.washington.edu/eng/candidates/default.cfm?szLocationID=88": {},
    }
    not_examples = (
        "https://www.washington.edu/jobs/?szOrderID=990001",
        "https://uwhires.admin.washington.edu.example.org/?szOrderID=990001",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = f"?szCategory=jobprofile&szOrderID={match.posting_id}"
        return SITE + (said if match.posting_id else "")
