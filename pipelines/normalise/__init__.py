"""Normalise: raw text to value, by pure functions; the raw text stays beside the value.

dates.py, places.py, pay.py and employment.py parse; this file fills a posting with what they find.
deadline.py says which dates are believed: a deadline that the software made up is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from crawler.clock import today
from crawler.posting import Place, Salary
from pipelines.normalise.dates import parse_date
from pipelines.normalise.deadline import believed, deadline_without_year, posted_without_year
from pipelines.normalise.employment import parse_contract, parse_employment, parse_hours
from pipelines.normalise.pay import parse_pay, sound
from pipelines.normalise.pay_text import pay_in_text
from pipelines.normalise.places import (
    location_text,
    parse_places,
    parse_workplace,
    workplace_beside,
)

# Raw field -> the field that is parsed from it.
PARSED = {
    "raw_location": "places",
    "raw_workplace": "workplace",
    "raw_employment_type": "employment_type",
    "raw_date_posted": "date_posted",
    "raw_valid_through": "valid_through",
    "raw_salary": "salary",
}
# Fields that a posting may do without; how often they are given is worth watching.
OPTIONAL = ("requisition_id", "unit", "apply_url", "description_text", "raw_country")


@dataclass(frozen=True)
class Reading:
    """What a platform and source say about how their values are to be read."""

    today: date
    day_first: bool | None = None
    time_zone: str | None = None
    languages: tuple[str, ...] = ("en",)
    country: str | None = None  # the source's, ISO 3166-1 alpha-2
    default_validity: tuple[int, ...] = ()  # days; see crawler.platform
    employer: str | None = None  # the source's, with its other names
    aliases: tuple[str, ...] = ()


class Normalise:
    """Fills the parsed fields of an item."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Normalise:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        if not (adapter.get("sighting") or adapter.get("closed_reason")):
            normalise(adapter, reading_of(self.crawler.spider))
        return item


def reading_of(spider: Any) -> Reading:
    """How the values of this spider's source are to be read."""
    source = getattr(spider, "source", None)
    return Reading(
        today=today(),
        day_first=getattr(spider, "day_first", None),
        time_zone=getattr(spider, "time_zone", None),
        languages=tuple(getattr(spider, "languages", ("en",))),
        country=getattr(source, "country", None),
        default_validity=tuple(getattr(spider, "default_validity", ())),
        employer=getattr(source, "employer", None),
        aliases=tuple(getattr(source, "aliases", ())),
    )


def normalise(adapter: ItemAdapter, reading: Reading) -> None:
    """Parse every raw field; a value that the spider set itself is kept where there is no raw."""
    _places(adapter, reading)
    _employment(adapter)
    _dates(adapter, reading)
    _pay(adapter, reading)


def _places(adapter: ItemAdapter, reading: Reading) -> None:
    raw, country = adapter.get("raw_location") or [], adapter.get("raw_country")
    if raw or country:
        adapter["places"] = parse_places(raw, country=country, home=reading.country)
    if adapter.get("raw_workplace"):
        adapter["workplace"] = parse_workplace(adapter["raw_workplace"])
    if not adapter.get("workplace"):  # "Boston, MA (hybrid)"
        adapter["workplace"] = workplace_beside(raw, country=country, home=reading.country)
    places: list[Place] = adapter.get("places") or []
    if places and adapter.get("workplace") == "remote":
        # Only where no city is named: "remote" beside an office may mean either.
        places = [p.model_copy(update={"remote": p.remote or not p.city}) for p in places]
        adapter["places"] = places
    adapter["location"] = location_text(places)


def _employment(adapter: ItemAdapter) -> None:
    raw = adapter.get("raw_employment_type")
    if raw:
        adapter["employment_type"] = parse_employment(raw)
        adapter["contract"] = parse_contract(raw)
    hours = parse_hours(raw)
    if hours is None:  # "£20,198 to £24,057 per annum, pro rata 0.4fte"
        hours = parse_hours(adapter.get("raw_salary"), about_hours=False)
    if hours is not None:
        adapter["hours"] = hours


def _dates(adapter: ItemAdapter, reading: Reading) -> None:
    raw = adapter.get("raw_date_posted"), adapter.get("raw_valid_through")
    posted, deadline = (
        parse_date(
            text,
            today=reading.today,
            day_first=reading.day_first,
            time_zone=reading.time_zone,
            languages=reading.languages,
        ).value
        if text
        else adapter.get(name)
        for name, text in zip(("date_posted", "valid_through"), raw, strict=True)
    )
    posted = posted or posted_without_year(raw[0], reading.today)
    deadline = deadline or deadline_without_year(raw[1], posted, reading.today)
    adapter["date_posted"], adapter["valid_through"] = believed(
        posted, deadline, today=reading.today, defaults=reading.default_validity, raw=raw
    )


def _pay(adapter: ItemAdapter, reading: Reading) -> None:
    places: list[Place] = adapter.get("places") or []
    country = next((place.country for place in places if place.country), reading.country)
    given: Salary | None = adapter.get("salary")
    salary = sound(given) if given else None
    stated = parse_pay(adapter.get("raw_salary"), country)
    if salary is None:
        salary = stated
    elif salary.unit is None and stated and _amounts(stated) == _amounts(salary):
        salary = stated  # the same figures, and the text names their period or their size tells it
    source: Literal["field", "text"] = "field"
    described = None if salary else pay_in_text(adapter.get("description_text"), country)
    if described:
        salary, source = described.salary, "text"
    adapter["salary"] = salary
    adapter["salary_source"] = source if salary else None


def _amounts(salary: Salary) -> tuple[float | None, float | None]:
    return salary.min, salary.max


@dataclass
class FieldCount:
    """How a field fared in one source-run; `characters` shows a field that shrank unnoticed."""

    present: int = 0  # postings that gave it
    parsed: int = 0  # ... in which it was understood
    postings: int = 0  # postings that were read
    characters: int = 0  # of all that was given


def count_fields(posting: Mapping[str, Any], counts: dict[str, FieldCount]) -> None:
    """Add one posting (a mapping of its fields) to the counts of each field."""
    for raw, parsed in [*PARSED.items(), *((name, None) for name in OPTIONAL)]:
        given, value = posting.get(raw), posting.get(parsed or raw)
        count = counts.setdefault(parsed or raw, FieldCount())
        count.postings += 1
        count.present += bool(given or value)
        count.parsed += bool(value)
        count.characters += _length(given) + (_length(value) if parsed else 0)


def _length(value: Any) -> int:
    if isinstance(value, Salary):  # a range that lost an end is shorter
        return sum(_length(part) for part in (value.min, value.max, value.currency, value.unit))
    texts = value if isinstance(value, list) else [value]
    return sum(len(str(text)) for text in texts if text)
