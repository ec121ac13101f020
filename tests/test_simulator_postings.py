"""The generated postings: plausible, varied, and the same ones for the same seed."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import Any

import pycountry
from lxml import etree

from tests.simulator import words
from tests.simulator.generator import employers, make_site
from tests.toy import TODAY


def jobs(seed: int = 1, count: int = 400) -> list[Any]:
    employer = next(employers(seed))
    return make_site(employer, count, seed=seed, today=TODAY).jobs


def test_the_same_seed_brings_the_same_postings_and_another_one_others() -> None:
    texts = [(job, job.description_html) for job in jobs()]
    assert texts == [(job, job.description_html) for job in jobs()]
    assert texts != [(job, job.description_html) for job in jobs(seed=2)]


def test_about_half_of_the_postings_are_of_research_computing() -> None:
    ordinary = {role.title for role in words.ORDINARY}
    share = sum(job.title in ordinary for job in jobs()) / 400
    assert 0.4 < share < 0.6


def test_postings_are_recent_open_and_the_newest_comes_first() -> None:
    posted = [job.posted_on for job in jobs()]
    assert posted == sorted(posted, reverse=True)
    assert TODAY - timedelta(days=60) < posted[-1]
    assert posted[0] <= TODAY
    closing = [job.closes_on for job in jobs() if job.closes_on]
    assert 100 < len(closing) < 300
    assert min(closing) > TODAY


def test_every_place_has_the_right_codes() -> None:
    for code, name in words.COUNTRIES.items():
        assert pycountry.countries.lookup(name).alpha_2 == code
    for city in words.CITIES:
        assert city.country in words.COUNTRIES
        if city.region:
            assert pycountry.subdivisions.get(code=f"{city.country}-{city.region}"), city


def test_descriptions_have_two_to_six_paragraphs_and_are_well_formed() -> None:
    counts = set()
    for job in jobs():
        marked_up = job.description_html.replace("&nbsp;", "\u00a0")
        tree = etree.fromstring(f"<div>{marked_up}</div>")
        counts.add(len(tree.findall("p")))
        assert len(tree.findall("ul")) == 2
        assert "{" not in marked_up
    assert counts == {2, 3, 4, 5, 6}


def test_a_description_is_written_when_it_is_read() -> None:
    job = jobs()[0]
    assert "description_html" not in vars(job)
    assert job.description_html
    job.description_html = "<p>Edited</p>"
    assert job.description_html == "<p>Edited</p>"


def test_no_two_employers_share_their_word_or_name() -> None:
    many = list(islice(employers(1), 1000))
    assert len({employer.word for employer in many}) == 1000
    assert len({employer.name for employer in many}) == 1000
