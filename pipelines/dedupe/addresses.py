"""Addresses: when are two URLs one, and does a URL name one posting or a page of several?

Rules and exceptions from data met in community boards: the fragment is an opening on pages made by
hand, `ref=` is a number here and noise there, group pages list several openings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

# Where a visitor came from and how a page is shown. `ref` goes only without a digit.
_NOISE = re.compile(
    r"""(?:utm|hsa|mtm|mc|pk|_g[al]|_hs)_?.*|[gf]bclid|gclid|msclkid|gh_src|iisn?|iieid|trk\w*
    |lever-\w+(?:\[\])?|track(?:ing)?_?id|refid|referr?er|original_?subdomain|src|source
    |(?:applicant_guid|_jtochash|jobboardsource)|mode|mobile|width|height|bga|needsredirect
    |(?:jan|jun)1offset|hub|lang|locale|language|tz|tzname|amp""",
    re.VERBOSE | re.IGNORECASE,
)
# A last part of a path that consists of these names a page of openings, and not one of them.
_OF_PAGES = """
    job jobs career careers employment vacancy vacancies opening openings position positions
    opportunity opportunities hiring internship internships recruitment recruiting join us with our
    we are work working at for open current all latest view find search academic staff student
    students team people about home index listing listings results html htm php asp aspx research
    group lab center centre and the of get involved contact news blog announcements"""
_PAGE_WORDS = frozenset(_OF_PAGES.split())
_NUMBER = re.compile(r"(?<![\w])(?:[A-Za-z]{1,5}[-_]?)?\d{5,}(?![\w])")
# A last part that says what is done with what comes before it.
_VERB = re.compile(r"/(?:view|edit|preview|apply|details?|job|show|index\.\w+)$", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt)$", re.IGNORECASE)


Form = Literal["number", "words", "page"]


@dataclass(frozen=True)
class Address:
    """A URL without scheme, `www.` and noise."""

    host: str
    page: str  # host, path and query
    fragment: str
    numbers: frozenset[str]  # what may be a requisition's number
    form: Form  # what of it names one posting: a number, words alone, or nothing (a page)

    @property
    def names_one(self) -> bool:
        return self.form != "page"


@lru_cache(maxsize=16384)
def read_address(url: str) -> Address:
    """Take a URL apart; an empty or broken one has an empty host."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # "Invalid IPv6 URL"
        return Address("", "", "", frozenset(), "page")
    pairs = [pair for pair in parse_qsl(parts.query) if not _is_noise(*pair)]
    path = unquote(parts.path).rstrip("/")
    query = urlencode(sorted(pairs))
    page = f"{host}{path.lower()}" + (f"?{query}" if query else "")
    numbers = {*_NUMBER.findall(re.sub(r"[-_/.]", " ", path))}
    numbers |= {value for _, value in pairs if _NUMBER.fullmatch(value)}
    numbers |= set(_NUMBER.findall(parts.fragment))
    return Address(
        host,
        page,
        parts.fragment.strip("/! ").lower(),
        frozenset(number.upper() for number in numbers),
        _form(path, pairs),
    )


def _is_noise(name: str, value: str) -> bool:
    if name.lower() in ("ref", "reference"):
        return not re.search(r"\d", value)
    return bool(_NOISE.fullmatch(name))


def _form(path: str, pairs: list[tuple[str, str]]) -> Form:
    if any(re.search(r"\d{3,}", value) for _, value in pairs) or _DOCUMENT.search(path):
        return "number"
    last = _VERB.sub("", path).rpartition("/")[2]
    if re.search(r"\d{3,}", last) or (len(last) >= 10 and re.search(r"\d", last)):
        return "number"
    words = re.findall(r"[^\W_]{2,}", last.lower())
    return "words" if len(words) >= 3 and not _PAGE_WORDS.issuperset(words) else "page"
