"""The rules of identity: a table of traps, and properties that hold for any two postings."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedupe import (
    Candidate,
    Decision,
    Spot,
    Standing,
    are_apart,
    blocks_of,
    canonical,
    decide,
    group,
    pairs,
)
from pipelines.dedupe.addresses import read_address
from pipelines.dedupe.blocks import LIMIT
from pipelines.dedupe.descriptions import boilerplate, passages, shingles, with_descriptions
from pipelines.dedupe.employers import names_of, same_employer
from pipelines.dedupe.titles import compare, contradict, read_title

DAY = date(2026, 3, 1)
LEEDS, YORK = Spot("Leeds", None, "GB", False), Spot("York", None, "GB", False)


def own(native_id: str | None, **said: Any) -> Candidate:
    """A posting of Fernwood University's own site."""
    return _made(
        {
            "id": 1, "platform": "workday", "tenant": "fernwood", "native_id": native_id,
            "keys": frozenset({("workday", "fernwood", native_id)} if native_id else ()),
            "url": f"https://fernwood.wd1.example.com/careers/job/x_{native_id}",
        },
        said,
    )  # fmt: skip


def on_board(native_id: str, **said: Any) -> Candidate:
    """The same as a board of many employers shows it."""
    return _made(
        {
            "id": 2, "platform": "jobs_ac_uk", "tenant": "jobs.ac.uk", "native_id": native_id,
            "keys": frozenset({("jobs_ac_uk", "jobs.ac.uk", native_id)}), "board": True,
            "url": f"https://jobs.ac.uk.example/job/{native_id}/cluster",
        },
        said,
    )  # fmt: skip


def pasted(url: str, **said: Any) -> Candidate:
    """A posting known by a link that no platform claims."""
    return _made({"id": 3, "url": url}, said)


def _made(basis: dict[str, Any], said: dict[str, Any]) -> Candidate:
    usual = {
        "title": "Research Cluster Manager", "organization": "Fernwood University",
        "places": (LEEDS,), "location": "Leeds UK", "first": DAY, "last": date.max,
    }  # fmt: skip
    return Candidate(**{**usual, **basis, **said})


def kind_of(a: Candidate, b: Candidate) -> str | None:
    found = decide(a, b)
    return f"{found.kind} {found.how}" if found else None


