"""HiPEAC (www.hipeac.net/jobs/), the board of the European network on computing systems.

URL forms (ats/academic_boards.md, "HiPEAC"):
    https://www.hipeac.net/jobs/{id}/{slug}/      the slug is cosmetic, /jobs/{id} leads there
    https://www.hipeac.net/jobs/                  the listing, tens of postings

Traps:
- A board: the employer is a field of the posting ("institution"), never the host.
- The numbers are the site's own and grow over all kinds of posting; deadlines are dates.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

BOARD = "https://www.hipeac.net/jobs"


class Hipeac(platform.Platform):
    name = "hipeac"
    label = "HiPEAC"
    many_employers = True
    unread = "no spider yet"
    url_rules = (
        r"""https?://(?:www\.)?hipeac\.net/jobs/(?P<posting_id>\d+)(?:/(?P<slug>[^/?\#]*))?
            /?(?:[?\#]|$)""",
        r"https?://(?:www\.)?hipeac\.net/jobs/?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.hipeac.net/jobs/99001/research-director/?utm_source=x": {
            "posting_id": "99001"
        },
        "http://hipeac.net/jobs/99002": {"posting_id": "99002"},
        "https://www.hipeac.net/jobs/": {},
    }
    not_examples = (
        "https://www.hipeac.net/news/99001/a-story/",
        "https://www.hipeac.net.example.org/jobs/99001/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "hipeac.net"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        parts = (BOARD, match.posting_id, match.groups.get("slug"))
        return "/".join(part for part in parts if part) + "/"
