"""recruitingsite.com, the "csbsites", in classic ASP.

URL forms (ats/recruitingsite.md, "URLs"):
    https://www.recruitingsite.com/csbsites/{client}/[english/|french/]JobDescription.asp
        ?[SiteID={n}&]JobNumber={n}
    https://www.recruitingsite.com/csbsites/{client}/{Search|careers|index}.asp      the board

Traps:
- SiteID is needed to open the page and does not identify: the numbers seem to be one series for all
  clients (inferred from two). CategoryCode and JobTitle are decoration.
- No page was ever recorded; known clients have left. It is recognised so that old links are known
  again, and nothing more ("Advice").
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform

_CLIENT = r"""https?://(?:www\.)?recruitingsite\.com/csbsites/(?P<client>[\w-]+)
    (?P<language>/(?:english|french))?"""


class RecruitingSiteParams(platform.Params):
    client: str


class RecruitingSite(platform.Platform):
    name = "recruitingsite"
    label = "recruitingsite.com"
    Params = RecruitingSiteParams
    tenant_params = ("client",)
    unread = (
        "no page of it was ever recorded, in public code or elsewhere, and its known employers have "
        'left: its links are only recognised (ats/recruitingsite.md, "Advice")'
    )
    url_rules = (
        _CLIENT
        + r"""/JobDescription\.asp(?:(?=\?(?:[^\#]*&)?SiteID=(?P<site>\d+))|)
            \?(?:[^\#]*&)?JobNumber=(?P<posting_id>\d+)""",
        _CLIENT + r"(?:/(?:(?:search|careers|index)\.asp)?)?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.recruitingsite.com/csbsites/fernwood/JobDescription.asp?JobNumber=881457": {
            "client": "fernwood",
            "posting_id": "881457",
        },
        "http://recruitingsite.com/csbsites/quantenhof/english/jobdescription.asp"
        "?SiteID=10031&JobNumber=910112&JobTitle=Lead": {
            "client": "quantenhof",
            "posting_id": "910112",
        },
        "https://www.recruitingsite.com/csbsites/fernwood/careers.asp": {"client": "fernwood"},
    }
    not_examples = (
        "https://www.recruitingsite.com/",
        "https://www.recruitingsite.com/csbsites/fernwood/JobDescription.asp?SiteID=10031",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://www.recruitingsite.com/csbsites/{said['client']}"
        if match.posting_id is None:
            return f"{start}/"
        site = f"SiteID={said['site']}&" if "site" in said else ""
        folder = said.get("language", "").lower()
        return f"{start}{folder}/JobDescription.asp?{site}JobNumber={match.posting_id}"
