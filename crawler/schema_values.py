"""Values of a schema.org JobPosting node -> text, markup, places, pay.

A node is what crawler/structured_data.py makes of a page: lower-camel keys, references resolved.
The rules are those of ats/schemaorg_jobposting.md section 4, each for a shape found on real sites.
"""

from __future__ import annotations

import html
import re
from typing import Any

from crawler.posting import Salary

Node = dict[str, Any]


def as_list(value: Any) -> list[Any]:
    """A schema.org value may be one or a list of them."""
    return value if isinstance(value, list) else [value]


# --- text ----------------------------------------------------------------------------------------

# What software writes into validThrough by itself: datePosted and so many days. For the platforms
# read by structured data (`Platform.default_validity`; ats/schemaorg_jobposting.md section 4).
DEFAULT_VALIDITY = (30, 60, 90, 180, 365)

_ENTITY = re.compile(r"&(?:[a-z]+\d*|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&(?:amp;)?lt;/?[a-z][a-z0-9]*", re.IGNORECASE)
_BREAK = re.compile(r"&(?:amp;)?#(?:xa|10);", re.IGNORECASE)


def plain(value: Any) -> str:
    """The value as one line of plain text; of a node its name or value, of a list the first."""
    if isinstance(value, list):
        return next(filter(None, map(plain, value)), "")
    if isinstance(value, dict):
        return plain(value.get("name")) or plain(value.get("value"))
    if value is None or isinstance(value, bool):
        return ""
    text = str(value)
    for _ in range(2):
        if _ENTITY.search(text):
            text = html.unescape(text)
    return " ".join(text.split())


def joined(value: Any) -> str:
    """All values as one text, comma-separated."""
    return ", ".join(dict.fromkeys(filter(None, map(plain, as_list(value)))))


def markup(value: Any) -> str | None:
    """The description as HTML, unescaped at most twice; plain text stays plain."""
    text = "\n".join(part for part in as_list(value) if isinstance(part, str))
    text = _BREAK.sub("\n", text)
    if "\\n" in text:
        text = text.replace("\\r", "").replace("\\n", "\n")  # escaped once too often by the site
    for _ in range(2):
        if _ESCAPED_TAG.search(text) and not _TAG.search(text):
            text = html.unescape(text)
    return text.strip() or None


def unit(node: Node) -> str:
    """The department or faculty within the employer."""
    organizations = as_list(node.get("hiringOrganization"))
    departments = [o.get("department") for o in organizations if isinstance(o, dict)]
    return plain([node.get("employmentUnit"), *departments])


def identifier(node: Node) -> str:
    """The employer's number: `value` of a PropertyValue, whose `name` is the employer's."""
    for given in as_list(node.get("identifier")):
        text = plain(given.get("value") if isinstance(given, dict) else given)
        if text and "://" not in text:
            return text
    return ""


# --- places --------------------------------------------------------------------------------------

_NOWHERE = {"unavailable", "anywhere", "n/a", "none", "null", "undefined", "-", "--", "tbd"}


def places_of(node: Node, organization: str) -> tuple[list[str], str | None]:
    """Places as text, and the country when all of them are in the same one."""
    found = [place for place in as_list(node.get("jobLocation")) if place]
    addresses = [_address(place, organization) for place in found]
    if not any(parts or country for parts, country in addresses):
        # Remote: from where one may apply.
        found = [place for place in as_list(node.get("applicantLocationRequirements")) if place]
        addresses = [_address(place, organization) for place in found]
    names = [_said(place.get("name")) if isinstance(place, dict) else "" for place in found]
    if len(found) > 1 and all(names) and len(set(map(str, addresses))) == 1 < len(set(names)):
        # One office's address copied to all (ats/schemaorg_jobposting.md section 4, rule 5).
        addresses = [([name], addresses[0][1]) for name in names]
    countries = {country for _, country in addresses}
    common = countries.pop() if len(countries) == 1 else ""
    texts = []
    for parts, country in addresses:
        named = parts if parts and common else [*parts, country]
        texts.append(", ".join(filter(None, named)))
    return list(dict.fromkeys(filter(None, texts))), common or None


def _address(place: Any, organization: str) -> tuple[list[str], str]:
    """The parts of one place as its site names them, and its country; placeholders dropped."""
    if not isinstance(place, dict):
        return [text] if (text := _said(place)) else [], ""
    address = place.get("address")
    address = next((item for item in as_list(address) if item), None)
    name = _said(place.get("name"))
    if isinstance(address, str):
        return [text] if (text := _said(address) or name) else [], ""
    if not isinstance(address, dict):
        if str(place.get("@type")).endswith("Country"):
            return [], name
        address = place  # the address's own properties, or a name alone
    postcode = plain(address.get("postalCode"))
    locality, region = _said(address.get("addressLocality")), _said(address.get("addressRegion"))
    country = _said(address.get("addressCountry"))
    if locality in (postcode, organization) or locality.isdigit():
        locality = ""
    parts = [part for part in (locality, region) if part]
    if not parts and not country:
        parts = [text] if (text := _said(address.get("streetAddress")) or name) else []
    return [part for part in parts if part != organization], country


def _said(value: Any) -> str:
    text = plain(value)
    return "" if text.lower() in _NOWHERE else text


# --- pay -----------------------------------------------------------------------------------------

_UNITS: dict[str, Any] = {
    "HOUR": "HOUR", "HUR": "HOUR", "DAY": "DAY", "WEEK": "WEEK", "WEE": "WEEK", "MONTH": "MONTH",
    "MON": "MONTH", "YEAR": "YEAR", "ANN": "YEAR",
}  # fmt: skip


def pay(node: Node) -> tuple[str | None, Salary | None]:
    """Pay as text, and as numbers only when the site gives a currency and a figure above zero."""
    given = next((item for item in as_list(node.get("baseSalary")) if item), None)
    amount = given if isinstance(given, dict) else {"value": given}
    inner = next((item for item in as_list(amount.get("value")) if item), None)
    value = inner if isinstance(inner, dict) else {**amount, "value": inner}
    currency = plain(
        [amount.get("currency"), value.get("currency"), node.get("salaryCurrency")]
    ).upper()
    per = plain([said.get(key) for key in ("unitText", "unitCode") for said in (value, amount)])
    low, high, flat = (plain(value.get(name)) for name in ("minValue", "maxValue", "value"))
    figures = flat or "-".join(dict.fromkeys(filter(None, (low, high))))
    numbers = [n for n in (_number(low), _number(high)) if n] or [n for n in (_number(flat),) if n]
    if not figures or not (numbers or re.search(r"[^\W\d_]|[1-9]", figures)):
        return None, None  # empty texts, or 0 to 0
    if not numbers:
        return figures, None
    raw = " ".join(filter(None, (currency, figures, per)))
    if not re.fullmatch(r"[A-Z]{3}", currency):
        return raw, None
    least = None if high and not low else min(numbers)
    most = None if low and not high else max(numbers)
    return raw, Salary(min=least, max=most, currency=currency, unit=_UNITS.get(per.upper()))


def _number(text: str) -> float | None:
    """A figure above zero, with or without separators of thousands; None for any other text."""
    text = re.sub(r",(?=\d{3}(?:\D|$))", "", text)
    return float(text) or None if re.fullmatch(r"\d+(?:\.\d+)?", text) else None
