"""The parts of a text -> city, region and country, by what stands at either end. Pure.

What a code means is told by the city beside it where the gazetteer knows it: "Munich DE" is in
Germany, "Newark DE" in Delaware, "Adelaide, SA" in Australia. Otherwise a code of two capitals is a
state of the US, unless it follows a region of that country ("Toronto, ON, CA"), or the site's own
country says otherwise.
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.normalise.cities import cities_named, is_city, is_county, is_populous
from pipelines.normalise.gazetteer import (
    CODED,
    COUNTRY_WORDS,
    TWOFOLD,
    area,
    country_code,
    is_british_county,
    is_part,
    region_countries,
    region_in,
)
from pipelines.normalise.place_parts import (
    campus_town,
    is_code,
    is_place_name,
    without_institutions,
)


class Where(NamedTuple):
    """A place as a text says it; `region` is normalised, its country need not be said."""

    city: str | None = None
    region: str | None = None
    country: str | None = None


class Context(NamedTuple):
    """What is known apart from the text."""

    stated: str | None = None  # the country that the site states for this posting
    home: str | None = None  # the country of the site
    noted: bool = False  # in the editor's notation, a code alone is a country: "Remote CA"


def arrange(parts: list[str], context: Context) -> Where | None:
    """City, region and country of one place; None when the parts say no place."""
    parts = without_institutions([campus_town(part) or part for part in parts])
    if not parts:
        return None
    if len(parts) == 1 and not context.stated:
        return _alone(parts[0], context)
    if len(parts) > 2 and (inner := country_code(parts[-2])) and region_in(parts[-1], inner):
        parts = [*parts[:-2], parts[-1], parts[-2]]  # Hailey, United States - Idaho
    country = None
    first, last = parts[0], parts[-1]
    if len(parts) > 1 and _leads(first, parts, context):
        country, parts = country_code(first), parts[:0:-1]  # US, CA, Santa Clara: turned around
    elif _is_country_here(last, parts[:-1], context):
        country, parts = country_code(last), parts[:-1]
    elif len(parts) > 1 and _region_leads(parts):
        parts = parts[::-1]  # DC-Washington, VA - Reston
    parts = [p for p in parts if not country or country_code(p) != country or is_city(p, country)]
    if not parts:
        return Where(country=country)
    if country is None and context.stated is None:
        return _within_region(parts, context)
    return _within_country(parts, country, context.stated)


def _alone(part: str, context: Context) -> Where | None:
    """A single part: a country, a region, a town, or nothing."""
    if part.lower() == "georgia":
        return None  # the state or the country
    if wide := area(part):
        return Where(region=wide)
    if part == "New York" or part.lower() in TWOFOLD:
        return Where(city=part)
    code, states = country_code(part), region_countries(part)
    if is_code(part) and part not in COUNTRY_WORDS:
        if context.home in states:
            return Where(region=part)
        if code and (code == context.home or states == ("CA",)):
            return Where(country=code)  # NL is hardly ever Newfoundland
        if code and is_populous(code):
            return Where(country=code) if context.noted else None
        return Where(region=part)
    if code:
        return Where(country=code)
    if states:
        return Where(region=region_in(part, states[0]))
    return Where(city=part) if is_place_name(part) else None


def _within_country(parts: list[str], country: str | None, stated: str | None) -> Where | None:
    """The rest of a place whose country is known: city, and what it lies in."""
    within = country or stated or ""
    end, rest = parts[-1], parts[:-1]
    region = region_in(end, within)
    if region is None and country is None:
        others = [
            c
            for c in region_countries(end)
            if len(end) > 3 or any(is_city(city, c, region_in(end, c)) for city in rest)
        ]
        if others and not is_part(end, within):
            # A region's full name, or its code after a city of it, says the country against one
            # that is stated apart.
            country = within = others[0]
            region = region_in(end, within)
    if region is None and rest and within not in CODED:
        inner = is_city(end, within) and not is_part(end, within)
        if not (inner and not is_city(rest[-1], within)):
            region = end  # what a site says it lies in; but CERN, Geneva
    if region is not None:
        parts = rest
    return _made(_city(parts, within, region), region, country or stated)


def _within_region(parts: list[str], context: Context) -> Where | None:
    """The rest of a place whose country is not said."""
    end, rest = parts[-1], parts[:-1]
    states = region_countries(end)
    if states and (rest or end.lower() not in TWOFOLD):
        region = region_in(end, states[0])
        known = any(is_city(city, c, region) for city in rest for c in states)
        elsewhere = context.home not in (None, *states)
        if elsewhere and not known and is_code(end) and country_code(end):
            region = None  # CA or DE beside an unknown town, on a site elsewhere
        return _made(_city(rest, None, region), region, None)
    for city in cities_named(parts[0]) if rest else ():
        if is_part(end, city.country):  # Chennai, Tamil Nadu; Halifax, West Yorkshire
            return Where(parts[0], end, city.country)
    if rest and is_british_county(end):
        return Where(parts[0], end, "GB")
    if rest and not is_city(parts[0]) and is_city(end):
        return Where(city=end)  # Brown Thomas, Dublin
    return _made(parts[0], None, None)


def _made(city: str | None, region: str | None, country: str | None) -> Where | None:
    if city and not region and not is_place_name(city):
        city = None
    return Where(city, region, country) if city or region or country else None


def _city(parts: list[str], country: str | None, region: str | None) -> str | None:
    """Which of the parts is the city: one that is known there, else the nearest to the region."""
    states = (country,) if country else region_countries(region or "")
    parts = [p for p in parts if not area(p)]
    if "US" in states and region and len(parts) > 1:
        parts = [p for p in parts if is_city(p, "US", region) or not is_county(p, region)] or parts
    coded = region if country in CODED or country is None else None
    known = [p for p in parts if any(is_city(p, c, coded) for c in states)]
    if known:
        return known[-1] if region else known[0]
    return (parts[-1] if region else parts[0]) if parts else None


def _region_leads(parts: list[str]) -> bool:
    """Does a state come first? VA - Reston, England, London."""
    first, last = parts[0], parts[-1]
    states = region_countries(first)
    if any(is_city(last, c, region_in(first, c)) for c in states):
        return True
    return is_code(first) and not region_countries(last)


def _leads(first: str, parts: list[str], context: Context) -> bool:
    """Does a country come first? Lebanon, NH and Jamaica, NY are cities."""
    if not _is_country_here(first, parts[:0:-1], context):
        return False
    if first in COUNTRY_WORDS:
        return True
    last, code = parts[-1], country_code(first)
    if country_code(last) == code and is_city(first, code):
        return False  # Singapore SG
    states = region_countries(last)
    if states and code not in states:
        return False
    return country_code(last) in (None, code) or is_code(last)


def _is_country_here(word: str, others: list[str], context: Context) -> bool:
    """Is this word a country? Two capitals may as well be a state: CA, DE, IN.

    `others` are the rest of the place, the nearest one last.
    """
    code = country_code(word)
    if code is None:
        return False
    around = (context.stated, context.home)
    if code == "GE" and len(word) > 2:
        if any(is_city(other, "US", "GA") for other in others):
            return False
        return "GE" in around or any(is_city(other, "GE") for other in others)
    if len(word) > 2 or word in COUNTRY_WORDS:
        return True
    states = region_countries(word, codes_only=True)
    there = any(is_city(other, code) for other in others)
    if not states:
        # Bombay, MH in India is no Marshall Island.
        homes = (city.country for other in others for city in cities_named(other))
        return there or (
            context.stated in (None, code) and not any(is_part(word, home) for home in homes)
        )
    if others and is_part(others[-1], code) and (len(others) > 1 or is_code(others[0])):
        return True  # Toronto, ON, CA and Bengaluru, Karnataka, IN
    in_state = any(is_city(other, c, word) for other in others for c in states)
    if there != in_state:
        return there
    if context.stated not in (None, code):
        return False
    if code in around and code != "US":
        return True
    return "US" not in states and not set(around) & set(states)
