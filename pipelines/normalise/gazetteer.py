"""Countries and their parts: spellings -> codes. Facts from pycountry (ISO 3166), few added."""

from __future__ import annotations

import unicodedata
from functools import cache

import pycountry

# Spellings in use that ISO 3166 does not have.
_COUNTRIES = {
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "britain": "GB", "south korea": "KR",
    "korea": "KR", "russia": "RU", "vietnam": "VN", "czech republic": "CZ", "turkey": "TR",
    "taiwan": "TW", "the netherlands": "NL", "holland": "NL", "hong kong": "HK", "macau": "MO",
    "uae": "AE", "iran": "IR", "deutschland": "DE", "schweiz": "CH", "suisse": "CH",
    "österreich": "AT", "españa": "ES", "italia": "IT", "brasil": "BR", "ivory coast": "CI",
    "bolivia": "BO", "venezuela": "VE", "tanzania": "TZ", "moldova": "MD", "laos": "LA",
    "syria": "SY", "palestine": "PS", "republic of ireland": "IE", "éire": "IE",
}  # fmt: skip
# Regions of these countries are known by code and name; elsewhere a region is what a site says.
_NATIONS = {"england": "England", "scotland": "Scotland", "wales": "Wales"}
_NATIONS["northern ireland"] = "Northern Ireland"
# Codes of countries that are nothing else in a place.
COUNTRY_WORDS = frozenset({"USA", "US", "UK", "UAE", "GBR", "CAN", "AUS", "DEU", "IND", "IRL"})


@cache
def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country in any usual spelling, or None."""
    text = " ".join(text.split()).strip(" .,")
    if not text:
        return None
    known = _COUNTRIES.get(text.lower())
    if known:
        return known
    if len(text) in (2, 3) and not text.isupper():
        return None
    try:
        return str(pycountry.countries.lookup(text).alpha_2)
    except LookupError:
        return None


def _folded(text: str) -> str:
    """Lower case, without accents."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _regions(country: str) -> dict[str, tuple[str, str]]:
    """Folded name or upper-case code -> (code, name)."""
    found: dict[str, tuple[str, str]] = {}
    for part in pycountry.subdivisions.get(country_code=country) or ():
        code = part.code.partition("-")[2]
        name = part.name.partition(" [")[0]
        found[code] = found[_folded(name)] = (code, name)
    return found


@cache
def region_in(text: str, country: str, *, codes_only: bool = False) -> str | None:
    """The region of this country that a text names: its code in the US, Canada and Australia, else
    its name. `codes_only` knows no names."""
    text = text.strip()
    if country == "GB":
        return None if codes_only else _NATIONS.get(text.lower())
    if country not in ("US", "CA", "AU"):
        return None
    spelled = text if len(text) <= 3 and text.isupper() else _folded(text)
    if codes_only and not text.isupper():
        return None
    if country == "US" and text.lower() in ("d.c.", "d.c", "washington dc"):
        return "DC"
    found = _regions(country).get(spelled)
    return found[0] if found else None


def is_part(text: str, country: str) -> bool:
    """Is this a region of the country, by ISO 3166-2's code or name?"""
    return text in _regions(country) or _folded(text) in _regions(country)


def country_name(code: str) -> str | None:
    """The usual English name of a country."""
    country = pycountry.countries.get(alpha_2=code) if code else None
    if country is None:
        return None
    return str(getattr(country, "common_name", country.name)).partition(",")[0]
