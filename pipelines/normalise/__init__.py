"""Normalise: raw text to value, by pure functions; the raw text stays beside the value.

dates.py, places.py, pay.py and employment.py parse; this file fills a posting with what they find
and leaves out what is no fact: a deadline that the software made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from crawler.clock import today
from crawler.posting import Place, Salary
from pipelines.normalise.dates import parse_date
from pipelines.normalise.employment import parse_employment
from pipelines.normalise.pay import parse_pay, sound
from pipelines.normalise.places import location_text, parse_places, parse_workplace

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
    )


def normalise(adapter: ItemAdapter, reading: Reading) -> None:
    """Parse every raw field; a value that the spider set itself is kept where there is no raw."""
    _places(adapter, reading)
    if adapter.get("raw_employment_type"):
        adapter["employment_type"] = parse_employment(adapter["raw_employment_type"])
    for name in ("date_posted", "valid_through"):
        if adapter.get(f"raw_{name}"):
            adapter[name] = parse_date(
                adapter[f"raw_{name}"],
                today=reading.today,
                day_first=reading.day_first,
                time_zone=reading.time_zone,
                languages=reading.languages,
            ).value
    dates = adapter.get("date_posted"), adapter.get("valid_through")
    if is_made_up(*dates, defaults=reading.default_validity):
        adapter["valid_through"] = None
    _pay(adapter, reading)


def _places(adapter: ItemAdapter, reading: Reading) -> None:
    if adapter.get("raw_workplace"):
        adapter["workplace"] = parse_workplace(adapter["raw_workplace"])
    raw, country = adapter.get("raw_location") or [], adapter.get("raw_country")
    if raw or country:
        adapter["places"] = parse_places(raw, country=country, home=reading.country)
    places: list[Place] = adapter.get("places") or []
    if places and adapter.get("workplace") == "remote":
        # Only where no city is named: "remote" beside an office may mean either.
        places = [p.model_copy(update={"remote": p.remote or not p.city}) for p in places]
        adapter["places"] = places
    elif places and all(place.remote for place in places) and not adapter.get("raw_workplace"):
        adapter["workplace"] = "remote"
    adapter["location"] = location_text(places)


def _pay(adapter: ItemAdapter, reading: Reading) -> None:
    salary: Salary | None = adapter.get("salary")
    if salary is not None:
        salary = sound(salary)
    if salary is None:
        places: list[Place] = adapter.get("places") or []
        country = next((place.country for place in places if place.country), reading.country)
        salary = parse_pay(adapter.get("raw_salary"), country)
    adapter["salary"] = salary


def is_made_up(posted: date | None, valid_through: date | None, defaults: Iterable[int]) -> bool:
    """Is this deadline only the posting date plus a default? A day more or less is time zones."""
    if posted is None or valid_through is None:
        return False
    days = (valid_through - posted).days
    return any(abs(days - default) <= 1 for default in defaults)


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
