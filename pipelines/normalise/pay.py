"""Text -> pay. Pure; a text without a currency or with nonsense in it says nothing.

A third figure is a progression point or a discretionary maximum: minimum and maximum are the first
two. Small figures without a period are hourly rates or fees, so they get no period.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from typing import get_args

import pycountry

from crawler.posting import Salary, SalaryUnit

# A dollar is whose country it is; other symbols speak for themselves.
_SYMBOLS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "£": "GBP", "€": "EUR", "₹": "INR", "₩": "KRW", "₪": "ILS",
    "zł": "PLN", "Kč": "CZK",
}  # fmt: skip
_DOLLARS = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD",
    "MX": "MXN",
}  # fmt: skip
_UNITS: dict[SalaryUnit, str] = {
    "HOUR": r"hour|hourly|hr|stunde|heure",
    "DAY": r"day|daily|diem|tag",
    "WEEK": r"week|weekly|wk",
    "MONTH": r"month|monthly|monat|monatlich|mois|mensuel",
    "YEAR": r"year|yearly|yr|annum|annual|annually|p\.?\s?a\.?|jahr|jährlich|(?<=par )an",
}
_UNIT = re.compile(
    "|".join(
        rf"(?P<{unit}>(?:\b(?:per|an?|each|pro|par|/)\s*|/\s*|\b)(?:{words})\b)"
        for unit, words in _UNITS.items()
    ),
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<![\w.,])(?P<code>[A-Z]{3}(?=\s?[\d$£€]))?\s?(?P<symbol>(?:US|CA|AU|NZ|HK|[CASR])?\$|[£€₹₩₪])?"
    r"\s?(?P<number>"
    r"\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d))"
    r"\s?(?P<thousand>[kK]\b)?(?P<percent>\s?%)?\s?(?:(?P<after>[A-Z]{3}\b|[€£$]|zł|Kč)(?!\s?\d))?"
)

_TO = re.compile(r"\s*(?:-|–|—|to|bis|à|and|/)\s*")
_WORD = re.compile(r"\b[A-Z]{3}\b")

YEARLY = 8_000  # a smaller figure without a period is no yearly pay
LEAST_YEARLY = 1_000  # in any currency worth naming
LARGEST = 10_000_000


def parse_pay(text: str | None, country: str | None = None) -> Salary | None:
    """The pay a text states, or None. `country` (ISO 3166-1 alpha-2) tells whose dollars."""
    if not text or len(text) > 500:
        return None
    figures = [figure for figure in _FIGURE.finditer(text) if not figure["percent"]]
    currencies = {currency for f in figures for currency in [_currency(f, country)] if currency}
    # "77,000 - 93,000 US Dollar (USD) Yearly": named once, apart from the figures.
    apart = not any(map(_is_marked, figures)) and set(filter(_is_code, _WORD.findall(text)))
    currencies |= apart or set()
    amounts = _amounts(text, figures, bool(apart))
    if not amounts or len(currencies) > 1:
        return None
    low, high = min(amounts[:2]), max(amounts[:2])
    unit = _unit(text, high)
    if high > LARGEST or (unit == "YEAR" and low < LEAST_YEARLY):
        return None
    bounds = _bounds(text, low) if len(amounts) == 1 else (low, high)
    return Salary(min=bounds[0], max=bounds[1], currency=next(iter(currencies), None), unit=unit)


def sound(salary: Salary) -> Salary | None:
    """A structured pay made consistent: the smaller figure first, known words only, or None."""
    low, high = (value if value and value > 0 else None for value in (salary.min, salary.max))
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        low, high = high, low
    currency = (salary.currency or "").strip().upper()
    unit = salary.unit if salary.unit in get_args(SalaryUnit) else None
    return Salary(min=low, max=high, currency=currency if _is_code(currency) else None, unit=unit)


def _amounts(text: str, figures: list[re.Match[str]], all_money: bool) -> list[float]:
    """The figures that are money, in the order of the text: once one is, those after it are."""
    amounts: list[float] = []
    thousands = any(figure["thousand"] for figure in figures)
    for figure, following in zip_longest(figures, figures[1:]):
        value = _number(figure["number"])
        if figure["thousand"] or (thousands and value < 1000):
            value *= 1000
        ranges = following and _TO.fullmatch(text, figure.end(), following.start())
        is_money = all_money or amounts or _is_marked(figure) or (ranges and _is_marked(following))
        # "Grade 7", "37 hours": a figure far below its neighbours is no money.
        if is_money and value > 0 and not (amounts and value * 10 < max(amounts)):
            amounts.append(value)
    return amounts


def _bounds(text: str, amount: float) -> tuple[float | None, float | None]:
    """One figure alone is both bounds, unless the text says that it is only one of them."""
    if re.search(r"\b(?:up to|maximum|max|bis zu|jusqu)", text, re.IGNORECASE):
        return None, amount
    if re.search(r"\b(?:from|starting|minimum|min|at least|ab)\b|\+\s*$", text, re.IGNORECASE):
        return amount, None
    return amount, amount


def _unit(text: str, amount: float) -> SalaryUnit | None:
    found = _UNIT.search(re.sub(r"\d[\d.,]*\s*hours?\s*(?:per|a|/)\s*week", "", text, flags=re.I))
    if found:
        return found.lastgroup  # type: ignore[return-value]
    return "YEAR" if amount >= YEARLY else None


def _number(text: str) -> float:
    """A figure with whatever separates its thousands and decimals."""
    if decimals := re.search(r"[.,](\d{1,2})$", text):
        whole = re.sub(r"\D", "", text[: decimals.start()])
        return float(f"{whole}.{decimals[1]}")
    return float(re.sub(r"\D", "", text))


def _currency(figure: re.Match[str], country: str | None) -> str | None:
    for code in (figure["code"], figure["after"]):
        if code and _is_code(code):
            return code
    symbol = figure["symbol"] or figure["after"]
    if symbol == "$":
        return _DOLLARS.get(country or "")
    return _SYMBOLS.get(symbol or "")


def _is_marked(figure: re.Match[str]) -> bool:
    """Does a currency stand before or after this figure?"""
    return bool(
        figure["symbol"]
        or (figure["after"] in _SYMBOLS or figure["after"] == "$")
        or any(_is_code(figure[name] or "") for name in ("code", "after"))
    )


@cache
def _is_code(text: str) -> bool:
    return bool(text) and pycountry.currencies.get(alpha_3=text) is not None
