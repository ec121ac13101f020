"""What kind of employer a name tells of, in the catalogue's five words."""

from __future__ import annotations

import re

# The first that is found decides; what no word tells stays unknown.
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "lab",
        r"national lab|laborator(?:y|ies|io)\b|\blabs?\b(?=.*(?:berkeley|livermore|los alamos))"
        r"|supercomput|\bcern\b|\bembl\b|\bfermilab\b|synchrotron|light source|observator"
        r"|\bmax[- ]planck|\bhelmholtz|\bfraunhofer|\bcnrs\b|\binria\b|\bcsiro\b|\bstfc\b"
        r"|\bnoaa\b|\bnasa\b|\bncar\b|\bukri\b|atomic energy|institut[eo]? (?:national|pasteur)"
        r"|\bargonne|oak ridge|\bsandia\b|los alamos|lawrence (?:berkeley|livermore)|brookhaven"
        r"|\bpnnl\b"
        r"|\bucar\b|national cent(?:er|re)|goddard|jet propulsion"
        r"|\bepcc\b|\besnet\b|\bncsa\b|\bslac\b|\bnersc\b|research council|met office",
    ),
    (
        "academia",
        r"universit|\buniv\b|college|polytechni|\bécole\b|hochschule|institute? of technology"
        r"|\bschool of\b|\bfaculty of\b|\bacademy\b|\beth z|\bepfl\b|\bmit\b|caltech|georgia tech"
        r"|medical school|business school|\brutgers\b|\bcuny\b|\bsuny\b"
        r"|\buc [a-z]|\bucla\b|\bucl\b|\bkth\b|virginia tech|academic",
    ),
    (
        "nonprofit",
        r"foundation|hospital|medical cent|clinic\b|cancer (?:institute|cent)|charit|\btrust\b"
        r"|\bnhs\b|society|association|consortium|institute\b|institut\b|cent(?:er|re) for"
        r"|alliance|museum|librar"
        r"|health (?:system|care|sciences)|children'?s",
    ),
    (
        "public",
        r"\bdep(?:artmen)?t\.? (?:of|for)|\bcity of\b|\bstate of\b|\bcounty\b|ministry|\bagency\b"
        r"|\bcouncil\b|authority|commission|administration|\bgov|police|\bfederal\b|\bbureau\b"
        r"|office of the|\bpublic (?:health|service)|comptroller|\bcivil service|department\b"
        r"|\bnyc\b"
        r"|retirement sys|\bhousing\b|\bboard of\b|\bdistrict\b",
    ),
    (
        "industry",
        r"\binc\b|\bllc\b|\bltd\b|\blimited\b|\bplc\b|\bcorp|\bgmbh\b|\bag\b|\bs\.?a\.?\b|\bco\b"
        r"|technolog|systems\b|software|solutions|consult|pharma|therapeutics|biotech|bank\b"
        r"|capital|financ|insurance|\bgroup\b|recruit|\bllp\b|trading|ventures|partners",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


def kind_of(organization: str | None) -> str | None:
    """academia, lab, industry, nonprofit or public, when words of the name say so."""
    name = (organization or "").lower()
    return next((kind for kind, pattern in _PATTERNS if pattern.search(name)), None)
