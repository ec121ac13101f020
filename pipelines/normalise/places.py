"""Text -> places, and places -> the editor's notation. Pure.

Sites name places in every order ("Boston, MA", "US-TX-Dallas", "USA.VA.Reston", "India - Haryana -
Gurgaon"): the country or state that stands first or last gives the order away. What is no place
("3 Locations", "Various") gives none, and what is not known stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import zip_longest

from crawler.posting import Place, Workplace
from pipelines.normalise.gazetteer import (
    COUNTRY_WORDS,
    country_code,
    country_name,
    is_part,
    region_in,
)

MOST_NAMED = 8  # more places than that are "Various"

_REMOTE = re.compile(
    r"\b(?:fully |100 ?% )?(?:remote(?:ly)?|telecommut(?:e|ing)|telework|virtual|wfh|"
    r"home[- ]?(?:based|office|working)|work(?:ing)? from home)\b"
    r"(?: (?:work|working|position|job|office|based|friendly|first|eligible)\b)?",
    re.IGNORECASE,
)
_NOWHERE = re.compile(
    r"\+?\d+ (?:more |other )?locations?.*|\+\d+ more.*|"
    r"(?:multiple|various|several|all|any|many)\b.*|"
    r"anywhere|worldwide|global|unavailable|unknown|flexible|negotiable|none|null|tbd|tbc|tba|n/?a|"
    r"not (?:specified|applicable|available)|other|location|undefined|hybrid|on[- ]?site|"
    r"(?:main )?campus|[-–—.]+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:location|campus|city|site)\s*:|(?:based )?(?:in|from|within)\s)\s*", re.I
)
_MODE = re.compile(r"\s*/\s*(?:hybrid|flexible|on-?site|in-?person)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^][]*)\]")
_SEPARATORS = re.compile(r"\s*(?:;|\||\n|\s/\s|\bor\b|\s•\s)\s*")
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{5}(?:-\d{4})?|\d{4,6})\b"
)
_CODED = re.compile(r"[-.]")
# Names that are a state of the US and something else; alone they do not say which.
_TWOFOLD = {"washington"}
_GEORGIA = {"tbilisi", "batumi", "kutaisi", "rustavi"}
_NEWFOUNDLAND = {"st john's", "st johns", "corner brook", "gander", "mount pearl"}


def parse_places(
    texts: Iterable[str], *, country: str | None = None, home: str | None = None
) -> list[Place]:
    """The places that a site's texts name, each once, in their order.

    `country` is the country the site states apart from the place, in any spelling. `home` is the
    source's (ISO 3166-1 alpha-2): it only decides what "Berlin, DE" means, it is never filled in.
    """
    stated = country_code(country or "")
    places: dict[tuple[str | None, str | None, str | None, bool], Place] = {}
    for text in texts:
        for part in _SEPARATORS.split(text):
            for place in _parse(part, stated, home):
                places.setdefault((place.city, place.region, place.country, place.remote), place)
    if not places and stated:
        places[(None, None, stated, False)] = Place(country=stated)
    return list(places.values())


def parse_workplace(text: str | None) -> Workplace | None:
    """onsite, hybrid or remote, as a site's own field says it."""
    told = re.sub(r"[\s_-]+", "", text or "").lower()
    if "hybrid" in told or "partial" in told:
        return "hybrid"
    if "nonremote" in told or "notremote" in told or "noremote" in told:
        return "onsite"
    if "remote" in told or "telecommut" in told or "homebased" in told or "workfromhome" in told:
        return "remote"
    return "onsite" if "onsite" in told or "inperson" in told or "inoffice" in told else None


def location_text(places: Sequence[Place]) -> str | None:
    """The places in the editor's notation: Boston MA USA, London UK, Remote USA, A or B.

    No commas or dots; city, region, country; what neighbours share stands once, after the last.
    More than eight are Various, with their country where it is one.
    """
    if len(places) > MOST_NAMED:
        countries = {place.country for place in places}
        return f"Various {_country(countries.pop())}".strip() if len(countries) == 1 else "Various"
    words = [_words(place) for place in places]
    texts = []
    for (head, region, country), following in zip_longest(words, words[1:]):
        _, next_region, next_country = following or ("", "", "")
        if head and country == next_country:
            # Left to the next place: "Redmond WA or Cambridge MA USA".
            country = ""
            region = "" if region == next_region else region
        texts.append(" ".join(filter(None, (head, region, country))))
    return " or ".join(dict.fromkeys(filter(None, texts))) or None


# --- notation ------------------------------------------------------------------------------------


def _words(place: Place) -> tuple[str, str, str]:
    """What stands for city, region and country."""
    coded = place.country in ("US", "CA", "AU")
    region, city = (place.region or "").replace(",", ""), re.sub(r"[,.]+", "", place.city or "")
    if place.remote or city:
        head = " ".join(filter(None, ["Remote" if place.remote else "", city]))
        return head, region if coded or not city else "", _country(place.country)
    if region:
        return "", region, _country(place.country)
    name = country_name(place.country or "") if place.country not in ("GB", "US") else None
    return "", "", name or _country(place.country)


def _country(code: str | None) -> str:
    return {"GB": "UK", "US": "USA"}.get(code or "", code or "")


