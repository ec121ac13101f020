"""How a job is worked: onsite, hybrid or remote, from a field of its own or from beside a place.

"Boston, MA (Remote)" is a remote job, "Boston, MA (remote possible)" one in Boston or from home.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.posting import Workplace

REMOTE = re.compile(
    r"\b(?:(?:local-)?remote(?:ly)?|telecommut(?:e|es|ing|er)|teleworking|telework|virtual(?:ly)?|"
    r"wfh|home[- ]?(?:based|office|working)|work(?:ing)? from (?:home|anywhere)|(?:at|from) home|"
    r"online|anywhere (?=(?:in|within)\b))\b",
    re.IGNORECASE,
)
_PARTLY = r"(?:some|partial(?:ly)?|part[- ]time|PT|occasional(?:ly)?|limited)"
_REMOTE_OK = re.compile(REMOTE.pattern + r"(?: (?:is )?OK\b)?", re.IGNORECASE)
# "2 days/week on campus", "1 day in the office", "at least two days per week"
_DAYS = re.compile(
    r"(?:at least |minimum (?:of )?|up to )?"
    r"\b(?:\d(?: ?- ?\d)?|one|two|three|four|five)\b ?\+?(?: ?x)? ?"
    r"days?\b(?P<week>\s*(?:/|per|a|each)\s*w(?:ee)?k\b)?"
    r"(?P<there>\s*(?:in[ -](?:the )?office|on[ -]?site|(?:on|at)[ -](?:the )?campus|in[ -]person|"
    r"remote(?:ly)?))?",
    re.IGNORECASE,
)
_HYBRID = re.compile(
    rf"\bhybrid\w*|\b{_PARTLY} (?:remote|telework)\w*|"
    # "what days to be in person"
    r"\bdays?\b[^;|]{0,40}?\b(?:office|on-?site|in[ -]person|campus)\b",
    re.IGNORECASE,
)
_NOT_REMOTE = re.compile(
    r"\b(?:not?|non|isn't|never)[ -]?(?:a |an |currently |eligible for |available for |fully )?"
    r"(?:remote(?:ly)?|telework\w*|telecommut\w*|hybrid)(?: (?:work|position|job|eligible))*"
    r"(?: (?:or|nor) (?:hybrid|remote))?\b|"
    r"\b(?:remote|telework)(?: work)? (?:is )?not\b[^,;()]*",
    re.IGNORECASE,
)
_ONSITE = re.compile(r"\b(?:fully |100 ?% )?(?:on-?site|on site|in[ -]person|in[ -]office)\b", re.I)
_HYBRID_WORD = re.compile(
    r"\bhybrid\w*\b|"
    rf"\b{_PARTLY} (?:remote|telework)\w*(?: (?:work|flexibility|days))?",
    re.IGNORECASE,
)
# Words that make working from home a possibility.
_MAY_BE = re.compile(
    r"possib|potential|option|\bok(?:ay)?\b|friendly|eligib|\b(?:can|may|could|might)\b|allow|"
    r"availab|consider|negotia|flexib|welcome|support|prefer|\bor\b|open to|local-",
    re.IGNORECASE,
)
# Words that say nothing about where.
_FILLER = re.compile(
    r"\b(?:fully|full(?:[ -]?time)?|100 ?%|part(?:ial(?:ly)?|[ -]time)?|work(?:ing|er)?s?|"
    r"positions?|jobs?|roles?|is|are|be|being|this|can|may|could|might|possib\w+|potential\w*|"
    r"option\w*|ok(?:ay)?|friendly|eligib\w+|allow\w+|availab\w+|under|consider\w*|negotia\w+|"
    r"flexib\w+|arrangements?|schedule|modes?|some|with|only|preferred|preference|first|anywhere|"
    r"location|based|welcome|open|to|also|the|a|an|and|of|in|from|within|for|at|by|required|"
    r"support(?:ed|s)?|contract|candidates?|applicants?|must|reside|live|living|located|state of|"
    r"opportunit(?:y|ies)|environment|setting|citizens?|residents?|nationals?)\b",
    re.IGNORECASE,
)


_TRAVEL = re.compile(
    r"[,\s]*\b(?:with|including|plus|some|occasional)\b[\w\s]{0,20}\btravel\b.*", re.I
)


class Mode(NamedTuple):
    """What a text says of the way of working, and the text without it."""

    rest: str
    hybrid: bool
    onsite: bool


def take_mode(text: str) -> Mode:
    """Take hybrid, on-site and "not remote" out of a text; remote stays, it may have an area."""
    rest = _NOT_REMOTE.sub(" onsite ", _TRAVEL.sub("", text))
    days = any(found["week"] or found["there"] for found in _DAYS.finditer(rest))
    hybrid = days or _HYBRID.search(rest) is not None
    if hybrid:
        rest = _HYBRID_WORD.sub(" ", _DAYS.sub(" ", rest))
    onsite = _ONSITE.search(rest) is not None
    return Mode(_ONSITE.sub(" ", rest), hybrid, onsite)


def may_be_remote(text: str) -> bool:
    """Is working from home only a possibility here?"""
    return _MAY_BE.search(text) is not None


def without_filler(text: str) -> str:
    """What is left of a text about the way of working: the area, or nothing.

    Two capitals stay: IN and OK are states, and so is the OR of "Portland, OR".
    """
    text = _REMOTE_OK.sub(" ", text)
    text = _FILLER.sub(lambda word: word[0] if re.fullmatch("[A-Z]{2}", word[0]) else " ", text)
    text = re.sub(r"\s+", " ", text).strip(" ,-–—:/.&")
    return re.sub(r"^or\b\s*|\s*\bor$", "", text)


def parse_workplace(text: str | None) -> Workplace | None:
    """onsite, hybrid or remote, as a site's own field says it; hybrid where it says several."""
    told = re.sub(r"[\s_-]+", "", text or "").lower()
    if "hybrid" in told or "partial" in told:
        return "hybrid"
    if "nonremote" in told or "notremote" in told or "noremote" in told:
        return "onsite"
    if "remote" in told or "telecommut" in told or "homebased" in told or "workfromhome" in told:
        return "remote"
    return "onsite" if "onsite" in told or "inperson" in told or "inoffice" in told else None
