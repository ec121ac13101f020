"""One text -> its parts: a place's words, without postcodes, streets and institutions. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.normalise.cities import is_city
from pipelines.normalise.gazetteer import (
    COUNTRY_WORDS,
    area,
    country_code,
    region_countries,
    region_in,
)

NOWHERE = re.compile(
    r"\+?\d+ (?:more |other |additional )?locations?.*|\+\d+ more.*|"
    r"(?:all|any)\b.*|(?:main |primary )?(?:campus|location|office|site)s?(?: varies)?|"
    r"anywhere|worldwide|global(?:ly)?|unavailable|unknown|unspecified|"
    r"(?:location )?(?:is )?(?:flexible|negotiable|open)|none|null|tbd|tbc|tba|n/?a|"
    r"city|country|state|region|town|"
    r"to be (?:determined|confirmed|announced)|see (?:below|ad|description).*|"
    r"not (?:specified|applicable|available)|other|undefined|hybrid|on[- ]?site|"
    r"central|eastern|western|pacific|east|west|[-–—.]+",
    re.IGNORECASE,
)
VARIOUS = re.compile(
    r"\b(?:various|multiple|several|many)\b(?:(?: (?:us|uk|work))? (?:cities|locations?|sites|"
    r"places|states|offices|campuses|countries|regions|options))?"
    r"(?: (?:in|across|within|throughout))?\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?i:(?:job |work |primary |main )?(?:location|campus|city|site)s?\s*:)|"
    r"(?:[Bb]ased |[Ll]ocated )?(?:in|from|within|near|at)\s|and\s|the\s)\s*"
)
_TAIL = re.compile(r"[\s,]+(?:with|and|or|in|at|area)$|\s+[Mm]etro(?:politan)? [Aa]rea$")
_TOWN_OF = re.compile(r"^(?:town|city|village|township|borough) of (?=[A-Z])", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{5}(?:-\d{4})?|"
    r"\d{4} ?[A-Z]{2}(?=$|,)|\d{4,6})\b",
    re.IGNORECASE,
)
_CANADIAN = re.compile(r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b", re.IGNORECASE)
_CODED = re.compile(r"[-.]")
_ALIASES = {
    "nyc": "New York", "sf": "San Francisco", "sf bay area": "San Francisco Bay Area",
    "bay area": "San Francisco Bay Area", "washington dc": "Washington DC",
}  # fmt: skip
# What names an organisation or a building, unless a city of that name is known.
_INSTITUTION = re.compile(
    r"universit|universid|\binstitut|\bcolleges?\b|\bschool\b|hospital|laborator|\blabs?\b|"
    r"\bcent(?:er|re)\b|department|\bdept\b|faculty|division|corporation|\binc\b|\bllc\b|\bltd\b|"
    r"foundation|observatory|library|\bbuilding\b|\bbldg\b|\bhall\b|\bhouse\b|\broom\b|\bfloor\b|"
    r"\bsuite\b|headquarters|\bhq\b|\bstation\b|\bannexe?\b|\bmill\b|\bpier\b|museum|\bclinic\b|"
    r"\btech\b|polytech|academy|consortium|\bagency\b|ministry|council|society|association|"
    r"supercomput|medicine|medical|"
    r"\bgroup\b|\boffice\b|\bteam\b|\bsystem\b|services?\b|\bresearch\b",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"\b(?:university|universit[àäé]t?|institute|department|faculty|division|college|school|"
    r"office|cent(?:er|re)|laboratory|hospital) (?:of|for|de|di)\b",
    re.IGNORECASE,
)
_BRAND = re.compile(r"[a-z][A-Z]{2,}|^[A-Z]{3,6}$")
_STREET = re.compile(
    r"^\d+\s|\b(?:street|st|road|rd|avenue|ave|drive|dr|boulevard|blvd|lane|ln|parkway|pkwy|"
    r"straße|strasse|rue|via|calle)\b\.?(?: \d+\w?)?$|^p\.?\s?o\.? box",
    re.IGNORECASE,
)
_CAMPUS = re.compile(r"\s+(?:campus|campuses|\(?hq\)?)$", re.IGNORECASE)
ACRONYM = 6  # letters; a longer word in capitals is shouted
_LOWER_WORDS = 5  # more words than that are a sentence


def parts_of(text: str) -> list[str]:
    """The parts of a place in the order of the text: [Boston, MA, USA], [US, TX, Dallas]."""
    shout = text.isupper() and len(text) > ACRONYM
    text = _TAIL.sub("", _LABEL.sub("", re.sub(r"\s+", " ", text).strip(" ,-–—:&")))
    if re.search(r",|\s[-–—>~]+\s|~", text):
        pieces = re.split(r"\s*,\s*|\s+[-–—>]+\s+|\s*~\s*", text)
    else:
        pieces = _CODED.split(text)
        # Only what starts with a country or state is joined by hyphens or dots: not Stoke-on-Trent.
        if len(pieces) < 2 or not (_country_word(pieces[0]) or is_code(pieces[0])):
            pieces = [text]
    parts = []
    for piece in pieces:
        tidy = _POSTCODE.sub("", piece).strip(" .-–—:\"'()[]")
        if tidy and not NOWHERE.fullmatch(tidy):
            spelled = (_spelled(part, shout) for part in _without_commas(tidy))
            parts += [part for part in spelled if is_city(part) or part not in parts]
    kept = [part for part in parts if not _STREET.search(part) or is_city(part)]
    return kept or ([] if len(pieces) == 1 else parts[-1:] if is_admin(parts[-1:]) else [])


def postcode_country(text: str) -> str | None:
    """The country of a postcode whose form is that of one country alone: Canada."""
    return "CA" if len(_CANADIAN.findall(text)) == 1 and not re.search(r"[;|]", text) else None


def is_admin(parts: list[str]) -> bool:
    """Is it one part, and a country or region?"""
    return len(parts) == 1 and bool(country_code(parts[0]) or region_countries(parts[0]))


@lru_cache(maxsize=20_000)
def is_code(text: str) -> bool:
    """The code of a state or province, in capitals."""
    return bool(region_countries(text, codes_only=True))


def _country_word(text: str) -> bool:
    return country_code(text) is not None


def _without_commas(text: str) -> list[str]:
    """The parts of "Boston MA USA", "Toronto ON CA", "London UK", "Chapel Hill North Carolina"."""
    if country_code(text) or region_countries(text) or area(text):
        return [text]
    words = text.split()
    tail: list[str] = []
    country = None
    if len(words) > 1 and _ends_in_country(words):
        country = country_code(words[-1])
        tail.insert(0, words.pop())
    if len(words) > 1 and _is_state(words[-1], country):
        tail.insert(0, words.pop())
    elif not tail:
        for count in (2, 1):
            named = " ".join(words[-count:])
            city = " ".join(words[:-count])
            if city and _is_known_in(city, named):
                return [city, named]
    return [" ".join(words), *tail]


def _is_state(word: str, country: str | None) -> bool:
    if word.upper().strip(".") in ("DC", "D.C"):
        return country in (None, "US")
    if country:
        return region_in(word, country, codes_only=True) is not None
    return is_code(word)


def _is_known_in(city: str, named: str) -> bool:
    """Is there such a city in the region or country of that full name?"""
    if len(named) < 4:
        return False
    code = country_code(named)
    if code:
        return is_city(city, code)
    return any(is_city(city, c, region_in(named, c)) for c in region_countries(named))


def _ends_in_country(words: list[str]) -> bool:
    last = words[-1]
    if last in COUNTRY_WORDS:
        return True
    if len(last) != 2 or not last.isupper() or (code := country_code(last)) is None:
        return False
    if not is_code(last) or region_in(words[-2], code, codes_only=True) is not None:
        return True
    city = " ".join(words[:-1])
    in_state = any(is_city(city, c, last) for c in region_countries(last, codes_only=True))
    if is_city(city, code):
        return not in_state  # Munich DE, but Newark DE
    return "US" not in region_countries(last, codes_only=True) and not in_state  # Leiden NL


def _spelled(part: str, shout: bool) -> str:
    """CHICAGO as Chicago; codes and mixed spelling stay. Prefixes and "campus" go."""
    part = _ALIASES.get(part.lower(), part)
    part = _CAMPUS.sub("", _TOWN_OF.sub("", part)).strip(" .")
    known = is_city(part) or is_admin([part])
    loud = part.isupper() and (len(part) > ACRONYM or (len(part) > 3 and (shout or known)))
    return part.title() if loud or (part.islower() and is_city(part)) else part


def without_institutions(parts: list[str]) -> list[str]:
    """The parts without organisations and buildings, where something else says the place."""
    local = [part for part in parts if not is_admin([part])]
    named = [part for part in local if not _is_institution(part)]
    if len(local) > 1 and named:
        return [part for part in parts if part in named or is_admin([part])]
    return [part for part in parts if part not in local or not _SURELY.search(part)]


def _is_institution(part: str) -> bool:
    return bool(_INSTITUTION.search(part) or _BRAND.search(part)) and not is_city(part)


def campus_town(text: str) -> str | None:
    """The town of a campus that is named by it: UC San Diego."""
    found = re.fullmatch(r"(?:UC|University of California,?)\s+(?P<town>[A-Z].+)", text.strip())
    return found["town"] if found and is_city(found["town"], "US", "CA") else None


def is_place_name(text: str) -> bool:
    """May this be the name of a town? Not an organisation, a street, a sentence, a number."""
    if is_city(text):
        return True
    if _is_institution(text) or _BRAND.search(text) or _STREET.search(text):
        return False
    words = text.split()
    return (
        1 <= len(words) <= _LOWER_WORDS
        and any(letter.isupper() or not letter.isascii() for letter in text if letter.isalpha())
        and not text[0].islower()
        and not re.search(r"\d|[@#$%*=]", text)
        and sum(word.islower() and len(word) > 3 for word in words) < 2
        and any(letter.isalpha() for letter in text)
    )
