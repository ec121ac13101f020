"""Organization: an employer's name as a reader expects it, its unit apart, agencies marked. Pure.

Legal forms stay in the name that is shown; `crawler.employers.employer_key` compares without them.
A unit is split off only where the name says which part is the institution: "Department of Physics,
University of Leeds", "Durham University - Mathematical Sciences", "Globus - University of Chicago".
A comma may also part a campus ("University of California, Berkeley") or a member of a federation
("Goldsmiths, University of London"): those names are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crawler.employers import employer_key

RECRUITERS = Path(__file__).with_name("recruiters.txt")

_INSTITUTION = re.compile(
    r"\b(?:universit\w*|univ\.?|uniwersytet|yliopisto|college|hochschule|polytechnic\w*|politecnico|"
    r"institut\w* of technology|national (?:lab\w*|center|centre)|hospitals?|nhs|medical center|"
    r"cancer (?:institute|center|centre)|max[- ]planck[- ]\w+|academy of sciences|caltech|eth)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"^(?:the |an? )?(?:(?:[\w&'’.-]+ ){0,6}?)"
    r"(?:dep(?:artmen)?t\.?|school|faculty|division|cent(?:er|re)|"
    r"institute?|laborator(?:y|ies)|lab|office|library|libraries|group|unit|section|branch|program(?:me)?|"
    r"initiative|facility|directorate|team|hub|college|services?|department[oe]|fakult[äa]t|institut)\b",
    re.IGNORECASE,
)
# What no campus, place or second name begins with.
_SECTION = re.compile(
    r"(?<=\w) +[-–|] +(?=(?:the )?(?:department|dept\.?|school|faculty|division) of )",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:the )?(?:college|school|faculty|department|dept|division|institute|cent(?:er|re)) "
    r"of(?! technology)\b(?!.*\buniversity\b)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\buniversity of (?:london|wales)$", re.IGNORECASE)  # federations
_MARK = re.compile(
    r"\s*[(\[]\s*(?:recruiters?|recruiting|recruitment|agency|staffing)\s*[)\]]", re.I
)
_AGENCY = re.compile(
    r"\b(?:recruit(?:ment|ing|ers?)|staffing|headhunt\w+|executive search|search partners|"
    r"personalberatung|personaldienstleist\w+|talent (?:solutions|acquisition partners))\b",
    re.IGNORECASE,
)
_NAMELESS = re.compile(r"^(?:confidential|undisclosed|n/?a|none|unknown|company name|-+)$", re.I)


class Organization(NamedTuple):
    """Who advertises."""

    name: str
    unit: str | None = None
    recruiter: bool = False


def read_organization(
    text: str,
    unit: str | None = None,
    *,
    employer: str | None = None,
    aliases: Iterable[str] = (),
) -> Organization:
    """What a site says of its employer (one tidied line), read.

    `unit` is what the site says apart; it goes before one that is split off. `employer` and
    `aliases` are the catalogue's names of the source's employer: an alias becomes the employer's
    name. A name that says nothing ("Confidential") is left as it is.
    """
    name = _MARK.sub("", text).strip(" ,;-–|") or text
    marked = name != text and bool(_MARK.search(text))
    if not _NAMELESS.match(name):
        name, split = _split(name)
        unit = unit or split
    key = employer_key(name)
    if employer and key in {employer_key(alias) for alias in aliases}:
        name = employer
    return Organization(name, unit or None, marked or is_recruiter(name))


def is_recruiter(name: str) -> bool:
    """Is this an agency that advertises for others?"""
    if employer_key(name) in _recruiters():
        return True
    return bool(_AGENCY.search(name)) and not _INSTITUTION.search(name)


def _split(name: str) -> tuple[str, str | None]:
    """The institution and its unit, or the whole name."""
    if section := _SECTION.search(name):
        return name[: section.start()].strip(), name[section.start() :].lstrip(" -–|")
    for separator in (" - ", " – ", " | "):
        first, found, rest = name.partition(separator)
        if found:
            first, rest = first.strip(), rest.strip()
            if _institution(first) and rest[:1].isupper() and not _INSTITUTION.search(rest):
                return first, rest
            if _institution(first) and _UNIT.match(rest):
                return first, rest
            if _institution(rest) and not _INSTITUTION.search(first) and "," not in rest:
                return rest, first
            return name, None
    first, found, rest = name.rpartition(",")
    if not found:
        return name, None
    first, rest = first.strip(), rest.strip()
    if _institution(rest) and not _WHOLE.search(rest) and not _institution(first):
        return rest, first
    first, _, rest = (part.strip() for part in name.partition(","))
    if _institution(first) and _UNIT.match(rest) and not _INSTITUTION.search(rest):
        return first, rest
    return name, None


def _institution(part: str) -> bool:
    """Is this the name of a whole institution, not of a college or hospital within one?"""
    return bool(_INSTITUTION.search(part)) and not _WITHIN.match(part)


@cache
def _recruiters() -> frozenset[str]:
    lines = RECRUITERS.read_text(encoding="utf-8").splitlines()
    return frozenset(employer_key(line) for line in lines if line and line[0] != "#")
