"""Civil Service Jobs (www.civilservicejobs.service.gov.uk), the board of the British government.

URL forms (data/platform_distribution.md, "government board"; public notes on the second):
    https://www.civilservicejobs.service.gov.uk/csr/jobs.cgi?jcode={id}        lasts
    https://www.civilservicejobs.service.gov.uk/csr/index.cgi?SID={base64}     a session's link

Traps:
- SID is the base64 of a query, whose `joblist_view_vac` is the jcode of the vacancy shown. The
  session ends, the number stays. A SID without it is a search.
- The employer is the department, never the host.
- Since 19 February 2025 a CAPTCHA stands before its pages (public code: heathd/civil_service_jobs,
  README), and links of the results are a session's. Enter such postings by hand.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import ClassVar
from urllib.parse import unquote

from crawler import platform

SITE = "https://www.civilservicejobs.service.gov.uk/csr"
# "list_view_vac=" and the start of a digit in base64, for its three positions in a group of three.
_VACANCY = "(?-i:X3ZhYz0|dmlld192YWM9|ZXdfdmFjPT)"


class CivilServiceJobs(platform.Platform):
    name = "civil_service_jobs"
    label = "Civil Service Jobs"
    single_site = "civilservicejobs.service.gov.uk"
    many_employers = True
    unread = "its pages stand behind a check by hand, which programs do not pass"
    url_rules = (
        r"""https?://www\.civilservicejobs\.service\.gov\.uk/csr/\w+\.cgi\?(?:[^\#]*&)?
            jcode=(?P<posting_id>\d+)(?:[&\#]|$)""",
        rf"""https?://www\.civilservicejobs\.service\.gov\.uk/csr/index\.cgi\?(?:[^\#]*&)?
            SID=(?P<posting_id>[\w+/%=-]*?{_VACANCY}[\w+/%=-]*)(?:[&\#]|$)""",
        r"https?://www\.civilservicejobs\.service\.gov\.uk(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.civilservicejobs.service.gov.uk/csr/jobs.cgi?jcode=9900001": {
            "posting_id": "9900001"
        },
        # ownertype=fair&joblist_view_vac=9900001&pageclass=Jobs
        "https://www.civilservicejobs.service.gov.uk/csr/index.cgi"
        "?SID=b3duZXJ0eXBlPWZhaXImam9ibGlzdF92aWV3X3ZhYz05OTAwMDAxJnBhZ2VjbGFzcz1Kb2Jz": {
            "posting_id": "b3duZXJ0eXBlPWZhaXImam9ibGlzdF92aWV3X3ZhYz05OTAwMDAxJnBhZ2VjbGFzcz1Kb2Jz"
        },
        # pageclass=Jobs&pageaction=searchbycontextid
        "https://www.civilservicejobs.service.gov.uk/csr/index.cgi"
        "?SID=cGFnZWNsYXNzPUpvYnMmcGFnZWFjdGlvbj1zZWFyY2hieWNvbnRleHRpZA%3D%3D": {},
        "https://www.civilservicejobs.service.gov.uk/csr/index.cgi": {},
    }
    not_examples = (
        "https://atsv7.wcn.co.uk/search_engine/jobs.cgi?owner=5060000&jcode=9900001",
        "https://www.civilservicejobs.service.gov.uk.example.org/csr/jobs.cgi?jcode=9900001",
    )

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        said = str(match.posting_id)
        if said.isdigit():
            return said
        text = unquote(said).rstrip("=").replace("-", "+").replace("_", "/")
        query = b64decode(text[: len(text) - (len(text) % 4 == 1)] + "==")
        found = re.search(rb"list_view_vac=(\d+)", query)
        return found[1].decode() if found else said

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return f"{SITE}/index.cgi"
        return f"{SITE}/jobs.cgi?jcode={cls.key_from_url(match)}"
