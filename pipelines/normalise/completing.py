"""What a place's text leaves to its neighbours, and to what is known of the world. Pure."""

from __future__ import annotations

from crawler.posting import Place
from pipelines.normalise.cities import dominant, is_city
from pipelines.normalise.gazetteer import CODED, TWOFOLD, area, region_countries, region_in


def continued(said: list[Place], before: list[Place]) -> list[Place]:
    """A bare country after a remote or various one is so too: "Remote USA or CA or UK"."""
    last = before[-1] if before else Place()
    wide = area(last.region) if last.region else last.country
    if last.city or not wide:
        return said
    return [
        place.model_copy(update={"remote": last.remote, "various": last.various})
        if place.country and not (place.city or place.region or place.remote or place.various)
        else place
        for place in said
    ]


def inherited(places: list[Place]) -> list[Place]:
    """What the next alternative says for all: "Redmond WA or Cambridge MA USA"."""
    done: list[Place] = []
    for place in reversed(places):
        if done and place.country is None and (place.city or place.region or place.various):
            place = _from_next(place, done[0])
        done.insert(0, place)
    return done


def _from_next(place: Place, after: Place) -> Place:
    """The country and region of the next place, where this one may lie in them."""
    country, region, city = after.country, after.region, place.city
    if place.region:
        fits = country and region_in(place.region, country)
        return place.model_copy(update={"country": country}) if fits else place
    if not city:
        return place.model_copy(update={"country": country}) if country else place
    if country and is_city(city) and not is_city(city, country):
        return place  # London or Cambridge MA
    states = (country,) if country else region_countries(region or "")
    if region and (after.city or after.remote) and (country is None or country in CODED):
        inside = any(is_city(city, c, region) for c in states)
        if not inside and is_city(city):
            region = None  # Seattle or Portland OR
    else:
        region = None
    return place.model_copy(update={"country": country, "region": region})


def completed(place: Place, stated: str | None, home: str | None) -> Place:
    """The place with the country, and the state or province, that follow from it."""
    city, region, country = place.city, place.region, place.country
    if country is None and region and not area(region):
        states = region_countries(region)
        known = [c for c in states if city and is_city(city, c, region)]
        likely = known or [c for c in (stated, home, "US") if c in states]
        country = likely[0] if likely else states[0] if len(states) == 1 else None
    if city and not region and city.lower() not in TWOFOLD and country in (None, *CODED):
        found = dominant(city, country=country, home=home)
        if found:
            country = found.country
            region = found.region if country in CODED else None
    if country is None and not place.remote and not region:
        country = stated
    return place.model_copy(update={"region": region or None, "country": country})
