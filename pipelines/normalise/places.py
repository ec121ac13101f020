"""Text -> places. Pure.

Sites name places in every order ("Boston, MA", "US-TX-Dallas", "USA.VA.Reston", "India - Haryana -
Gurgaon") and say beside them how the job is worked ("(remote possible)"). A text is read in two
steps: what it says, and then, unless it is to be taken literally, what is known about that: Boston
in MA is in the US, and a city that is far larger than others of its name is the one that is meant.
What is no place ("3 Locations", a department) gives none, and what is not known stays empty.
"""

from __future__ import annotations

import contextlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from crawler.posting import Place, Workplace
from pipelines.normalise.arrange import Context, Where, arrange
from pipelines.normalise.cities import is_city
from pipelines.normalise.completing import completed, continued, inherited
from pipelines.normalise.gazetteer import area, country_code, region_countries
from pipelines.normalise.notation import location_text
from pipelines.normalise.place_groups import groups_of, listed_states
from pipelines.normalise.place_parts import NOWHERE, VARIOUS, parts_of, postcode_country
from pipelines.normalise.workplace import (
    REMOTE,
    may_be_remote,
    parse_workplace,
    take_mode,
    without_filler,
)

__all__ = ["location_text", "parse_places", "parse_workplace", "workplace_beside"]

LONGEST = 400  # characters; a longer text is a description

_BRACKETS = re.compile(r"\(([^()]*)\)?|\[([^][]*)\]")
_FIRM = re.compile(r"\s*[;|\n•]\s*")
_LOOSE = re.compile(
    r"\s*/\s*|\s*,?\s*-?\b(?:and/or|or)\b-?\s*|,\s*and\s+|"
    r"(?:\band\b|&)\s*(?=(?i:(?:fully )?(?:remote|telework|telecommut|virtual|wfh)))",
)
_AND = re.compile(r"\s+(?:and|&)\s+")
_TIME_ZONES = re.compile(
    r"(?:,|\b(?:in|within|from|at)\b)[^,;()]*\btime ?zones?\b[^,;()]*", re.IGNORECASE
)
_COMPASS = re.compile(
    r"\b(?:(?:central|mid|(?:north|south)?-?(?:east|west|north|south)(?:ern)?)\s*(?:or|and|/|,)?\s*)+"
    r"(?=(?:US|USA|United States|U\.S\.)(?:\W|$))",
    re.IGNORECASE,
)
_FLEXIBLE = re.compile(r"\s*/\s*flexible\b", re.IGNORECASE)
_OFFICES = re.compile(
    r"[\s,]*\b(?:offices?|locations?|sites?) (?:(?:available|based|located) )?in\b", re.IGNORECASE
)
_UNSEEN = ("Cf", "Cc", "So", "Sk", "Cs", "Co")  # formatting, control characters, emoji
_MOJIBAKE = re.compile("[ÃÂÅ][\x80-\xbf\u0152-\u2122]")  # UTF-8 that was read as Windows-1252
_COUNTRY_AFTER = re.compile(r"([\w .-]*[a-z])\s*/\s*(UK|USA?)\s*$")
_HERE, _MAYBE = "\x01", "\x02"  # a note in brackets: this place is remote; it may be
_CODED_LIST = re.compile(r"[A-Z]{2,3}-[^,]+(?:,\s*[A-Z]{2,3}-[^,]+)+")


class Reading(NamedTuple):
    """What one text says."""

    places: tuple[Place, ...] = ()
    workplace: Workplace | None = None


NOTHING = Reading()


def parse_places(
    texts: Iterable[str],
    *,
    country: str | None = None,
    home: str | None = None,
    complete: bool = True,
) -> list[Place]:
    """The places that a site's texts name, each once, in their order.

    `country` is the country the site states apart from the place, in any spelling. `home` is the
    source's (ISO 3166-1 alpha-2): it only decides what "Berlin, DE" and "Cambridge" mean; nothing
    else is taken from it. `complete` False: only what the text says, no country or region that is
    known from elsewhere; a code alone is a country then, as in the editor's notation.
    """
    stated = country_code(country or "")
    places: dict[tuple[object, ...], Place] = {}
    for text in texts:
        for single in _texts(text):
            for place in _read(single, stated, home, complete).places:
                places.setdefault(tuple(place.model_dump().values()), place)
    if not places and stated:
        return [Place(country=stated)]
    return list(places.values())


def workplace_beside(
    texts: Iterable[str], *, country: str | None = None, home: str | None = None
) -> Workplace | None:
    """How the job is worked, as the texts of its places say it; None where they differ.

    `country` and `home` as for `parse_places`.
    """
    stated = country_code(country or "")
    said = {
        _read(single, stated, home, True).workplace for text in texts for single in _texts(text)
    }
    return said.pop() if len(said) == 1 else None


def _texts(text: str) -> list[str]:
    """The texts in one: `["Italy-Rome"]`, "\"Austin, TX\", \"Remote\""."""
    text = text.strip()
    if text.startswith("["):
        try:
            listed = json.loads(text)
        except ValueError:
            return [text]
        return [item for item in listed if isinstance(item, str)]
    if text.count('"') > 2 and text.startswith('"'):
        return re.findall(r'"([^"]+)"', text)
    return [text]