LATER = {"first": DAY + timedelta(days=90)}
CLOSED = {"last": DAY + timedelta(days=20)}
GROUP_PAGE = "https://lab.example.org/join-us/open-positions/"
REQUISITION = {"requisition_id": "REQ-20417"}
TABLE = {
    # one key
    "one key": (own("R1"), own("R1"), "duplicate keys"),
    "retitled under one key": (
        own("R1", title="Research Manager, Foundation Models"),
        own("R1", title="Research Director"),
        "duplicate keys",
    ),
    "one key, later": (own("R1", **CLOSED), own("R1", **LATER), "duplicate keys"),
    "a link pasted wrongly": (
        own("R1", title="DevOps Engineer"), own("R1", title="Laboratory Safety Officer"), None,
    ),
    "two languages under one key": (
        own("R1", title="Ingénieur calcul intensif", language="fr"),
        own("R1", title="Supercomputing engineer", language="en"),
        "duplicate keys",
    ),
    # one requisition
    "many cities": (
        own("R1", **REQUISITION), own("R2", places=(YORK,), **REQUISITION), "duplicate requisition",
    ),
    "two gateways": (
        own("R1", **REQUISITION),
        own("77", platform="radancy", tenant="3437", keys=frozenset(), requisition_id="REQ20417",
            url="https://jobs.fernwood.example/job/leeds/77"),
        "duplicate requisition",
    ),
    "two languages": (
        own("R1", title="Leitung Rechenzentrum", language="de", **REQUISITION),
        own("R2", title="Head of Computing Centre", language="en", **REQUISITION),
        "duplicate requisition",
    ),
    "two levels of one requisition": (
        own("R1", title="Engineer II", **REQUISITION),
        own("R2", title="Engineer III", **REQUISITION),
        None,
    ),
    "no requisition at all": (
        own("R1", requisition_id="N/A"), own("R2", requisition_id="N/A"), "sibling text",
    ),
    "one number, two employers": (
        own("R1", **REQUISITION),
        own("9", platform="radancy", tenant="8", organization="Quantenhof AG", **REQUISITION),
        None,
    ),
    # one site
    "sibling": (own("R1"), own("R2"), "sibling text"),
    "sibling in another city": (own("R1"), own("R2", places=(YORK,), location="York UK"), None),
    "sibling by level": (own("R1", title="Engineer I"), own("R2", title="Engineer II"), None),
    "opened again": (own("R1", **CLOSED), own("R2", **LATER), "repost text"),
    "two entries of a board": (on_board("A1"), on_board("B2"), "sibling text"),
    "two entries of a board with one link": (
        on_board("A1", links=frozenset({("workday", "fernwood", "R1")})),
        on_board("B2", links=frozenset({("workday", "fernwood", "R1")})),
        "sibling text",
    ),
    # a link to the other
    "a board's link to apply": (
        own("R1", organization="FU", places=()),
        on_board("A1", links=frozenset({("workday", "fernwood", "R1")})),
        "duplicate link",
    ),
    "a board's link to another job": (
        own("R1", title="Finance Officer"),
        on_board("A1", links=frozenset({("workday", "fernwood", "R1")})),
        None,
    ),
    # one address
    "one address": (
        pasted("https://www.lab.example.org/node/401?utm_source=x"),
        pasted("http://lab.example.org/node/401/"),
        "duplicate url",
    ),
    "retitled at one address": (
        pasted("https://lab.example.org/node/401", title="Cluster Manager"),
        pasted("https://lab.example.org/node/401", title="Senior Cluster Manager"),
        "duplicate url",
    ),
    "a page of several openings": (
        pasted(GROUP_PAGE, title="Software Engineer"),
        pasted(GROUP_PAGE, title="Lead Software Engineer"),
        None,
    ),
    "the same opening of a page": (pasted(GROUP_PAGE), pasted(GROUP_PAGE), "duplicate url"),
    "an opening and its page": (
        pasted(GROUP_PAGE), pasted(GROUP_PAGE + "#cluster"), "duplicate url",
    ),
    "two openings of a page": (
        pasted(GROUP_PAGE + "#one"), pasted(GROUP_PAGE + "#two"), "sibling text",
    ),
    "`ref` is the number": (
        pasted("https://jobs.example.ac.uk/vacancy.aspx?ref=AHCDE1314"),
        pasted("https://jobs.example.ac.uk/vacancy.aspx?ref=CSUIT1834"),
        "sibling text",
    ),
    "`ref` is noise": (
        pasted("https://jobs.example.ac.uk/vacancy/9917?ref=newsletter"),
        pasted("https://jobs.example.ac.uk/vacancy/9917"),
        "duplicate url",
    ),
    "two addresses of one unknown site": (
        pasted("https://trading.example.com/job/storage-architect-lead-6"),
        pasted("https://trading.example.com/job/storage-architect-lead-4"),
        "sibling text",
    ),
    # one number
    "a search for a number": (
        own("24545464", url="https://jobs.example.edu/cluster-manager-122513/job/24545464"),
        own(None, url="https://jobs.example.edu/jobs?keyword=122513"),
        "duplicate number",
    ),
    "a number of the site": (
        own(None, title="Clerk", url="https://jobs.example.edu/a?site=30417&s=55501"),
        own(None, title="Clerk", url="https://jobs.example.edu/a?site=30417&s=55502"),
        None,
    ),
    # text
    "on a board": (own("R1"), on_board("A1"), "duplicate text"),
    "on a board, with the unit before": (
        own("R1"),
        on_board("A1", organization="IT Services, The Fernwood University"),
        "duplicate text",
    ),
    "on a board, later": (own("R1", **CLOSED), on_board("A1", **LATER), "repost text"),
    "on a board, nobody knows when": (own("R1", first=None), on_board("A1"), None),
    "on a board, long after, both undated in their end": (
        own("R1", last=None),
        on_board("A1", last=None, first=DAY + timedelta(days=60)),
        "repost text",
    ),
    "another employer": (own("R1"), on_board("A1", organization="Quantenhof AG"), None),
    "another city": (own("R1"), on_board("A1", places=(YORK,), location="York UK"), None),
    "another country": (
        own("R1", places=(Spot(None, None, "GB", True),)),
        on_board("A1", places=(Spot(None, None, "DE", True),), location="Remote DE"),
        None,
    ),
    "another rank": (own("R1"), on_board("A1", title="Senior Research Cluster Manager"), None),
    "an addition that distinguishes": (
        own("R1"), on_board("A1", title="Research Cluster Manager (Genomics)"), None,
    ),
    "a slip of the pen": (
        own("R1"), on_board("A1", title="Research Clutser Manager"), "duplicate text",
    ),
    "a link without a posting, of nobody knows whom": (
        own("R1"), own(None, tenant="", url="https://short.example/nF2k"), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_decisions(name: str) -> None:
    a, b, expected = TABLE[name]
    assert kind_of(a, b) == expected
    assert kind_of(b, a) == expected


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("Sr. Research Software Engineer", "Senior Research Software Engineer", "same"),
        ("Research Software Engineer (RSE)", "RESEARCH SOFTWARE ENGINEER", "same"),
        ("HPC Administrator (m/w/d)", "High Performance Computing Administrator", "same"),
        ("Data Steward (Remote)", "Data Steward - Hybrid", "same"),
        ("Data Stewards (up to ten posts)", "Data Steward", "same"),
        ("Softwareentwickler*in", "Softwareentwickler", "same"),
        ("Computing Manager (Research Fellow)", "Computing Manager", "same"),
        ("Specialist (Job ID 11905)", "Specialist", "same"),
        ("Systems Engineer", "System Engineer", "same"),
        ("Engineer, Data and Storage", "Engineer - Storage & Data", "same"),
        ("Director of Informatics", "Informatics Director", "same"),
        ("Developer", "Lead Developer", "near"),
        ("Scientist III", "Scientist II", "near"),
        ("Engineer 2", "Engineer", "near"),
        ("Application Developer (Data Science)", "Application Developer", "near"),
        ("Research Engineer (Level One)", "Research Engineer", "near"),
        ("Programme Manager", "Product Manager", "other"),
        ("Machine Learning Manager", "Machine Learning Engineering Manager", "near"),
        ("Director", "Director", "same"),
        ("Director", "Manager", "other"),
    ],
)
def test_titles(a: str, b: str, relation: str) -> None:
    assert compare(read_title(a), read_title(b)) == relation


