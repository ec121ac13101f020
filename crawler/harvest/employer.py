"""Employer and place in one line: "Organisation, Place" as people write it."""

from __future__ import annotations

import re
from functools import cache

import pycountry

# How a place begins that is a way of working: "Remote", "Hybrid - Part-time on campus".
AWAY = re.compile(r"(?:fully |100% )?(?:remote|hybrid|anywhere|virtual|various)\b", re.IGNORECASE)
REMOTE = re.compile(r"\bremote\b|\banywhere\b", re.IGNORECASE)
COMMA = re.compile(r",\s*(?![^(]*\))")  # not within brackets
# What may follow a region: "CA (hybrid)", "MA/flexible", "CO or remote", "UK - multiple".
ADDITION = re.compile(r"(?:\s*[(/;|]|\s+(?:or|and|with|-+|\d{5})(?=\s|$)).*$", re.DOTALL)
# A part with one of these is an employer or its unit, no town; but College Park is one.
EMPLOYER = re.compile(
    r"\b(?:university(?! park| city| heights)|universit\w+|institut\w*|college(?! park| station)|"
    r"school|department|centre|center|laborator\w+|hospital|observatory|group|division)\b",
    re.IGNORECASE,
)
HOME_NATIONS = {"england", "scotland", "wales", "northern ireland", "uk", "u.k.", "u.s.", "u.s.a."}


def editors_notation(text: str) -> tuple[str | None, str | None]:
    """Organisation and place of the editor's line: his places hold no comma, organisations may."""
    organization, comma, place = text.rpartition(",")
    return (organization.strip(), place.strip() or None) if comma else (text.strip() or None, None)


def free_form(text: str) -> tuple[str | None, str | None]:
    """Organisation and place of "Fernwood University, Tulsa, OK", with notes and remote places.

    The place starts at the town before the region or country that ends the text, or at a word like
    Remote; otherwise it is what follows the last comma.
    """
    text = text.strip().rstrip(",")
    parts = COMMA.split(text)
    if len(parts) == 1:
        note = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
        if note and REMOTE.search(note[2]):  # "Quantenhof (US Remote)"
            return note[1], note[2]
        return (None, text) if AWAY.match(text) else (text or None, None)
    start = next((i for i, part in enumerate(parts) if i and AWAY.match(part)), len(parts) - 1)
    if start >= 3 and AWAY.match(parts[start]) and is_region(parts[start - 1]):
        start -= 1  # "Providence, RI, Remote/Hybrid"
    for _ in range(2):  # "Marina del Rey, CA, USA"
        if start >= 2 and is_region(parts[start]) and not EMPLOYER.search(parts[start - 1]):
            start -= 1
    return ", ".join(parts[:start]), ", ".join(parts[start:])


def is_region(text: str) -> bool:
    """Is this a state, province or country, by code or by name?"""
    name = ADDITION.sub("", text).strip().rstrip(".")
    return bool(re.fullmatch(r"[A-Z]{2,3}", name)) or name.casefold() in _regions()


@cache
def _regions() -> frozenset[str]:
    countries = {
        name.casefold()
        for country in pycountry.countries
        for name in (country.name, getattr(country, "common_name", country.name))
    }
    states = {
        state.name.casefold()
        for code in ("US", "CA", "AU")
        for state in pycountry.subdivisions.get(country_code=code)
    }
    return frozenset(countries | states | HOME_NATIONS)
