"""Plausible postings of invented employers, any number, the same ones for the same seed.

About half of the jobs are in research computing and data, the other half is what else a university,
laboratory or company advertises. Descriptions are written when they are first read, so that a
benchmark with very many postings starts at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from html import escape
from random import Random
from typing import Any, NamedTuple

from tests.simulator import words
from tests.simulator.base import Job, Site

POSTED_WITHIN = 60  # days
EMPLOYMENT = ("FULL_TIME",) * 8 + ("PART_TIME", "TEMPORARY")
WORKPLACES = ("onsite",) * 6 + ("hybrid",) * 3 + ("remote",)


class Employer(NamedTuple):
    """An invented employer: the word its site goes by, its name, and where it is."""

    word: str
    name: str
    cities: Sequence[words.City]


class WrittenJob(Job):
    """A job whose description is written when it is first read, or set by hand."""

    def __init__(self, key: str, topic: str, **fields: Any):
        super().__init__(description_html="", **fields)
        self.key = key
        self.topic = topic
        del self.description_html

    @cached_property
    def description_html(self) -> str:  # type: ignore[override]
        return description(self, self.topic, Random(f"{self.key}/text"))


def employers(seed: int, country: str | None = None) -> Iterator[Employer]:
    """Employers without end, each with a word of its own; in one country if it is given."""
    rng = Random(f"{seed}/employers/{country or ''}")
    stems = [start + end for start in words.STEM_STARTS for end in words.STEM_ENDS]
    rng.shuffle(stems)
    number = 0
    while True:
        number += 1
        again = "" if number == 1 else str(number)
        for stem in stems:
            home = country or rng.choice(words.CITIES).country
            kinds = words.EMPLOYERS[words.LANGUAGES.get(home, "en")]
            name = rng.choice(kinds).format(stem)
            cities = [city for city in words.CITIES if city.country == home]
            rng.shuffle(cities)
            yield Employer(stem.lower() + again, f"{name} {again}".strip(), cities[:2])


def make_site(
    employer: Employer,
    count: int,
    *,
    seed: int,
    today: date,
    on_behalf: Sequence[Employer] = (),
    deadlines: bool = True,
) -> Site:
    """A site with `count` jobs, the newest first.

    `on_behalf` are the employers whose jobs a board of many employers lists. `deadlines` off leaves
    out closing days, for tests in which many days pass.
    """
    rng = Random(f"{seed}/{employer.word}")
    ages = sorted((rng.randrange(POSTED_WITHIN) for _ in range(count)), reverse=True)
    site = Site(id=employer.word, employer=employer.name, jobs=[], today=today)
    for number, age in enumerate(ages, start=1):
        whose = on_behalf[number % len(on_behalf)] if on_behalf else employer
        posted = today - timedelta(days=age)
        site.jobs.append(make_job(whose, site, number, posted, seed=seed, deadline=deadlines))
    site.jobs.reverse()
    return site


def make_job(
    employer: Employer, site: Site, number: int, posted: date, *, seed: int, deadline: bool = True
) -> Job:
    """The job with this number, the same one for the same seed, site, number and day."""
    key = f"{seed}/{site.id}/{number}"
    rng = Random(key)
    title, topic, pay = _role(rng)
    city = rng.choice(employer.cities) if rng.random() < 0.85 else rng.choice(words.CITIES)
    unit = rng.choice(words.UNITS[topic])
    salary = _salary(rng, city.country, pay) if rng.random() < 0.4 else None
    # Still open on the site's day: an employer takes down what has expired.
    closes = site.today + timedelta(days=rng.randrange(3, 60)) if rng.random() < 0.5 else None
    return WrittenJob(
        key,
        topic,
        number=number,
        title=title,
        unit=unit,
        city=city.name,
        region=city.region,
        country=city.country,
        country_name=words.COUNTRIES[city.country],
        employment_type=rng.choice(EMPLOYMENT),
        workplace=rng.choice(WORKPLACES),
        posted_on=posted,
        closes_on=closes if deadline else None,
        salary=salary,
        employer=employer.name,
    )


def _role(rng: Random) -> words.Role:
    draw = rng.random()
    if draw < 0.5:
        return rng.choice(words.ORDINARY)
    if draw < 0.65:
        return rng.choice(words.LEADING)
    role = rng.choice(words.RESEARCH_COMPUTING)
    return role._replace(title=rng.choice(words.RANKS) + role.title)


def _salary(rng: Random, country: str, share: float) -> tuple[int, int, str]:
    currency, middle = words.PAY[country]
    low = round(middle * share * rng.uniform(0.8, 1.0), -2)
    return int(low), int(round(low * rng.uniform(1.1, 1.4), -2)), currency


def description(job: Job, topic: str, rng: Random) -> str:
    """Two to six paragraphs with headings and lists between them, as HTML."""
    facts = {
        "employer": escape(job.employer),
        "unit": escape(job.unit),
        "city": escape(job.city),
        "team": rng.choice(("five", "eight", "twelve")),
        "groups": rng.randrange(20, 400),
    }
    about = rng.choice(words.ABOUT).format(**facts)
    offers = rng.sample(words.OFFERS, rng.randrange(0, 5))
    equality = rng.choice(words.EQUALITY).format(**facts)
    duties = words.DUTIES[topic]
    return "\n".join(
        [
            f"<p>{about}</p>",
            "<h3>What you will do</h3>",
            _bullets(rng.sample(duties, rng.randrange(2, len(duties) + 1))),
            "<h3>What you bring</h3>",
            _bullets(words.WANTED[topic]),
            *(f"<p>{offer}</p>" for offer in offers),
            f"<p><em>{equality}</em></p>",
        ]
    )


def _bullets(points: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in points) + "</ul>"