def test_a_title_may_repeat_employer_and_place() -> None:
    names = ("institute of soil", "leeds")
    assert read_title("Data Steward, Institute of Soil", names) == read_title("Data Steward")
    assert read_title("Leeds - Data Steward", names) == read_title("Data Steward")
    assert read_title("Soil Institute Manager", names).words == ("soil", "institute")


def test_titles_that_each_say_something_else_contradict() -> None:
    def both(a: str, b: str) -> bool:
        return contradict(read_title(a), read_title(b))

    assert both("Director of the Center for Advanced Computing", "Storage Director")
    assert not both("User Services Support - Training", "End User Support Specialist - Training")
    assert not both("Senior Scientist", "Senior Scientist, Application Engineering")


def test_employers() -> None:
    assert same_employer("The Fernwood University", "Fernwood University (FU)")
    assert same_employer("Berry National Lab", "Berry National Laboratory")
    assert same_employer("Quantenhof", "Quantenhof GmbH")
    assert same_employer(
        "Fernwood Univesity of Soil Science", "Fernwood University of Soil Science"
    )
    assert not same_employer("Hub A, Fernwood University", "Hub B, Fernwood University")
    assert not same_employer("Fernwood University", "Fernwood College")
    assert not same_employer("", "")
    assert names_of("Hub A, Fernwood Univ.") == (
        "hub a fernwood university",
        "hub a",
        "fernwood university",
    )


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://a.example/jobs/4390?lang=en", "number"),
        ("https://a.example/careers/research-engineer-engineering-hub", "words"),
        ("https://a.example/files/position_2.pdf", "number"),
        ("https://a.example/file/d/1Nyb3AFyyl/view", "number"),
        ("https://a.example/about/join-our-team", "page"),
        ("https://a.example/", "page"),
        ("https://a.example/employment", "page"),
        ("http://[broken", "page"),
    ],
)
def test_the_form_of_an_address(url: str, form: str) -> None:
    assert read_address(url).form == form


