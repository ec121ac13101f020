"""Countries, their parts, and parts of the world: spellings -> codes.

Facts from pycountry (ISO 3166-1 and -2); added are the spellings in use that ISO does not have, and
the ceremonial counties of England, which ISO 3166-2 lacks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import pycountry

# Spellings in use that ISO 3166 does not have.
_COUNTRIES = {
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "u.s": "US", "united states of america": "US",
    "america": "US", "the united states": "US", "the us": "US", "the usa": "US", "the uk": "GB",
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "britain": "GB", "south korea": "KR",
    "korea": "KR", "russia": "RU", "vietnam": "VN", "czech republic": "CZ", "turkey": "TR",
    "taiwan": "TW", "the netherlands": "NL", "holland": "NL", "hong kong": "HK", "macau": "MO",
    "uae": "AE", "iran": "IR", "deutschland": "DE", "schweiz": "CH", "suisse": "CH",
    "österreich": "AT", "españa": "ES", "italia": "IT", "brasil": "BR", "ivory coast": "CI",
    "bolivia": "BO", "venezuela": "VE", "tanzania": "TZ", "moldova": "MD", "laos": "LA",
    "syria": "SY", "palestine": "PS", "republic of ireland": "IE", "éire": "IE",
    "sverige": "SE", "norge": "NO", "danmark": "DK", "suomi": "FI", "nederland": "NL",
    "belgië": "BE", "belgique": "BE", "polska": "PL", "magyarország": "HU", "méxico": "MX",
    "svizzera": "CH", "česko": "CZ",
}  # fmt: skip
# Nations of the United Kingdom, as they are spelled here and as GeoNames codes them.
NATIONS = {
    "england": ("England", "ENG"), "scotland": ("Scotland", "SCT"), "wales": ("Wales", "WLS"),
    "northern ireland": ("Northern Ireland", "NIR"),
}  # fmt: skip
_COUNTIES = frozenset(
    {
        "bedfordshire", "berkshire", "cheshire", "city of london", "county durham",
        "greater london", "greater manchester", "merseyside", "middlesex", "shropshire",
        "south yorkshire", "sussex", "tyne and wear", "west midlands", "west yorkshire",
        "yorkshire", "midlothian", "lothian", "county antrim", "county down",
    }
)  # fmt: skip
# Parts of the world that sites name; what is not in a country has no region of its own.
_AREAS = {
    "europe": "Europe", "eu": "EU", "european union": "EU", "emea": "EMEA", "eea": "EEA",
    "apac": "APAC", "asia pacific": "APAC", "asia": "Asia", "africa": "Africa",
    "north america": "North America", "south america": "South America", "amer": "Americas",
    "latin america": "Latin America", "latam": "Latin America", "americas": "Americas",
    "the americas": "Americas", "amer/emea": "EMEA", "middle east": "Middle East",
}  # fmt: skip
# Codes of countries that are nothing else in a place.
COUNTRY_WORDS = frozenset(
    {"USA", "US", "UK", "UAE", "GBR", "CAN", "AUS", "DEU", "GER", "IND", "IRL", "FRA", "CHE",
     "NLD", "ESP", "ITA", "SWE", "JPN", "SGP", "ISR", "POL", "NZL", "CHN", "MEX", "BRA"}
)  # fmt: skip
# Countries whose parts are written as codes in a place.
CODED = ("US", "CA", "AU")
# Names of a state or province that are something else too; alone they do not say which.
TWOFOLD = frozenset({"washington", "victoria", "georgia"})
_TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP", "UM"})  # countries in ISO 3166-1


@lru_cache(maxsize=20_000)
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
    if text == "GER":
        return "DE"
    if text.isdigit():
        return None  # pycountry knows countries by number
    try:
        return str(pycountry.countries.lookup(text).alpha_2)
    except LookupError:
        return None


def country_name(code: str) -> str | None:
    """The usual English name of a country."""
    country = pycountry.countries.get(alpha_2=code) if code else None
    if country is None:
        return None
    return str(getattr(country, "common_name", country.name)).partition(",")[0]


def area(text: str) -> str | None:
    """A part of the world beyond one country: Europe, EMEA."""
    return _AREAS.get(re.sub(r"[\s-]+", " ", text).strip(" .").lower())


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Lower case, without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _regions(country: str) -> dict[str, tuple[str, str]]:
    """Folded name or upper-case code -> (code, name)."""
    found: dict[str, tuple[str, str]] = {}
    for part in pycountry.subdivisions.get(country_code=country) or ():
        code = part.code.partition("-")[2]
        if country == "US" and code in _TERRITORIES:
            continue
        name = part.name.partition(" [")[0]
        found[code] = found[folded(name)] = (code, name)
    return found


@lru_cache(maxsize=20_000)
def region_in(text: str, country: str, *, codes_only: bool = False) -> str | None:
    """The region of this country that a text names: its code in the US, Canada and Australia, the
    nation in the United Kingdom, None elsewhere. `codes_only` knows no names."""
    text = text.strip()
    if country == "GB":
        return None if codes_only else NATIONS.get(text.lower(), (None, ""))[0]
    if country not in CODED:
        return None
    if codes_only and not text.isupper():
        return None
    if country == "US" and text.lower() in ("d.c.", "d.c"):
        return "DC"
    if country == "CA" and text.lower() == "newfoundland":
        return "NL"
    spelled = text if len(text) <= 3 and text.isupper() else folded(text)
    found = _regions(country).get(re.sub(r"^state of ", "", spelled))
    return found[0] if found else None


@lru_cache(maxsize=20_000)
def region_countries(text: str, *, codes_only: bool = False) -> tuple[str, ...]:
    """The countries of which this is a region: WA is one of the US and of Australia."""
    return tuple(
        country
        for country in (*CODED, "GB")
        if region_in(text, country, codes_only=codes_only) is not None
    )


def is_british_county(text: str) -> bool:
    """Is this a county of the United Kingdom that is nothing else: Oxfordshire, West Yorkshire?"""
    name = folded(text)
    return name in _COUNTIES or (name.endswith("shire") and is_part(text, "GB"))


def is_part(text: str, country: str) -> bool:
    """Is this a region of the country, by ISO 3166-2's code or name?"""
    if country == "GB" and folded(text) in _COUNTIES:
        return True
    return text in _regions(country) or folded(text) in _regions(country)
