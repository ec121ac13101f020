"""Decide: what two postings are to each other. Pure and symmetric.

The first rule that applies decides:

1. one key (platform, tenant, native id), or a link to the other's: one vacancy, unless the titles
   contradict each other (a page with several openings, a link pasted wrongly);
2. one requisition of one employer under several native ids (many cities, two gateways, two
   languages): one vacancy, unless rank or level differ;
3. other ids on one site: never merged. The same role is a sibling, or later a repost;
4. one address: one vacancy; where the address is a page of openings only under the same title;
5. one number in two addresses of one site, under the same title;
6. the same employer, title and place: one vacancy while both are open, else a repost.

How long an advertisement stays up when nobody says is the median of what the community's boards
record, 42 to 44 days from posted to expiry.
"""

from __future__ import annotations

from datetime import date, timedelta

from rapidfuzz import fuzz

from pipelines.dedupe.candidate import Candidate, Decision, Spot
from pipelines.dedupe.employers import same_employer
from pipelines.dedupe.titles import compare, contradict, plain

USUAL_LIFE = timedelta(days=44)
RESEMBLES = 75  # of 100: two names of an employer on one site of one tenant
SPECIFIC = 4  # words of substance from which a title alone tells openings of one site apart


def decide(a: Candidate, b: Candidate) -> Decision | None:
    """What these are to each other, or None: nothing. Descriptions are not looked at."""
    return (
        _by_key(a, b)
        or _by_requisition(a, b)
        or (_on_one_site(a, b) if are_apart(a, b) else _by_address(a, b) or _by_text(a, b))
    )


def are_apart(a: Candidate, b: Candidate) -> bool:
    """Other ids on one site, and not one requisition: never one vacancy."""
    if a.site != b.site or not any(a.site) or a.own_id is None or b.own_id is None:
        return False
    return a.own_id != b.own_id and not a.keys & b.keys and not _one_requisition(a, b)


def _by_key(a: Candidate, b: Candidate) -> Decision | None:
    same = compare(a.heading, b.heading) == "same"
    if a.keys & b.keys:
        # The key of a generic engine is an address, and judged as one.
        if same or (not a.generic and not _contradicted(a, b)):
            return Decision("duplicate", "keys", 1.0 if same else 0.97)
        return None
    if not (a.keys & b.links or b.keys & a.links or a.links & b.links):
        return None
    if are_apart(a, b) or not (same or not _contradicted(a, b)):
        return None  # two entries of one board are two, also with one link
    return Decision("duplicate", "link", 0.99 if same else 0.95)


def _contradicted(a: Candidate, b: Candidate) -> bool:
    return contradict(a.heading, b.heading) and not _translated(a, b)


def _by_requisition(a: Candidate, b: Candidate) -> Decision | None:
    if not _one_requisition(a, b):
        return None
    if _translated(a, b):
        return Decision("duplicate", "requisition", 0.95)
    if not _one_rank(a, b):
        return None
    same_site = a.site == b.site
    if compare(a.heading, b.heading) == "same":
        return Decision("duplicate", "requisition", 0.99 if same_site else 0.97)
    if same_site and not contradict(a.heading, b.heading):
        return Decision("duplicate", "requisition", 0.95)
    return None


def _one_requisition(a: Candidate, b: Candidate) -> bool:
    ours, theirs = requisition_of(a), requisition_of(b)
    if ours is None or ours != theirs:
        return False
    if a.site == b.site:
        return _one_employer(a, b) or compare(a.heading, b.heading) == "same"
    return not a.generic and not b.generic and _one_employer(a, b)


def requisition_of(a: Candidate) -> str | None:
    """The employer's own number in one spelling; None for what is no number ("N/A", "12")."""
    said = "".join(c for c in (a.requisition_id or "").upper() if c.isalnum())
    return said if sum(c.isdigit() for c in said) >= 4 else None


def _one_rank(a: Candidate, b: Candidate) -> bool:
    return a.heading.ranks == b.heading.ranks and a.heading.levels == b.heading.levels


