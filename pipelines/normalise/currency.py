"""Currencies as they are written, and how large pay in them is. Pure."""

from __future__ import annotations

from functools import cache

import pycountry

# A dollar, a krona or a yen is whose country it is; other signs speak for themselves.
SIGNS = {
    "us$": "USD", "$us": "USD", "ca$": "CAD", "c$": "CAD", "$ca": "CAD", "cdn": "CAD",
    "au$": "AUD", "a$": "AUD", "nz$": "NZD", "hk$": "HKD", "nt$": "TWD", "mx$": "MXN",
    "s$": "SGD", "r$": "BRL", "£": "GBP",
    "€": "EUR", "₹": "INR", "rs": "INR", "₩": "KRW", "₪": "ILS", "₱": "PHP", "₺": "TRY", "₴": "UAH",
    "zł": "PLN", "kč": "CZK", "rm": "MYR", "sfr": "CHF", "fr": "CHF", "euro": "EUR", "euros": "EUR",
}  # fmt: skip
_BY_COUNTRY = {
    "$": {
        "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD",
        "MX": "MXN",
    },
    "kr": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
    "¥": {"JP": "JPY", "CN": "CNY"},
}  # fmt: skip
SHARED_SIGNS = frozenset(_BY_COUNTRY)

# English words that are codes of currencies in which no career site was seen to pay.
_WORDS = frozenset({"ALL", "CUP", "MOP", "SOS", "TOP", "XTS", "XXX"})

# Roughly how many units make a dollar: the order of magnitude, for telling pay from nonsense.
_SCALE = {
    "SEK": 10, "NOK": 10, "DKK": 7, "CZK": 22, "PLN": 4, "HUF": 350, "ISK": 130, "TRY": 30,
    "RUB": 80, "UAH": 40, "RON": 4, "ZAR": 17, "MXN": 18, "BRL": 5, "CLP": 900, "COP": 4000,
    "ARS": 1000, "INR": 25, "PKR": 280, "BDT": 110, "LKR": 300, "JPY": 130, "KRW": 1300, "CNY": 6,
    "HKD": 8, "TWD": 30, "THB": 33, "PHP": 55, "MYR": 4, "IDR": 15000, "VND": 25000, "ILS": 4,
    "KES": 130, "NGN": 1500,
}  # fmt: skip


def currency_of(sign: str | None, country: str | None) -> str | None:
    """ISO 4217 of a code or sign; `country` (ISO 3166-1 alpha-2) tells whose dollar it is."""
    if not sign:
        return None
    if is_code(sign):
        return sign
    sign = sign.lower().rstrip(".")
    if sign in _BY_COUNTRY:
        return _BY_COUNTRY[sign].get(country or "")
    return SIGNS.get(sign)


def scale(currency: str | None) -> int:
    """Units of the currency to a dollar, in order of magnitude; 1 for an unknown one."""
    return _SCALE.get(currency or "", 1)


@cache
def is_code(text: str) -> bool:
    """Is this an ISO 4217 code?"""
    return bool(text) and text not in _WORDS and pycountry.currencies.get(alpha_3=text) is not None
