"""A list of places, taken apart: [Greenbelt, MD, Houston, TX] are two. Pure."""

from __future__ import annotations

from pipelines.normalise.cities import cities_named, is_city
from pipelines.normalise.gazetteer import (
    COUNTRY_WORDS,
    country_code,
    folded,
    is_part,
    region_countries,
    region_in,
)
from pipelines.normalise.place_parts import is_admin, is_code

LARGE = 100_000  # people


def groups_of(parts: list[str]) -> list[list[str]]:
    """A list of places taken apart: [Greenbelt, MD, Houston, TX] are two."""
    groups: list[list[str]] = [[]]
    for at, part in enumerate(parts):
        group = groups[-1]
        after = parts[at + 1] if at + 1 < len(parts) else ""
        if not group:
            group.append(part)
        elif is_admin([part]):
            if _is_next_in_list(group, part):
                groups.append([part])
            else:
                group.append(part)
        elif is_admin(group[-1:]) and not is_admin(group[:1]):
            # A city after a region; what else follows one is a building or a remark.
            if is_city(part) or is_admin([after]):
                groups.append([part])
        elif is_admin(group[-1:]) and group[:-1] and not country_code(group[0]):
            groups.append([part])
        else:
            group.append(part)
    return [cities for group in groups for cities in _list_of_cities(group)]


def _is_next_in_list(group: list[str], part: str) -> bool:
    """Does a region or country begin another place? "Boulder, Austin, New York", "QLD, NSW"."""
    last, countries = group[-1], region_countries(part)
    if folded(last) == folded(part):
        return False
    if part in COUNTRY_WORDS:  # Canada, UK
        other = country_code(last) not in (None, country_code(part))
        return other and len(group) == 1 and not region_countries(last)
    if any(is_city(last, c, region_in(part, c)) for c in countries):
        return False  # New York, NY; Washington, DC; Ontario, California
    if any(region_in(last, c) == region_in(part, c) for c in countries):
        return False  # Ontario, ON
    if country_code(last) in countries and len(group) > 1:
        return False  # Hailey, United States - Idaho
    if is_admin(group) and is_admin([part]):
        # Two regions of one country, or two countries; but DC, Washington are one place.
        if country_code(last) and country_code(part) and not countries:
            return not region_countries(last) and not is_city(last, country_code(part))
        shared = set(region_countries(last)) & set(countries)
        codes = {country_code(last), country_code(part)} & shared
        in_part = any(is_city(part, c, region_in(last, c)) for c in shared)
        return bool(shared) and not codes and not in_part
    if not is_admin([last]) and is_city(last) and is_city(part) and len(part) > 3:
        inside = country_code(part)
        return not any(is_city(last, c, region_in(part, c)) for c in countries) and not (
            inside and is_city(last, inside)
        )
    return is_admin([last]) and not country_code(part) and not country_code(group[0])


def _list_of_cities(group: list[str]) -> list[list[str]]:
    """Known cities only, not within one another: each is a place of its own."""
    within = any(is_admin([part]) for part in group[1:])
    if len(group) > 1 and not within and all(map(is_city, group)):
        names = {folded(part) for part in group}
        parts = any(
            is_part(part, city.country) for part in group[1:] for city in cities_named(group[0])
        )
        # Of two, the second may be a region that a small town is called like: South Holland.
        large = len(group) > 2 or all(cities_named(part)[0].people >= LARGE for part in group)
        if len(names) == len(group) and not parts and large:
            return [[part] for part in group]
    return [group]


def listed_states(parts: list[str]) -> list[str]:
    """The states of a list of nothing but states of one country: "CT, ME, IL, CA"."""
    if len(parts) < 2 or not all(map(is_code, parts)):
        return []
    shared = set.intersection(*(set(region_countries(part, codes_only=True)) for part in parts))
    return parts if shared else []
