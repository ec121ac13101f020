"""The pages of a SuccessFactors career site ("RMK"): its search, and a posting's. Not a platform: a
part of spiders/successfactors.py.

The search has a table, or tiles with copies for tablets and phones (ats/successfactors.md A3, routes
2 and 3); a posting has microdata, at times without the element that opens it, and on newer sites
`data-careersite-propertyid` beside or instead of it (A4).
"""

from __future__ import annotations

import re
from typing import Any

from scrapy.http import TextResponse

from crawler.answers import one_text, texts_of, visible_text
from crawler.errors import UnexpectedAnswer

# With separators of thousands as any language writes them, but for a blank.
NUMBER = r"\d{1,3}(?:[.,'\u2019\u00a0\u202f]\d{3})+|\d+"
REQUISITION = re.compile(
    r"\bReq(?:uisition)?\.? ?(?:ID|No\.?|Number|#) ?:? ?([A-Z]{0,4}-?\d[\w-]+)", re.IGNORECASE
)
PLACE = ".jobLocation, .section-field.location > :not(.section-label), [id*=section-location-value]"


def search_rows(response: TextResponse) -> list[dict[str, Any]]:
    """Fields of `Posting` of each row or tile; `url` as it is given. Raises UnexpectedAnswer."""
    rows = []
    for found in response.css("tr.data-row, .job-tile"):
        link = found.css("a.jobTitle-link")  # the first of several copies
        if not link or not one_text(link):
            raise UnexpectedAnswer(f"{response.url}: a row without a.jobTitle-link")
        # "+1 more...": all of them are on the posting's page.
        place = re.sub(r"\s*\+\d+ more.*$", "", one_text(found.css(PLACE)))
        unit = one_text(found.css(".jobDepartment, [id*=section-dept-value]"))
        posted = one_text(found.css(".jobDate, [id*=section-date-value]"))
        rows.append(
            {
                "title": one_text(link),
                "url": link.attrib.get("href") or "",
                "unit": unit or None,
                "raw_location": [place] if place else [],
                "raw_date_posted": posted or None,
            }
        )
    return rows


def declared_total(response: TextResponse) -> int | None:
    """How many postings the search has found, by its script or its label in any language."""
    said = re.search(r"jobRecordsFound\W+parseInt\(\W*(\d+)", response.text)
    label = one_text(response.css(".paginationLabel, #tile-search-results-label"))
    numbers = [said[1]] if said else re.findall(NUMBER, label)
    return max((int(re.sub(r"\D", "", number)) for number in numbers), default=None)


def detail_of(response: TextResponse) -> dict[str, Any]:
    """Fields of `Posting` from a posting's page. Raises UnexpectedAnswer."""

    def said(*names: str) -> str:
        """The first of these properties that has a value, of either vocabulary."""
        for name in names:
            found = response.css(f"[itemprop={name}], [data-careersite-propertyid={name}]")
            values = [node.attrib.get("content") or one_text(node) for node in found]
            if text := next(filter(None, values), ""):
                return text
        return ""

    title, texts = said("title"), response.css("[itemprop=description], .jobdescription")
    if not title or not texts:
        raise UnexpectedAnswer(f"{response.url}: no microdata with title and description")
    # The longest, and the innermost of those that hold the same.
    text = max(reversed(texts), key=lambda found: len(one_text(found)))
    parts = [said(name) for name in ("addressLocality", "addressRegion", "addressCountry")]
    place = said("streetAddress") or ", ".join(filter(None, parts)) or said("location", "city")
    places = texts_of(response.css(".jobGeoLocation")) or ([place] if place else [])
    number = REQUISITION.search(" ".join(visible_text(response).split()))
    apply = response.css("a.dialogApplyBtn::attr(href)").get()
    return {
        "title": title,
        "requisition_id": number[1] if number else None,
        "unit": said("dept", "department"),
        "apply_url": response.urljoin(apply) if apply else None,
        "description_html": "".join(text.xpath("node()").getall()),
        "raw_location": places,
        "raw_country": country_of(places),
        "raw_employment_type": said("employmentType", "shifttype"),
        "raw_date_posted": said("datePosted"),
        "raw_valid_through": said("validThrough"),
    }


def country_of(places: list[str]) -> str | None:
    """The country that these places share: their last part but for a postcode, when it is a code.

    "Berlin, DE" and "Austin, TX, US, 73301" both end in their country (ats/successfactors.md A4).
    """
    parts = [[part.strip() for part in place.split(",")] for place in places]
    ends = {next((p for p in reversed(one) if not re.search(r"\d", p)), "") for one in parts}
    code = ends.pop() if len(ends) == 1 else ""
    return code if re.fullmatch(r"[A-Z]{2,3}", code) else None
