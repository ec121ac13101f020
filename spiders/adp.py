"""ADP Workforce Now Recruitment (workforcenow.adp.com). Not recruiting.adp.com (adp_recruiting.py).

URL form (ats/adp.md section 1):
    https://workforcenow[.cloud].adp.com/mascsr/default/mdf/recruitment/recruitment.html
        ?cid={guid}&ccId={centre}&jobId={id}&lang=en_US      without jobId: the board

Traps:
- `cid` is the employer. Links are often shared without it: these name neither employer nor posting,
  whatever jobId says, and no entry of the catalogue may complete them. They match without a posting.
- jobId is the ExternalJobID (596289) or the itemID (9202933508020_1); both open the posting. A crawl
  has to store both.
- source, type, selectedMenuKey, jwId and timestamp are view state or tracking.

For a spider: GET .../careercenter/public/events/staffing/v1/job-requisitions, 20 rows, `$skip` counted
from 1 (section 3). Closed is 404, 410, or 200 without an itemID (section 6). One host for all.
"""

from __future__ import annotations

from typing import Any, ClassVar

from w3lib.url import url_query_cleaner

from crawler import platform

PAGE = "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html"
_PAGE = r"""https?://workforcenow(?:\.cloud)?\.adp\.com/mascsr/default/mdf/recruitment/
    recruitment\.html"""
_CID = r"""(?=\?(?:[^\#]*&)?cid=(?P<cid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))
    (?:(?=\?(?:[^\#]*&)?ccId=(?P<centre>\w+))|)(?:(?=\?(?:[^\#]*&)?lang=(?P<lang>\w+))|)"""


class ADPParams(platform.Params):
    cid: str | None = None  # the employer; a link may lack it
    centre: str | None = None  # ccId, the career centre


class ADP(platform.Platform):
    name = "adp"
    label = "ADP Workforce Now"
    Params = ADPParams
    unread = "no spider yet"
    url_rules = (
        rf"{_PAGE}{_CID}\?(?:[^\#]*&)?jobId=(?P<posting_id>\w+)(?:[&\#]|$)",
        rf"{_PAGE}{_CID}",
        rf"{_PAGE}(?:[?\#]|$)",
    )
    examples: ClassVar = {
        f"{PAGE}?cid=61008C6C-69b0-4ac1-8727-d86f6a6d54f5&ccId=19000101_000001&type=JS&lang=en_CA"
        "&selectedMenuKey=CurrentOpenings&jobId=533976": {
            "cid": "61008C6C-69b0-4ac1-8727-d86f6a6d54f5",
            "centre": "19000101_000001",
            "posting_id": "533976",
        },
        "https://workforcenow.cloud.adp.com/mascsr/default/mdf/recruitment/recruitment.html"
        "?cid=1ced9ffc-a792-4233-bf3f-abcac9a25e27&&jobId=9202933508020_1": {
            "cid": "1ced9ffc-a792-4233-bf3f-abcac9a25e27",
            "posting_id": "9202933508020_1",
        },
        f"{PAGE}?cid=1ced9ffc-a792-4233-bf3f-abcac9a25e27&ccId=2641351383_637&lang=en_US": {
            "cid": "1ced9ffc-a792-4233-bf3f-abcac9a25e27",
            "centre": "2641351383_637",
        },
        f"{PAGE}?ccId=19000101_000001&jobId=533286&lang=en_US": {},
        f"{PAGE}?ccId=19000101_000001&lang=en_US": {},
    }
    not_examples = (
        "https://www.adp.com/careers.aspx",
        "https://workforcenow.adp.com/theme/index.html",
        "https://recruiting.adp.com/srccar/public/nghome.guid?c=1206101&d=External&r=5000915877000",
    )
    shared_back_ends = ("workforcenow.adp.com",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return (params.cid or "").lower()

    @classmethod
    def match_on_known_host(
        cls, url: str, params: platform.BaseParams, evidence: str
    ) -> platform.Match | None:
        match = super().match_on_known_host(url, params, evidence)
        return match if match and "cid" in match.groups else None

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        if "cid" not in said:
            kept = url_query_cleaner(match.url, ["ccId", "jobId", "lang"])
            return PAGE + kept[len(kept.partition("?")[0]) :]
        query = {
            "cid": said["cid"].lower(),
            "ccId": said.get("centre") or match.params.centre,
            "jobId": match.posting_id,
            "lang": said.get("lang"),
        }
        return f"{PAGE}?" + "&".join(f"{name}={value}" for name, value in query.items() if value)
