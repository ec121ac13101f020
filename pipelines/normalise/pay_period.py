"""The period that pay is for: the words of a text, and what is believable in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.posting import SalaryUnit

_WORDS: dict[SalaryUnit, str] = {
    "HOUR": r"hours?|hourly|hr|stunde|std|heure|horaire|ora|hora|uur|timme|timmen|time|timen|tunti",
    "DAY": r"day|daily|diem|tag|jour|dag",
    "WEEK": r"week|weekly|wk|woche|semaine|vecka",
    "MONTH": (
        r"(?:calendar )?month|monthly|mo|pcm|p\.?\s?c\.?\s?m|monat|monatlich|mois|mensuels?|"
        r"mensile|mese|mes|mensual|m[eê]s|mensal|maand|månad|månaden|mån|måned|måneden|kk|kuukausi|miesiąc|"
        r"miesięcznie"
    ),
    "YEAR": (
        r"year|yearly|yr|annum|annual|annually|annualised|annualized|p\.?\s?a|jahr|jährlich|jährl|"
        r"jahresgehalt|(?<=par )an|annuels?|anno|annuo|annui|annua|año|anual|ano|jaar|år|året|"
        r"årlig|vuosi|rocznie"
    ),
}
# `an`, `time` and the like are words of other meanings unless "per" or a stroke stands before.
_ALONE = re.compile(r"(?:mo|hr|wk|time|timen|ora|hora|mes|ano|kk|std|tag|dag|day|hours|an|p.?a)$")
_PERIOD = re.compile(
    "|".join(
        rf"(?P<{unit}>(?P<per_{unit}>(?:\b(?:per|an?|each|every|pro|par|por|al|pr\.?|im|i|om|the)"
        rf"\s+|/\s*|all[’'])?)(?<![^\W_])(?:{words})(?![^\W_]))"
        for unit, words in _WORDS.items()
    ),
    re.IGNORECASE,
)
_ALWAYS = re.compile(r"p\.?\s?a\.?|annum|yr|hr", re.IGNORECASE)
# How long one works, and periods for which there is no word: "37 hours per week", "fortnightly".
_HOURS = re.compile(
    r"\d[\d.,]*\s*-?\s*(?:hours?|hrs?|h|stunden|timmar|uur|heures)\b[\s.,-]*"
    r"(?:per|an?|each|/|pro|in der|par)?\s*(?:working )?(?:week|wk|weekly|month|woche|vecka|day|"
    r"semaine)?\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:(?:bi|semi)[\s-]?(?:weekly|monthly|annual(?:ly)?)|fortnight(?:ly)?|"
    r"per (?:semester|course|session|class|unit|contract))\b",
    re.IGNORECASE,
)
_NEAR = 14  # characters

# What is earned in a period, in dollars' worth: wide of every real pay.
_BOUNDS: dict[SalaryUnit | None, tuple[float, float]] = {
    "HOUR": (1, 1_000),
    "DAY": (5, 8_000),
    "WEEK": (20, 40_000),
    "MONTH": (50, 85_000),
    "YEAR": (1_000, 10_000_000),
    None: (1, 10_000_000),
}


def plausible(worth: float, period: SalaryUnit | None) -> bool:
    """May this be earned in that period? `worth` is in dollars, in order of magnitude."""
    least, most = _BOUNDS[period]
    return least <= worth <= most


def stated_periods(text: str, start: int, end: int) -> Sequence[SalaryUnit | None]:
    """The periods a text names, the likeliest first: right after the figures, before them, later.

    `start` and `end` are where the figures begin and end. `[None]` when the period is one for which
    there is no word, such as a fortnight.
    """
    blank = _HOURS.sub(lambda found: " " * len(found.group()), text)
    other = _OTHER.search(blank)
    blank = _OTHER.sub(lambda found: " " * len(found.group()), blank)
    found = [match for match in _PERIOD.finditer(blank) if _is_said(match)]
    # Between or right after the figures, then before them, then anywhere later.
    ranked = sorted(
        found,
        key=lambda m: 0 if start <= m.start() <= end + _NEAR else 1 if m.start() < start else 2,
    )
    units: list[SalaryUnit] = [match.lastgroup for match in ranked]  # type: ignore[misc]
    if not units and other:
        return [None]
    return list(dict.fromkeys(units))


def _is_said(match: re.Match[str]) -> bool:
    """Is it a period? Short words are only one after "per" or a stroke."""
    whole = match.group()
    if match[f"per_{match.lastgroup}"].strip() or _ALWAYS.fullmatch(whole.strip()):
        return True
    return not _ALONE.fullmatch(whole.lower())
