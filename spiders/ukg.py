"""UKG Pro Recruiting, once UltiPro. Not UKG Ready (saashr.com), which is another product.

URL forms (ats/ukg.md section 1):
    https://{host}/{company}/JobBoard/{board}/[Opportunity/]OpportunityDetail?opportunityId={guid}
    .../OpportunityApply?opportunityId={guid}                the login before its form
    https://{host}/{company}/JobBoard/{board}                the board
{host} is recruiting[2-9].ultipro.com, recruiting.ultipro.ca or {x}.rec.pro.ukg.net.

Traps:
- A double slash before OpportunityDetail occurs. GUIDs are the same in either case; the company's
  name keeps its case in the URL.
- One company may have several boards; the same opportunity may be on two of them.
- Of the query, opportunityId is everything (sourceId, utm_*, lang).

For a spider: POST .../JobBoardView/LoadSearchResults (section 3), which robots.txt forbids while it
allows the details (section 7). An unknown board answers like an empty one. Closed is 200 with a
message instead of the opportunity (section 6).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from crawler import platform

_GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_HOSTS = r"recruiting\d?\.ultipro\.(?:com|ca)|[\w-]+\.rec\.pro\.ukg\.net"
_BOARD = rf"""https?://(?P<host>{_HOSTS})/(?P<company>[\w-]+)/JobBoard/(?P<board>{_GUID})"""


class UKGParams(platform.Params):
    host: str
    company: str  # letter case kept
    board: str


class UKG(platform.Platform):
    name = "ukg"
    label = "UKG Pro Recruiting"
    Params = UKGParams
    unread = "no spider yet"
    url_rules = (
        rf"""{_BOARD}/+(?P<section>Opportunity/+)?Opportunity(?:Detail|Apply)/?
            \?(?:[^\#]*&)?opportunityId=(?P<posting_id>{_GUID})""",
        rf"{_BOARD}(?:/+(?:JobBoardView(?:/LoadSearchResults)?)?)?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                rf"//(?P<host>{_HOSTS})/(?P<company>[\w-]+)/JobBoard/(?P<board>{_GUID})", re.I
            ),
            "a link to a UKG job board",
        ),
    )
    examples: ClassVar = {
        "https://recruiting2.ultipro.com/FER1004WOOD/JobBoard/93330E50-7b3a-4ba8-94f2-6f32360aa4e1/"
        "/OpportunityDetail?sourceId=x&opportunityId=42f32b92-42c5-4f15-b298-6735c43eb416": {
            "host": "recruiting2.ultipro.com",
            "company": "FER1004WOOD",
            "board": "93330E50-7b3a-4ba8-94f2-6f32360aa4e1",
            "posting_id": "42f32b92-42c5-4f15-b298-6735c43eb416",
        },
        "https://fern.rec.pro.ukg.net/FER1004WOOD/JobBoard/93330e50-7b3a-4ba8-94f2-6f32360aa4e1/"
        "Opportunity/OpportunityDetail?opportunityId=42F32B92-42c5-4f15-b298-6735c43eb417": {
            "host": "fern.rec.pro.ukg.net",
            "company": "FER1004WOOD",
            "board": "93330e50-7b3a-4ba8-94f2-6f32360aa4e1",
            "posting_id": "42F32B92-42c5-4f15-b298-6735c43eb417",
        },
        "https://recruiting.ultipro.ca/QUA5000HOF/JobBoard/9a9d6241-e23f-47c0-80f3-e43a148972a0/"
        "?q=&o=postedDateDesc": {
            "host": "recruiting.ultipro.ca",
            "company": "QUA5000HOF",
            "board": "9a9d6241-e23f-47c0-80f3-e43a148972a0",
        },
    }
    not_examples = (
        "https://www.ultipro.com/careers",
        "https://secure7.saashr.com/ta/6179001.careers?ShowJob=100001",
        "https://recruiting.ultipro.com/FER1004WOOD/JobBoard/not-a-guid/OpportunityDetail",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return str(params.company).lower()

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return (match.posting_id or "").lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['host'].lower()}/{said['company']}/JobBoard/{said['board'].lower()}"
        if match.posting_id is None:
            return start
        section = "Opportunity/" if "section" in said else ""
        return f"{start}/{section}OpportunityDetail?opportunityId={match.posting_id.lower()}"