# --- one text ------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def _parse(text: str, stated: str | None, home: str | None) -> tuple[Place, ...]:
    if "://" in text:
        return ()
    text = _MODE.sub("", _BRACKETS.sub(_bracketed, text))
    remote = bool(_REMOTE.search(text))
    text = _LABEL.sub("", _REMOTE.sub(" ", text).strip())
    parts = [part for part in _split(text) if not _NOWHERE.fullmatch(part)]
    regions = [region_in(part, "AU") for part in parts]
    if len(parts) > 1 and all(regions) and not remote:
        # A list of states, not a place within one another.
        return tuple(Place(region=region, country="AU") for region in regions)
    if not parts:
        return (Place(remote=True, country=stated),) if remote else ()
    city, region, country = _arrange(parts, stated, home)
    place = Place(city=city, region=region, country=country or stated, remote=remote)
    return (place,) if city or region or place.country or remote else ()


def _bracketed(found: re.Match[str]) -> str:
    """A note in brackets says nothing, unless it is just a country or "remote"."""
    note = (found[1] or found[2] or "").strip()
    return f", {note}" if country_code(note) or _REMOTE.fullmatch(note) else " "


def _split(text: str) -> list[str]:
    """The parts of a place, without postcodes and streets."""
    text = re.sub(r"\s+", " ", text).strip(" ,-–—:")
    if re.search(r",|\s[-–—>]\s", text):
        parts = re.split(r"\s*,\s*|\s+[-–—>]+\s+", text)
    else:
        parts = _CODED.split(text)
        # Only what starts with a country or state is joined by hyphens or dots: not Stoke-on-Trent.
        if len(parts) < 2 or not (country_code(parts[0]) or _is_code(parts[0])):
            parts = _without_commas(text)
    tidy = (_POSTCODE.sub("", part).strip(" .-–—:") for part in parts)
    kept = [_spelled(part) for part in tidy if part]
    return [part for part in kept if not re.match(r"\d+\s", part)] or kept


def _without_commas(text: str) -> list[str]:
    """The parts of "Boston MA USA", "Toronto ON CA", "London UK", "Durham NC"."""
    words = text.split()
    tail: list[str] = []
    if len(words) > 1 and _ends_in_country(words):
        tail.insert(0, words.pop())
    if len(words) > 1 and _is_code(words[-1]):
        tail.insert(0, words.pop())
    return [" ".join(words), *tail]


def _ends_in_country(words: list[str]) -> bool:
    last = words[-1]
    if last in COUNTRY_WORDS:
        return True
    if len(last) != 2 or not last.isupper() or country_code(last) is None:
        return False
    return not _is_code(last) or region_in(words[-2], last, codes_only=True) is not None


@cache
def _is_code(text: str) -> bool:
    """The code of a state or province, in capitals."""
    return any(region_in(text, country, codes_only=True) for country in ("US", "CA", "AU"))


def _spelled(part: str) -> str:
    """CHICAGO as Chicago; codes and mixed spelling stay."""
    return part.title() if part.isupper() and len(part) > 3 else part


def _arrange(
    parts: list[str], stated: str | None, home: str | None
) -> tuple[str | None, str | None, str | None]:
    """(city, region, country): by what stands at either end."""
    first, last, country = parts[0], parts[-1], None
    if len(parts) > 1 and _leads(first, parts, stated, home):
        country, parts = country_code(first), parts[:0:-1]  # US, CA, Santa Clara: turned around
    elif _is_country_here(last, parts[:-1], stated, home):
        country, parts = country_code(last), parts[:-1]
    elif len(parts) > 1 and _is_code(first) and (state := _state(first, stated, home)):
        return last, *state  # DC-Washington, VA - Reston
    if not parts:
        return None, None, country
    end, within = parts[-1], country or stated
    if len(parts) == 1 and not within:
        if end == "New York":
            return end, "NY", "US"
        if end.lower() in _TWOFOLD or (_is_code(end) and country_code(end) and not home):
            return (end if len(end) > 2 else None), None, None
    region: str | None
    if within:
        region = region_in(end, within) or (end if len(parts) > 1 else None)
    else:
        region, country = _state(end, stated, home) or (None, None)
    rest = parts[:-1] if region else parts
    return (rest[-1] if region and rest else rest[0] if rest else None), region, country


def _leads(first: str, parts: list[str], stated: str | None, home: str | None) -> bool:
    """Does a country come first? Lebanon, NH and Jamaica, NY are cities."""
    if not _is_country_here(first, parts[:0:-1], stated, home):
        return False
    state = _state(parts[-1], stated, home)
    return first in COUNTRY_WORDS or state is None or state[1] == country_code(first)


def _is_country_here(word: str, others: list[str], stated: str | None, home: str | None) -> bool:
    """Is this word a country? Two capitals may as well be a state: CA, DE, IN.

    `others` are the rest of the place, the nearest one last.
    """
    code = country_code(word)
    if code is None:
        return False
    around = {part.lower().replace(".", "") for part in others}
    if word == "NL":
        return "CA" not in (stated, home) and not around & _NEWFOUNDLAND
    if code == "GE":
        return "GE" in (stated, home) or bool(_GEORGIA & around)
    if len(word) > 2 or word in COUNTRY_WORDS:
        return True
    if code in (stated, home) and code not in ("US", "CA"):
        return True
    if stated and code != stated:
        return False  # Bombay, MH in India is no Marshall Island
    if not _is_code(word):
        return True
    # Toronto, ON, CA and Bengaluru, Karnataka, IN; but San Diego, CA.
    within = len(others) > 1 or (others and _is_code(others[0]))
    return bool(within) and is_part(others[-1], code)


def _state(word: str, stated: str | None, home: str | None) -> tuple[str, str] | None:
    """(region, country) when this word is a state, province or nation by itself."""
    likely = [code for code in (stated, home) if code in ("US", "CA", "AU", "GB")]
    for country in dict.fromkeys([*likely, "US", "CA", "AU", "GB"]):
        region = region_in(word, country)
        if region:
            return region, country
    return None