# --- descriptions ---------------------------------------------------------------------------------

ABOUT = " ".join(f"about{n}" for n in range(120))
WORK = " ".join(f"duty{n}" for n in range(200))
OTHER = " ".join(f"task{n}" for n in range(200))
WEAK = Decision("duplicate", "text", 0.8)


def test_what_an_employer_always_says_is_no_likeness() -> None:
    common = boilerplate(map(passages, [f"{ABOUT}\nfirst", f"{ABOUT}\nsecond"]))
    a, b = f"{ABOUT}\n{WORK}", f"{ABOUT}\n{OTHER}"
    assert with_descriptions(WEAK, shingles(a, common), shingles(b, common)) is None
    assert with_descriptions(WEAK, shingles(a), shingles(b)) is not None


def test_descriptions_support_and_quotations_say_nothing() -> None:
    quoted, other_quote = " ".join(WORK.split()[:60]), " ".join(OTHER.split()[:60])
    alike = with_descriptions(WEAK, shingles(WORK), shingles(quoted))
    assert alike is not None
    assert (alike.how, alike.score > WEAK.score) == ("text+description", True)
    assert with_descriptions(WEAK, shingles(WORK), shingles(other_quote)) == WEAK
    assert with_descriptions(WEAK, shingles(WORK), shingles(OTHER), one_language=False) == WEAK


# --- groups ---------------------------------------------------------------------------------------


def _numbered(*candidates: Candidate) -> dict[int, Candidate]:
    return {n: Candidate(**{**vars_of(c), "id": n}) for n, c in enumerate(candidates, start=1)}


def vars_of(c: Candidate) -> dict[str, Any]:
    return {name: getattr(c, name) for name in Candidate.__dataclass_fields__}


def _grouped(known: dict[int, Candidate], **how: Any) -> list[list[int]]:
    found = {
        (a, b): said
        for a in known for b in known if a < b and (said := decide(known[a], known[b]))
    }  # fmt: skip
    return group(known, found, **how)


def test_siblings_do_not_meet_by_way_of_a_board() -> None:
    link = frozenset({("workday", "fernwood", "R1")})
    known = _numbered(own("R1"), own("R2"), on_board("A1", links=link))
    assert _grouped(known) == [[1, 3]]


def test_a_title_that_fits_two_openings_decides_nothing() -> None:
    assert _grouped(_numbered(own("R1"), own("R2"), on_board("A1"))) == []
    assert _grouped(_numbered(own("R1"), on_board("A1"), on_board("B2"))) == []


def test_many_cities_are_one_opening_to_a_board() -> None:
    cities = [own(f"R{n}", **REQUISITION) for n in range(4)]
    assert _grouped(_numbered(*cities, on_board("A1"))) == [[1, 2, 3, 4, 5]]


def test_the_description_tells_which_of_two_openings() -> None:
    known = _numbered(own("R1"), own("R2"), on_board("A1"))
    decisions = {(1, 3): WEAK, (2, 3): Decision("duplicate", "text+description", 0.97)}
    assert group(known, decisions) == [[2, 3]]


def test_the_employers_open_posting_stands_for_a_group() -> None:
    ours, closed = (
        Standing(True, False, False, "2026-03-05"),
        Standing(False, False, False, "2026-01-01"),
    )
    board, engine = (
        Standing(True, True, False, "2026-02-01"),
        Standing(True, False, True, "2026-02-01"),
    )
    assert canonical({1: board, 2: ours}) == 2
    assert canonical({1: board, 2: closed}) == 1
    assert canonical({1: Standing(False, True, False, "2026-01-01"), 2: closed}) == 2
    assert canonical({1: engine, 2: ours}) == 2
    assert canonical({2: ours, 1: ours}) == 1


# --- properties -----------------------------------------------------------------------------------

