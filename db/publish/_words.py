"""How boards write places, employment and pay. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pycountry

from db.publish._entry import Entry, Place

# Their regions are part of an address as written: Boston, MA; Toronto, ON.
_WITH_REGION = ("US", "CA", "AU")
_SHORT = {"US": "USA", "GB": "UK"}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}

# Boards that require a closing date get this one for a posting without: the median time between
# posting and expiry that they gave (44 days at US-RSE, 42 at hpc.social).
USUAL_DAYS = 44


def country_name(code: str | None) -> str:
    """A country as English boards write it; what is no ISO 3166-1 code comes back as it is."""
    if not code:
        return ""
    country = pycountry.countries.get(alpha_2=code.upper())
    if country is None or code.upper() in _SHORT:
        return _SHORT.get(code.upper(), code)
    return str(getattr(country, "common_name", country.name))


def place_text(place: Place, home: str | None = None) -> str:
    """ "City, ST" in the country `home`, "City, ST, Country" elsewhere; "Remote, USA"."""
    region = place.region if place.country in _WITH_REGION or not place.city else None
    country = "" if place.country and place.country == home else country_name(place.country)
    parts = [part for part in (place.city, region, country) if part]
    if place.remote:
        return ", ".join(["Remote", *(parts[-1:] or [place.region or ""])]).rstrip(", ")
    return ", ".join(["Various", *parts] if place.various else parts)


def places_text(entry: Entry, home: str | None = None) -> str:
    """All places, joined by "or"; in the editor's notation where they are not known one by one."""
    found = dict.fromkeys(place_text(place, home) for place in entry.places)
    texts = [text for text in found if text]
    if not texts and entry.workplace == "remote":
        return entry.location or "Remote"
    return " or ".join(texts) or entry.location


def mapped(entry: Entry, words: Mapping[str, str], otherwise: str) -> str:
    """The first of the employment types that the board has a word for."""
    return next((words[one] for one in entry.employment_type if one in words), otherwise)


def expiry(entry: Entry, today: date) -> date:
    """The deadline, or the usual one from today on."""
    if entry.deadline:
        return date.fromisoformat(entry.deadline[:10])
    return today + timedelta(days=USUAL_DAYS)


def posted_day(entry: Entry, today: date) -> date:
    """The day it was advertised; never later than today."""
    return min(date.fromisoformat(entry.posted[:10]), today) if entry.posted else today


def pay_text(entry: Entry) -> str:
    """ "$110,000 - $130,000", "CAD 90,000 a year at least"; empty when no pay is stated."""
    low, high = entry.salary_min, entry.salary_max
    if low is None and high is None:
        return ""
    sign = _SIGNS.get(entry.salary_currency, f"{entry.salary_currency} ".lstrip())
    amounts = [f"{sign}{amount:,.2f}".removesuffix(".00") for amount in (low, high) if amount]
    text = " - ".join(dict.fromkeys(amounts))
    if low is None or high is None:
        text = f"{'up to' if low is None else 'from'} {text}"
    unit = entry.salary_unit.lower()
    return f"{text} per {unit}" if unit and unit != "year" else text
