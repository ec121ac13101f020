"""The two feeds of SAP SuccessFactors, read as they are. Not a platform: a part of
spiders/successfactors.py.

A career site ("RMK") gives RSS 2.0 with Google's job fields, a classic portal gives a list of its
own that is no well-formed XML: elements without a name, `<>375852015</>` (ats/successfactors.md A3,
B). Both are complete, with the whole texts, in one answer; both are refused when cut off.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from parsel import Selector
from scrapy.http import TextResponse

from crawler.errors import UnexpectedAnswer
from crawler.schema_values import markup
from spiders.feeds import feed_items, optional, part
from spiders.sap_pages import country_of

# The customers' labels of a classic list that say what a value is.
FACETS = {
    "workplace": r"work ?(?:location|place(?: type)?|model|arrangement|type)|remote",
    "place": r"(?:(?:posting|job|work|primary|office) ?)?location|campus|site",
    "city": r"city|town|locality",
    "region": r"state(?:/province)?(?:/county)?|province|region|canton|county",
    "country": r"country(?:/region)?(?: of search)?",
    "unit": r"department|faculty|school|division|organi[sz]ational unit",
    "kind": r"employment type|type of employment|contract type|employment status|full.?/part.?time",
}
WORKPLACE = re.compile(r"remote|hybrid|on.?site|home", re.IGNORECASE)


def is_rss(text: str) -> bool:
    return bool(re.match(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<rss\b", text, re.DOTALL))


def rss_jobs(response: TextResponse) -> list[dict[str, Any]]:
    """Fields of `Posting` of each item; `url` as it is given. Raises UnexpectedAnswer."""
    return [_item(item, response.url) for item in feed_items(response)]


def _item(item: Selector, where: str) -> dict[str, Any]:
    title, place = unescape(part(item, "title", where)), unescape(optional(item, "location"))
    # The place is appended to every title: "Data Steward (Ulm, DE, 89069)".
    at_end = re.search(r"\s*\(([^()]*)\)$", title)
    if at_end and place and at_end[1].split(",")[0].strip() == place.split(",")[0].strip():
        title = title[: at_end.start()]
    return {
        "title": title,
        "url": part(item, "link", where),
        "raw_location": [place] if place else [],
        "raw_country": country_of([place]),
        "raw_date_posted": optional(item, "pubDate") or None,
        "description_html": markup(optional(item, "description")),
    }


def classic_jobs(text: str, where: str) -> list[tuple[str, dict[str, Any]]]:
    """Requisition id and fields of `Posting` of each job of a classic list."""
    start = re.search(r"<Job-Listing\s*(?:/>|>)", text)
    if start is None:
        said = " ".join(text.split())[:60]
        raise UnexpectedAnswer(f"{where}: no <Job-Listing> but {said!r} (is `company` right?)")
    jobs = re.findall(r"<Job>(.*?)</Job>", text, re.DOTALL)
    ends = start[0].endswith("/>") or re.search(r"</Job-Listing\s*>\s*$", text)
    inside = re.search(r"<Job-Listing\s*>\s*</Job-Listing", text) or start[0].endswith("/>")
    if not ends or len(jobs) != text.count("<Job>") or not (jobs or inside):
        raise UnexpectedAnswer(f"{where}: the list ends in the middle, or holds other than <Job>")
    return [_job(job, where) for job in jobs]


def day_first(dates: list[str | None]) -> bool | None:
    """The order of day and month that one list writes all its dates in; None when none shows it."""
    found = [re.match(r"(\d{1,2})/(\d{1,2})/", date or "") for date in dates]
    orders = {int(m[1]) > 12 for m in found if m and max(int(m[1]), int(m[2])) > 12}
    return orders.pop() if len(orders) == 1 else None


def _job(job: str, where: str) -> tuple[str, dict[str, Any]]:
    def said(name: str) -> str:
        found = re.search(rf"<{name}>(.*?)</{name}>", job, re.DOTALL)
        text = re.sub(r"^\s*<!\[CDATA\[|\]\]>\s*$", "", found[1]) if found else ""
        return text.strip()

    native_id, title = said("ReqId"), " ".join(unescape(said("JobTitle")).split())
    if not native_id or not title:
        raise UnexpectedAnswer(f"{where}: a <Job> without ReqId or JobTitle")
    facets: dict[str, str] = {}
    pairs = r"<label>(.*?)</label>\s*<value>(.*?)</value>"
    for label, value in re.findall(pairs, job, re.DOTALL):
        name = " ".join(unescape(label).lower().split()).rstrip(":")
        value = " ".join(unescape(value).split())
        kinds = [kind for kind, form in FACETS.items() if re.fullmatch(form, name)]
        if "workplace" in kinds and not WORKPLACE.search(value):
            kinds.remove("workplace")  # a "work location" is a place with some customers
        if kinds and value:
            facets.setdefault(kinds[0], value)
    country = facets.get("country")
    parts = [facets[name] for name in ("city", "region") if name in facets]
    place = facets.get("place") or ", ".join(parts) or country
    return native_id, {
        "title": title,
        "requisition_id": native_id,
        "unit": unescape(said("Department")) or facets.get("unit"),
        "raw_location": [place] if place else [],
        "raw_country": country,
        "raw_workplace": facets.get("workplace"),
        "raw_employment_type": facets.get("kind"),
        "raw_date_posted": said("Posted-Date") or None,
        "description_html": markup(said("Job-Description")),
    }
