"""APSJobs (www.apsjobs.gov.au), the board of the Australian Public Service.

URL forms (ats/academic_boards.md, "APSJobs"):
    https://www.apsjobs.gov.au/s/job-details?title={slug}&Id={Salesforce id}
    https://www.apsjobs.gov.au/s/job-search?...              a search

Traps:
- A Salesforce site: the HTML holds nothing, a browser fills it. Enter such postings by hand.
- An Id has 15 characters, or 18 of which the last three are a checksum: the first 15 identify, and
  their letter case matters. `title` and all other parameters are noise.
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform

SITE = "https://www.apsjobs.gov.au/s"


class ApsJobs(platform.Platform):
    name = "apsjobs"
    label = "APSJobs"
    single_site = "apsjobs.gov.au"
    many_employers = True
    unread = "a browser fills its pages: their HTML holds no posting"
    url_rules = (
        r"""https?://(?:www\.)?apsjobs\.gov\.au/s/job-details/?\?(?:[^\#]*&)?
            Id=(?P<posting_id>[0-9a-z]{15}(?:[0-9a-z]{3})?)(?:[&\#]|$)""",
        r"https?://(?:www\.)?apsjobs\.gov\.au(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.apsjobs.gov.au/s/job-details?title=data-steward&Id=a05ZZ00000Fe1aBQAZ": {
            "posting_id": "a05ZZ00000Fe1aBQAZ"
        },
        "https://apsjobs.gov.au/s/job-details?Id=a05ZZ00000Fe1aB&title=x": {
            "posting_id": "a05ZZ00000Fe1aB"
        },
        "https://www.apsjobs.gov.au/s/job-search?searchString=data": {},
        "https://www.apsjobs.gov.au/s/job-details?title=data-steward": {},
    }
    not_examples = ("https://apsjobs.gov.au.example.org/s/job-details?Id=a05ZZ00000Fe1aB",)

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id)[:15]

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        return f"{SITE}/job-details?Id={match.posting_id}"
