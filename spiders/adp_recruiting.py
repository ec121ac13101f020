"""ADP Recruiting Management (recruiting.adp.com), another product than ADP Workforce Now (adp.py).

URL forms (data/listings.csv; that it is another product: ats/adp.md section 1):
    https://recruiting.adp.com/srccar/public/nghome.guid?c={client}&d={site}&prc={pod}&r={id}
    https://recruiting.adp.com/srccar/[public/]RTI.home?c={client}&d={site}[&r={id}]
                                                     the older pages (public crawlers)

Traps:
- Everything is in the query: `c` is the employer, `r` the posting, and `d` one of the employer's sites.
- `_icx` and `_dissimuloSSO` are sessions. `prc` is kept: what the page answers without is unknown.

Not read (docs/platforms/adp_recruiting.md): since 2026 the pages of clients that were tried lead to
myjobs.adp.com, whose list wants a token that is minted in a browser's session. The older list, POST
/srccar/public/rest/1/{number}/search/, has a number in it that is not `c` and that no URL shows.
"""

from __future__ import annotations

from typing import ClassVar

from crawler import platform

_HOME = r"""https?://recruiting\.adp\.com/srccar/(?:public/)?(?P<page>nghome\.guid|RTI\.home)
    (?=\?(?:[^\#]*&)?c=(?P<client>\d+))(?:(?=\?(?:[^\#]*&)?d=(?P<site>\w+))|)
    (?:(?=\?(?:[^\#]*&)?prc=(?P<pod>\w+))|)"""


class ADPRecruitingParams(platform.Params):
    client: str
    site: str | None = None


class ADPRecruiting(platform.Platform):
    name = "adp_recruiting"
    label = "ADP Recruiting Management"
    Params = ADPRecruitingParams
    tenant_params = ("client",)
    unread = (
        "its pages lead to myjobs.adp.com, whose list wants a token from a browser's session "
        "(docs/platforms/adp_recruiting.md)"
    )
    url_rules = (_HOME + r"\?(?:[^\#]*&)?r=(?P<posting_id>\d+)(?:[&\#]|$)", _HOME)
    examples: ClassVar = {
        "https://recruiting.adp.com/srccar/public/nghome.guid"
        "?c=1200001&d=ExternalCareerSite&prc=RMPOD4&r=5000900000001": {
            "client": "1200001",
            "site": "ExternalCareerSite",
            "posting_id": "5000900000001",
        },
        "https://recruiting.adp.com/srccar/public/RTI.home?d=External&_icx=v02F&c=1200001": {
            "client": "1200001",
            "site": "External",
        },
    }
    not_examples = (
        "https://recruiting.adp.com/srccar/public/nghome.guid?d=ExternalCareerSite",
        "https://workforcenow.adp.com/mascsr/default/mdf/recruitment/recruitment.html?ccId=1_1",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        page = "nghome.guid" if said["page"].lower().startswith("ng") else "RTI.home"
        query = {
            "c": said["client"],
            "d": said.get("site"),
            "prc": said.get("pod"),
            "r": match.posting_id,
        }
        start = f"https://recruiting.adp.com/srccar/public/{page}"
        return f"{start}?" + "&".join(f"{name}={value}" for name, value in query.items() if value)