_TITLES = [
    "Cluster Manager",
    "Senior Cluster Manager",
    "Cluster Manager II",
    "Data Steward",
    "Director",
]
_URLS = [
    GROUP_PAGE,
    GROUP_PAGE + "#a",
    "https://lab.example.org/node/401",
    "https://b.example/x?ref=AB123",
]
_EMPLOYERS = ["Fernwood University", "Lab, Fernwood University", "Quantenhof", ""]
_LINKS = [("workday", "fernwood", "R1"), ("workday", "fernwood", "R2")]


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    basis = draw(st.sampled_from([own, on_board, pasted]))
    first = draw(st.none() | st.integers(0, 200).map(lambda n: DAY + timedelta(days=n)))
    said = {
        "title": draw(st.sampled_from(_TITLES)),
        "organization": draw(st.sampled_from(_EMPLOYERS)),
        "places": draw(st.sampled_from([(), (LEEDS,), (YORK, LEEDS)])),
        "requisition_id": draw(st.sampled_from([None, "REQ-20417", "20417"])),
        "links": frozenset(draw(st.sets(st.sampled_from(_LINKS), max_size=1))),
        "language": draw(st.sampled_from(["", "en", "de"])),
        "first": first,
        "last": draw(st.sampled_from([None, date.max])) if first else None,
    }  # fmt: skip
    if basis is pasted:
        return pasted(draw(st.sampled_from(_URLS)), **said)
    return basis(draw(st.sampled_from(["R1", "R2", "R3"])), **said)


@settings(deadline=None)
@given(candidates(), candidates())
def test_decisions_are_symmetric_and_never_merge_what_is_apart(a: Candidate, b: Candidate) -> None:
    found = decide(a, b)
    assert found == decide(b, a)
    assert found is None or 0 < found.score <= 1
    if are_apart(a, b):
        assert found is None or found.kind != "duplicate"


@settings(deadline=None)
@given(candidates(), candidates())
def test_whatever_is_a_duplicate_shares_a_block(a: Candidate, b: Candidate) -> None:
    found = decide(a, b)
    if found and found.kind == "duplicate" and (found.how != "text" or a.title == b.title):
        assert blocks_of(a) & blocks_of(b)


@settings(deadline=None)
@given(st.lists(candidates(), max_size=7), st.randoms(), st.data())
def test_groups_whatever_the_order(found: list[Candidate], pick: random.Random, data: Any) -> None:
    known = _numbered(*found)
    numbers = sorted(known)
    two = st.tuples(st.sampled_from(numbers), st.sampled_from(numbers)) if numbers else st.nothing()
    apart = data.draw(st.lists(two, max_size=3)) if numbers else []
    groups = _grouped(known, apart=apart)
    members = [posting for group in groups for posting in group]
    assert len(members) == len(set(members))
    assert not any(a != b and {a, b} <= set(group) for a, b in apart for group in groups)
    for one in groups:
        for a in one:
            for b in one:
                claimed = known[a].keys & known[b].keys
                assert a == b or claimed or not are_apart(known[a], known[b])
    shuffled = list(known.items())
    pick.shuffle(shuffled)
    assert _grouped(dict(sorted(shuffled, key=lambda _: pick.random())), apart=apart) == groups


@settings(deadline=None)
@given(st.lists(candidates(), min_size=2, max_size=40), st.randoms())
def test_the_pairs_of_a_block_whatever_the_order(
    found: list[Candidate], pick: random.Random
) -> None:
    block = list(_numbered(*found).values())

    def compared() -> set[frozenset[int]]:
        pick.shuffle(block)
        return {frozenset((a.id, b.id)) for a, b in pairs(block)}

    assert compared() == compared()


@pytest.mark.parametrize("title", ["Registered Nurse", None])
def test_comparisons_grow_with_the_number_of_postings(title: str | None) -> None:
    """One employer, one place, and one title or many: the worst there is."""

    def comparisons(count: int) -> int:
        blocks: dict[int, list[Candidate]] = {}
        for number in range(count):
            said = title or f"{_TITLES[number % 5]} of {'abcdefghij'[number % 10] * 4}"
            one = own(f"R{number}", id=number, title=said)
            for block in blocks_of(Candidate(**{**vars_of(one), "id": number})):
                blocks.setdefault(block, []).append(one)
        met = [sum(1 for _ in pairs(block)) for block in blocks.values() if len(block) > 1]
        assert all(n <= LIMIT * len(b) for n, b in zip(met, _large(blocks), strict=True))
        return sum(met)

    def _large(blocks: dict[int, list[Candidate]]) -> list[list[Candidate]]:
        return [block for block in blocks.values() if len(block) > 1]

    assert comparisons(2000) <= 2.1 * comparisons(1000)
