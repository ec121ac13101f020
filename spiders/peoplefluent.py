"""PeopleFluent (once Peopleclick), careers.peopleclick.com.

URL forms (data/platform_distribution.md; public code):
    https://careers.peopleclick.com/careerscp/client_{client}/{site}[/{locale}]
        /jobDetails/jobDetail.html?jobPostId={id}&localeCode=en-us     today's
        /gateway.do?functionName=viewFromLink&jobPostId={id}           links that others publish
        /jobDetails.do?functionName=getJobDetail&jobPostId={id}        the older one
        /search.do, /results/searchResult.html                         the listing
Clients of the European data centre are on careers.peopleclick.eu.com.

Traps:
- jobPostId is the identity, within the client; source, sourceType and localeCode are not. {site}
  (external, external_staff) is the audience.
- The pages are filled by a script that needs a session and a token.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

_SITE = r"""https?://(?P<host>careers\.peopleclick(?:\.eu)?\.com)/careerscp/
    client_(?P<client>\w+)/(?P<site>[\w-]+)"""


class PeopleFluentParams(platform.Params):
    host: str = "careers.peopleclick.com"
    client: str
    site: str = "external"


class PeopleFluent(platform.Platform):
    name = "peoplefluent"
    label = "PeopleFluent"
    Params = PeopleFluentParams
    unread = "no spider yet"
    url_rules = (
        _SITE + r"/[^?\#]*\?(?:[^\#]*&)?jobPostId=(?P<posting_id>\d+)(?:[&\#]|$)",
        _SITE + r"(?:[/?\#]|$)",
    )
    examples: ClassVar = {
        "http://careers.peopleclick.com/careerscp/client_fernwood/external/en-us/gateway.do"
        "?functionName=viewFromLink&jobPostId=90001&localeCode=en-us": {
            "host": "careers.peopleclick.com",
            "client": "fernwood",
            "site": "external",
            "posting_id": "90001",
        },
        "https://careers.peopleclick.com/careerscp/client_fernwood/external_staff/jobDetails/"
        "jobDetail.html?jobPostId=90002&localeCode=en-us": {
            "host": "careers.peopleclick.com",
            "client": "fernwood",
            "site": "external_staff",
            "posting_id": "90002",
        },
        "https://careers.peopleclick.eu.com/careerscp/client_qh/external/results/searchResult.html": {
            "host": "careers.peopleclick.eu.com",
            "client": "qh",
            "site": "external",
        },
    }
    not_examples = (
        "https://www.peoplefluent.com/products/recruiting/",
        "https://careers.peopleclick.com/careerscp/",
    )

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return f"{params.host}/{params.client}".lower()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        start = f"https://{said['host'].lower()}/careerscp/client_{said['client']}/{said['site']}"
        if match.posting_id is None:
            return f"{start}/search/search.html"
        return f"{start}/jobDetails/jobDetail.html?jobPostId={match.posting_id}&localeCode=en-us"