# --- one text ------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def _read(text: str, stated: str | None, home: str | None, complete: bool) -> Reading:
    text = _tidy(text)
    if not text or len(text) > LONGEST or "://" in text or "@" in text:
        return NOTHING
    stated = stated or postcode_country(text)
    mode = take_mode(text)
    text = _COMPASS.sub("", _TIME_ZONES.sub("", mode.rest))
    if not without_filler(_BRACKETS.sub(" ", text)) and not REMOTE.search(text):
        text = _BRACKETS.sub(r" \1\2 ", text)  # Hybrid (Boston)
    text = _BRACKETS.sub(_note, text)
    text = _OFFICES.sub(" ; ", _FLEXIBLE.sub("", text))
    mixed = mode.hybrid or mode.onsite
    places: list[Place] = []
    elsewhere = False  # is there a place, or something else, that is not remote?
    for firm in _FIRM.split(text):
        found: list[Place] = []
        for segment in _segments(firm):
            context = Context(stated, home, not complete or _is_noted(segment, found))
            said, certain = _segment(segment, context, mixed)
            if (went_on := continued(said, found)) != said:
                said, certain = went_on, True
            elsewhere |= not certain
            found += said
        if _HERE in firm and not any(place.city for place in found):
            found = [place.model_copy(update={"remote": True}) for place in found]
            elsewhere = False
        places += inherited(found)
    if complete:
        places = [completed(place, stated, home) for place in places]
    workplace: Workplace | None = None
    if mode.hybrid:
        workplace = "hybrid"
    elif places and all(place.remote for place in places):
        workplace = None if elsewhere or mode.onsite else "remote"
    elif mode.onsite and not any(place.remote for place in places):
        workplace = "onsite"
    return Reading(tuple(places), workplace)


def _tidy(text: str) -> str:
    """One line of one spelling: no entities, invisible characters or abbreviated "with"."""
    text = unicodedata.normalize("NFC", html.unescape(html.unescape(text[: 4 * LONGEST])))
    kept = (c if c == "\n" or unicodedata.category(c) not in _UNSEEN else " " for c in text)
    text = re.sub(r"[^\S\n]+", " ", "".join(kept)).strip()
    if _MOJIBAKE.search(text):
        with contextlib.suppress(UnicodeError):
            text = text.encode("cp1252").decode("utf-8")
    text = _COUNTRY_AFTER.sub(_after_slash, re.sub(r"\bw/\s*", "with ", text))
    return re.sub(r"\s--+\s", " - ", text)


def _after_slash(found: re.Match[str]) -> str:
    """Warwick/UK is one place, Canada/UK are two."""
    separator = " or " if country_code(found[1]) else ", "
    return f"{found[1]}{separator}{found[2]}"


def _note(found: re.Match[str]) -> str:
    """What a note in brackets becomes: a country, a way of working, or nothing."""
    note = (found[1] or found[2] or "").strip(" .,")
    if REMOTE.search(note):
        where = without_filler(note)
        where = where if _is_area(where) else ""
        if may_be_remote(note) or where:
            return f" ; {_MAYBE} {where} ; "
        return f" {_HERE} "
    where = without_filler(note)
    if _is_area(where):
        return f", {where}"
    last = where.rpartition(",")[2].strip()
    return f", {where}" if "," in where and _is_area(last) else " "


def _is_area(text: str) -> bool:
    return bool(text) and all(
        country_code(part) or area(part) or region_countries(part) for part in text.split(" or ")
    )


def _segments(text: str) -> Iterator[str]:
    """The alternatives of a text."""
    pieces = text.split(",") if _CODED_LIST.fullmatch(text.strip()) else [text]
    for piece in pieces:
        if NOWHERE.fullmatch(piece.strip()):
            continue
        for segment in _LOOSE.split(piece):
            halves = _AND.split(segment)
            if len(halves) > 1 and (_is_known(segment) or not all(map(_is_known, halves))):
                halves = [segment]
            yield from (half.strip() for half in halves if half.strip())


def _is_known(text: str) -> bool:
    parts = parts_of(VARIOUS.sub("", text))
    return (not parts and VARIOUS.search(text) is not None) or bool(
        parts and (is_city(parts[0]) or _is_area(parts[0]))
    )


def _is_noted(segment: str, before: list[Place]) -> bool:
    """Is a code written as the editor does: "Remote CA", "Various CA", "Remote USA or CA"?"""
    if re.fullmatch(r"(?:remote|various|wfh)(?: various)? [A-Z]{2}", segment, re.IGNORECASE):
        return True
    return bool(before and (before[-1].remote or before[-1].various) and before[-1].country)


def _segment(text: str, context: Context, mixed: bool) -> tuple[list[Place], bool]:
    """The places of one alternative, and whether it says of all of them that they are remote."""
    here, maybe = _HERE in text, _MAYBE in text
    text = text.replace(_HERE, " ").replace(_MAYBE, " ").strip()
    remote = REMOTE.search(text)
    where = without_filler(text) if remote or maybe else text
    places = _placed(where, context)
    if not (remote or here or maybe):
        return places, not where or bool(NOWHERE.fullmatch(where))
    soft = maybe or mixed or may_be_remote(text)
    if not places:
        country = context.stated
        return [Place(remote=True, country=country)], not soft
    leads = maybe or bool(remote and not without_filler(text[: remote.start()]))
    several = len(places) > 1 and not leads and not here  # Boston, MA, Austin, TX, Remote
    if (not soft and not several) or (
        leads and not (mixed and any(place.city for place in places))
    ):
        return [place.model_copy(update={"remote": True}) for place in places], not soft
    return [*places, Place(remote=True, country=context.stated)], False


def _placed(text: str, context: Context) -> list[Place]:
    """The places of a text that says no way of working."""
    various = VARIOUS.search(text) is not None
    parts = parts_of(VARIOUS.sub(" ", text))
    if states := listed_states(parts):
        wheres: list[Where | None] = [Where(region=state) for state in states]
    else:
        wheres = [arrange(group, context) for group in groups_of(parts) if group]
    places = [Place(**where._asdict()) for where in wheres if where is not None]
    if various:
        if not places:
            return [Place(country=context.stated, various=True)]
        return [place.model_copy(update={"various": not place.city}) for place in places]
    return places