def _translated(a: Candidate, b: Candidate) -> bool:
    return bool(a.language and b.language and a.language[:2] != b.language[:2])


def _on_one_site(a: Candidate, b: Candidate) -> Decision | None:
    if compare(a.heading, b.heading) != "same" or not _one_employer(a, b):
        return None
    if not agree_in_place(a, b):
        return None
    if _overlap(a, b) is False:
        return Decision("repost", "text", 0.8)
    return Decision("sibling", "text", 0.9)


def _by_address(a: Candidate, b: Candidate) -> Decision | None:
    here, there = a.address, b.address
    if not here.host or here.host != there.host:
        return None
    same = compare(a.heading, b.heading) == "same"
    if here.page == there.page:
        if here.fragment and there.fragment and here.fragment != there.fragment:
            return None
        if same:
            return Decision("duplicate", "url", 0.98)
        retitled = here.form == "number" or (here.form == "words" and _one_rank(a, b))
        return Decision("duplicate", "url", 0.9) if retitled and not _contradicted(a, b) else None
    # A number may be the site's, in all of its addresses: then each has its own one beside it.
    shared = here.numbers & there.numbers
    if same and shared and shared in (here.numbers, there.numbers):
        return Decision("duplicate", "number", 0.93)
    return None


def _by_text(a: Candidate, b: Candidate) -> Decision | None:
    if compare(a.heading, b.heading) != "same" or not _one_employer(a, b):
        return None
    if not agree_in_place(a, b):
        return None
    if a.address.page == b.address.page and a.address.page:
        return None  # one page, two openings: the rule above has said so
    if _may_be_any_of_one_site(a, b) and (
        not a.tenant or a.tenant != b.tenant or len(a.heading.words) < SPECIFIC
    ):
        return None
    overlap = _overlap(a, b)
    if overlap is None:
        return None
    sure = 0.55 + 0.15 * min(len(a.heading.words), SPECIFIC) / SPECIFIC
    sure += 0.1 if a.places and b.places else 0.0
    if not overlap:
        return Decision("repost", "text", round(sure, 2))
    return Decision("duplicate", "text", round(sure + 0.05, 2))


def _may_be_any_of_one_site(a: Candidate, b: Candidate) -> bool:
    """Is one a link of the other's platform that does not say which posting it leads to?"""
    if a.platform != b.platform or not a.platform or a.generic:
        return False
    return None in (a.own_id, b.own_id)


def _one_employer(a: Candidate, b: Candidate) -> bool:
    if same_employer(a.organization, b.organization):
        return True
    if a.site != b.site or not a.tenant or a.board or b.board:
        return False
    # One site of one employer; some vendors' sites are of many, so the names must resemble.
    return (
        not (a.employers and b.employers)
        or fuzz.token_set_ratio(a.employers[0], b.employers[0]) >= RESEMBLES
    )


# --- place and time -------------------------------------------------------------------------------


def agree_in_place(a: Candidate, b: Candidate) -> bool:
    """Is any place of one a place of the other, as far as both are known?"""
    if not a.places or not b.places or plain(a.location) == plain(b.location) != "":
        return True
    return any(_one_place(x, y) for x in a.places for y in b.places)


def _one_place(x: Spot, y: Spot) -> bool:
    if x.country and y.country and x.country != y.country:
        return False
    if x.remote and y.remote:
        return True
    if x.region and y.region and x.region != y.region:
        return False
    return not (x.city and y.city) or _one_city(plain(x.city), plain(y.city))


def _one_city(x: str, y: str) -> bool:
    x, y = x.removesuffix(" city"), y.removesuffix(" city")
    return x == y or x.replace("-", " ") == y.replace("-", " ")


def _overlap(a: Candidate, b: Candidate) -> bool | None:
    """Were both up at a time? None when nobody knows when they were."""
    if a.first is None or b.first is None:
        return None
    return a.first <= _end(b) and b.first <= _end(a)


def _end(a: Candidate) -> date:
    assert a.first is not None
    return a.last or a.first + USUAL_LIFE
