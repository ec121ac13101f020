"""Places -> the editor's notation: Boston MA USA, London UK, Remote USA, A or B. Pure.

No commas, no dots; city, region, country; ISO 3166-1 codes, but UK and USA. States, provinces and
Australian states are written, other regions are not. What neighbours share stands once, after the
last of them; so do Remote and Various, before the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.posting import Place
from pipelines.normalise.gazetteer import CODED, country_name

MOST_NAMED = 8  # more places than that are "Various"


def location_text(places: Sequence[Place]) -> str | None:
    """The places in the editor's notation.

    More than eight are Various, with their country where it is one.
    """
    if len(places) > MOST_NAMED:
        countries = {place.country for place in places}
        return f"Various {_country(countries.pop())}".strip() if len(countries) == 1 else "Various"
    texts = [_text(places, at) for at in range(len(places))]
    return " or ".join(dict.fromkeys(filter(None, texts))) or None


def _text(places: Sequence[Place], at: int) -> str:
    """One place beside its neighbours."""
    place = places[at]
    before = places[at - 1] if at else None
    after = places[at + 1] if at + 1 < len(places) else None
    how = _how(place)
    city = re.sub(r"\s*[,.]+(?:\s+|$)|[,.]+", " ", place.city or "").strip()
    region = re.sub(r"[,.]+", "", place.region or "")
    if city and place.country and place.country not in CODED:
        region = ""
    country = _country(place.country)
    if not how and not city and not region:
        # By name, unless it continues a list of codes: "Remote USA or CA".
        name = country_name(place.country or "") if place.country not in ("GB", "US") else None
        country = name or country
    if how and before and how == _how(before) and _is_wide(before) and _is_wide(place):
        how = ""
    if after and _shares(place, after) and not _heads_a_list(places, at + 1):
        country = ""
        region = "" if city and after.city and region == (after.region or "") else region
        if city and not after.city and region == (after.region or "") and after.remote:
            region = ""  # "Santa Clara or Remote CA USA"
    return " ".join(filter(None, (how, city, region, country)))


def _how(place: Place) -> str:
    return " ".join(["Remote"] * place.remote + ["Various"] * place.various)


def _is_wide(place: Place) -> bool:
    """Is it a country, or nothing narrower?"""
    return not place.city and not place.region


def _shares(place: Place, after: Place) -> bool:
    """May the country be left to the next place?"""
    if not place.country or place.country != after.country:
        return False
    return not _is_wide(place) and not (_is_wide(after) and not after.remote)


def _heads_a_list(places: Sequence[Place], at: int) -> bool:
    """Does a list of countries begin here, for which Remote stands once?"""
    following = places[at : at + 2]
    return len(following) == 2 and all(p.remote and _is_wide(p) for p in following)


def _country(code: str | None) -> str:
    return {"GB": "UK", "US": "USA"}.get(code or "", code or "")
