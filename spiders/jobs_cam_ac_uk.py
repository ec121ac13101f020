"""jobs.cam.ac.uk, the University of Cambridge's own job board: one site, no tenants.

Endpoints (ats/jobs_cam_ac_uk.md; found in use by several public crawlers, undocumented):
    GET https://www.jobs.cam.ac.uk/job/?format=json     every open posting with its text, unpaged
    https://www.jobs.cam.ac.uk/job/{id}/                the page of one posting; never needed

Traps:
- The JSON is converted XML: `list.jobs.job` is a list, but a single object when there is one
  posting, and an element without content may come as "", [] or {}.
- Without `format=json` the same address is an HTML page of cards.
- `unit` is what the page labels "Department/Location". No field names a town: the University is in
  Cambridge, so that is the place of every posting of the United Kingdom.
- `applyOnlineUrl` leads to the HR system; it is stored, never requested.
- The numbers of `category` are undocumented, so no filter is asked for.

Not verified against a recorded answer (there is none): the answer of an empty board, the spelling
of `dates.published` and `dates.closes` (the page writes "24 August 2026"; day before month either
way), the values of `country`, and robots.txt.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.answers import json_of, need
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Page, Row, WholeBoard

BOARD = "https://www.jobs.cam.ac.uk/job/"
AT_HOME = {"", "united kingdom", "uk", "gb", "england"}


class JobsCamAcUk(WholeBoard):
    name = "jobs_cam_ac_uk"
    label = "jobs.cam.ac.uk"
    single_site = "jobs.cam.ac.uk"
    url_rules = (
        r"https?://(?:www\.)?jobs\.cam\.ac\.uk/job/(?P<posting_id>\d+)(?:[/?\#]|$)",
        r"https?://(?:www\.)?jobs\.cam\.ac\.uk/?(?:job/?)?(?:[?\#]|$)",
    )
    examples: ClassVar = {
        "https://www.jobs.cam.ac.uk/job/38249/": {"posting_id": "38249"},
        "http://jobs.cam.ac.uk/job/9656?source=newsletter": {"posting_id": "9656"},
        "https://www.jobs.cam.ac.uk/job/?unit=u00601": {},
        "https://www.jobs.cam.ac.uk": {},
    }
    not_examples = (
        "https://www.cam.ac.uk/jobs",
        "https://www.jobs.ac.uk/job/AAA111/research-software-engineer",
        "https://www.jobs.cam.ac.uk/account/",
        "https://jobs.cam.ac.uk.example.org/job/38249/",
    )
    day_first = True
    time_zone = "Europe/London"

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return f"{BOARD}{match.posting_id}/" if match.posting_id else BOARD

    def listing(self) -> Iterable[Request]:
        yield Request(f"{BOARD}?format=json", headers={"Accept": "application/json"})

    def read_listing(self, response: TextResponse) -> Page:
        content = need(json_of(response), "list", dict, response.url)
        jobs = _known(content, "jobs", response.url)
        if isinstance(jobs, dict) and jobs:
            jobs = _known(jobs, "job", response.url)
        return Page([_row(job, response.url) for job in _several(jobs, "job", response.url)])


def _row(job: dict[str, Any], where: str) -> Row:
    native_id = str(need(job, "id", (str, int), where)).strip()
    where = f"{where}: posting {native_id}"
    dates, advert = _part(job, "dates", where), _part(job, "advert", where)
    country, html = _text(job, "country", where), _text(advert, "html", where)
    return Row(
        native_id,
        {
            "title": _text(job, "title", where) or "",
            "url": _text(job, "url", where) or f"{BOARD}{native_id}/",
            "apply_url": _text(job, "applyOnlineUrl", where),
            "requisition_id": _text(job, "reference", where),
            "unit": _text(job, "unit", where),
            "raw_location": ["Cambridge"] if (country or "").lower() in AT_HOME else [],
            "raw_country": country,
            "raw_date_posted": _text(dates, "published", where),
            "raw_valid_through": _text(dates, "closes", where),
            "raw_salary": _text(job, "salary", where),
            "description_html": html,
            "description_text": None if html else _text(advert, "text", where),
        },
    )


def _known(part: dict[str, Any], key: str, where: str) -> Any:
    if key not in part:
        raise UnexpectedAnswer(f"{where}: the key {key!r} is missing")
    return part[key]


def _several(value: Any, key: str, where: str) -> list[dict[str, Any]]:
    """The objects of a repeatable element: none, a single one, or a list."""
    found = [value] if isinstance(value, dict) and value else value or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UnexpectedAnswer(f"{where}: the key {key!r} holds something else than objects")
    return found


def _part(job: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    return need(job, key, dict, where) if job.get(key) else {}


def _text(part: dict[str, Any], key: str, where: str) -> str | None:
    """The text of an element; None when it is absent or without content."""
    value = part.get(key)
    if value in (None, "", [], {}):
        return None
    several = value if isinstance(value, list) else [value]  # a posting of two departments
    if not all(isinstance(one, (str, int, float)) for one in several):
        raise UnexpectedAnswer(f"{where}: the key {key!r} is no text but {str(value)[:60]}")
    return "; ".join(str(one) for one in several)
