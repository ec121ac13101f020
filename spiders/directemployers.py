"""DirectEmployers (dejobs.org, my.jobs, employers' own hosts, many of them under .jobs).

URL forms (ats/us_universities.md section 5; for my.jobs and dejobs.org the vendor's published code):
    https://{host}/{place}/{slug}/{GUID}/job/     on sandia.jobs, {tenant}.dejobs.org, any host
    https://{tenant}.dejobs.org/{GUID}
    http://my.jobs/{guid}{number of the channel}  a tracked short form of the same GUID
{GUID} is 32 hexadecimal digits without hyphens.

Traps:
- A mirror: the employer's own system has the posting too, under its own number.
- The GUID is the posting's on all hosts, so that keys have no tenant. Its letter case differs.
- `vs=` in the query is the channel, as the digits after the GUID of my.jobs are.
- A host under .jobs proves nothing: amazon.jobs and others have their own software, and lanl.jobs
  has had this one and spiders/activate.py.
"""

from __future__ import annotations

from typing import Any, ClassVar

from crawler import platform

_GUID = r"(?P<posting_id>[0-9a-f]{32})"


class DirectEmployersParams(platform.Params):
    host: str | None = None


class DirectEmployers(platform.Platform):
    name = "directemployers"
    label = "DirectEmployers"
    Params = DirectEmployersParams
    unread = "no spider yet"
    url_rules = (
        rf"https?://(?P<host>[\w.-]+)/(?P<path>[^/?\#]+/[^/?\#]+/{_GUID}/job)/?(?:[?\#]|$)",
        rf"""https?://(?P<host>(?:[\w-]+\.)?dejobs\.org)
            (?:/{_GUID}|/jobs|/locations/[^?\#]*?)?/?(?:[?\#]|$)""",
        rf"https?://my\.jobs/{_GUID}(?P<channel>\d*)/?(?:[?\#]|$)",
    )
    vanity_rules = (r"https?://(?P<host>[\w.-]+)(?:/jobs)?/?(?:[?\#]|$)",)
    examples: ClassVar = {
        "https://fernwood.jobs/port-ellery-or/hpc-engineer/0A1B2C3D4E5F60718293A4B5C6D7E8F9/job/"
        "?vs=1606": {"host": "fernwood.jobs", "posting_id": "0A1B2C3D4E5F60718293A4B5C6D7E8F9"},
        "http://my.jobs/0a1b2c3d4e5f60718293a4b5c6d7e8f91839": {
            "posting_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
        },
        "https://fernwood.dejobs.org/0A1B2C3D4E5F60718293A4B5C6D7E8F9": {
            "host": "fernwood.dejobs.org",
            "posting_id": "0A1B2C3D4E5F60718293A4B5C6D7E8F9",
        },
        "https://fernwood.dejobs.org/jobs/?q=hpc": {"host": "fernwood.dejobs.org"},
    }
    not_examples = (
        "https://lanl.jobs/search/jobdetails/scientist-1/ee31fa52-e1c0-47b1-9e9a-7a04c8f87706",
        "https://www.amazon.jobs/en/jobs/9900001/hpc-engineer",
        "https://fernwood.jobs/job/88890",
        "https://secure.my.jobs/account",
    )
    shared_back_ends = ("dejobs.org",)

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return "dejobs.org"

    @classmethod
    def key_from_url(cls, match: platform.Match) -> str:
        return str(match.posting_id).upper()

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        said = match.groups
        if "host" not in said:
            return f"https://my.jobs/{match.posting_id}{said.get('channel', '')}"
        return f"https://{said['host'].lower()}/{said.get('path') or match.posting_id or 'jobs'}/"
