"""The simulated sites without HTTP: how they are spread, changed, and played from fixtures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.loader import platforms, spider_class
from crawler.sources import read_catalogue
from tests.simulator.base import SimRequest, SimResponse
from tests.simulator.client import CHECKOUT
from tests.simulator.plan import Plan, build, protocols, write_catalogue
from tests.simulator.player import Player, players
from tests.simulator.world import Change, Unfit
from tests.toy import PAGE, TODAY, Toy, get, site_of, url_of, world


def test_sources_are_spread_over_platforms_in_turn_and_a_single_site_is_made_once() -> None:
    made = world(platforms=["toy", "toy_board"], sources=5)
    kinds = [member.protocol.platform for member in made.members.values()]
    assert kinds == ["toy", "toy_board", "toy", "toy", "toy"]
    quirks = [m.protocol.site.quirks for m in made.members.values() if m.protocol.platform == "toy"]
    assert quirks == [{}, {"colour": "red"}, {}, {"colour": "red"}]


def test_the_demo_has_a_site_for_each_variant_of_a_platform() -> None:
    made = world(platforms=["toy", "toy_board"], sources=None, demo=True)
    sites = [(m.protocol.platform, m.protocol.site.quirks) for m in made.members.values()]
    assert sites == [("toy", {}), ("toy_board", {}), ("toy", {"colour": "red"})]


def test_a_board_lists_many_employers_of_its_country() -> None:
    site = site_of(world(platforms=["toy_board"], postings=100))
    assert len({job.employer for job in site.jobs}) == 12
    assert site.employer not in {job.employer for job in site.jobs}
    assert sum(job.country == "GB" for job in site.jobs) > 70


@pytest.mark.parametrize(
    ("plan", "sizes"),
    [
        ({"postings": 1000}, (1000, 25, 75)),
        ({"per_source": (7, 7)}, (140, 7, 7)),
        ({"per_source": (0, 3)}, (None, 0, 3)),
        ({"demo": True}, (None, 12, 60)),
        ({"postings": 0}, (0, 0, 0)),
    ],
)
def test_sites_are_as_large_as_asked_for(plan: Any, sizes: Any) -> None:
    total, least, most = sizes
    counts = [len(m.protocol.site.jobs) for m in world(sources=20, **plan).members.values()]
    assert len(counts) == 20
    assert total in (None, sum(counts))
    assert least <= min(counts)
    assert max(counts) <= most


def test_a_platform_may_have_a_usual_size_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Toy, "usual_size", (3, 5))

    def sizes(**plan: Any) -> set[int]:
        made = world(sources=30, **plan)
        return {len(member.protocol.site.jobs) for member in made.members.values()}

    assert sizes() == sizes(demo=True) == {3, 4, 5}
    assert sizes(per_source=(8, 8)) == {8}


def test_one_site_can_be_made_large() -> None:
    counts = [
        len(member.protocol.site.jobs)
        for member in world(sources=3, per_source=(2, 2), sizes={"toy": 2100}).members.values()
    ]
    assert counts == [2100, 2, 2]


def test_an_unknown_platform_is_refused_with_those_there_are() -> None:
    with pytest.raises(Unfit, match="no protocol for tyo; there are toy, toy_board"):
        world(platforms=["tyo"])


def test_every_protocol_is_found_and_named_after_its_platform() -> None:
    files = {path.stem for path in (CHECKOUT / "tests" / "simulator").glob("*.py")}
    assert set(protocols()) == files & set(platforms())


def test_the_demo_has_sites_of_every_platform_in_a_catalogue_that_loads(tmp_path: Path) -> None:
    made = build(Plan(demo=True, fixtures=True, today=TODAY))
    write_catalogue(made, tmp_path)
    catalogue = read_catalogue([tmp_path])
    assert set(catalogue) == set(made.members)
    read = {name for name, platform in platforms().items() if not platform.unread}
    assert {source.platform for source in catalogue.values()} == read
    for source in catalogue.values():
        spider_class(source)  # raises when an entry does not fit its platform
    generated = [m for m in made.members.values() if m.employers]
    assert 500 <= sum(len(m.protocol.site.jobs) for m in generated) <= 700


@pytest.mark.parametrize("platform", protocols())
def test_a_site_answers_for_the_url_of_its_entry_and_its_robots(platform: str) -> None:
    made = build(Plan(platforms=[platform], today=TODAY))
    url = urlsplit(url_of(made))
    robots = get(made, f"{url.scheme}://{url.netloc}/robots.txt")  # comes first in a crawl
    assert robots.status == 200
    assert str(robots.body).lower().startswith(("user-agent", "#"))
    assert made.answer(SimRequest("GET", url.geturl(), {})).source == site_of(made).id


def test_postings_are_removed_restored_added_and_edited() -> None:
    made = world(postings=10)
    site = site_of(made)
    first, second, third, *_ = (job.number for job in site.listed)

    def change(**what: Any) -> dict[str, Any]:
        return made.change(Change(source=site.id, **what))

    assert change(remove=2, say_closed=True) == {"listed": 8, "numbers": [first, second]}
    assert site.job(first).closed_said  # type: ignore[union-attr]
    assert change(remove=[third]) == {"listed": 7, "numbers": [third]}
    assert not site.job(third).closed_said  # type: ignore[union-attr]
    assert change(restore=True)["listed"] == 10
    assert not site.job(first).closed_said  # type: ignore[union-attr]
    assert change(empty=True)["listed"] == 0
    assert change(restore=True, add=2) == {
        "listed": 12, "numbers": [first, second, third, *range(first - 3, 0, -1), 11, 12]
    }  # fmt: skip
    assert [job.number for job in site.listed[:3]] == [12, 11, first]
    assert site.listed[0].posted_on == TODAY
    change(edit={"number": third, "title": "", "closes_on": "2026-12-24"})
    edited = site.job(third)
    assert edited is not None
    assert (edited.title, edited.closes_on) == ("", date(2026, 12, 24))
    change(quirks={"colour": "blue"})
    assert site.quirks == {"colour": "blue"}
    change(quirks={"colour": None})
    assert site.quirks == {}


def test_a_change_that_cannot_be_made_says_why() -> None:
    made = world(postings=1)
    with pytest.raises(Unfit, match="no source 'nowhere'"):
        made.change(Change(source="nowhere"))
    with pytest.raises(Unfit, match="has no job 99"):
        made.change(Change(source=site_of(made).id, remove=[99]))


def test_days_pass_and_expired_postings_are_taken_down() -> None:
    made = world(postings=50)
    site = site_of(made)
    expiring = [job for job in site.jobs if job.closes_on and job.closes_on < date(2026, 9, 9)]
    assert made.advance(20) == len(expiring) > 0
    assert site.today == date(2026, 9, 9)
    assert [job for job in site.jobs if job.removed] == expiring
    forever = world(postings=50, deadlines=False)
    assert forever.advance(365) == 0


def test_a_growing_site_never_comes_to_its_last_page() -> None:
    made = world(postings=5)
    made.change(Change(source=site_of(made).id, quirks={"grows": PAGE}))
    seen: list[int] = []
    for page in range(10):
        answer: Any = get(made, f"{url_of(made)}?page={page}").body
        seen += [row["id"] for row in answer["jobs"]]
    assert len(set(seen)) == len(seen) == 10 * PAGE


def test_an_unknown_host_is_not_found_and_has_no_robots() -> None:
    made = world()
    assert get(made, "https://elsewhere.example/robots.txt").status == 404
    assert get(made, "https://elsewhere.example/jobs").status == 404
    robots = get(made, url_of(made).replace("/jobs", "/robots.txt"))
    assert (robots.status, "Disallow:\n" in str(robots.body)) == (200, True)


TAPE = """
[[exchange]]
request = "GET https://jobs.fernhaven.example/list?a=1&b=2"
text = '{"token": 1}'
headers = { Content-Type = "application/json" }

[[exchange]]
request = "GET https://jobs.fernhaven.example/list?a=1&b=2"
text = '{"token": 2}'

[[exchange]]
request = "POST https://jobs.fernhaven.example/list"
body = '{"page": 1, "size": 20}'
status = 202
text = "second page"
"""


@pytest.fixture
def fixtures(tmp_path: Path) -> Path:
    folder = tmp_path / "toy" / "normal"
    (folder / "tape").mkdir(parents=True)
    (folder / "tape" / "tape.toml").write_text(TAPE, encoding="utf-8")
    (folder / "source.toml").write_text(
        '[[source]]\nid = "fernhaven"\nemployer = "Fernhaven Institute"\n'
        'url = "https://jobs.fernhaven.example/"\n',
        encoding="utf-8",
    )
    return tmp_path


def test_a_fixture_is_played_again_and_again(fixtures: Path) -> None:
    (player,) = players(TODAY, root=fixtures)
    assert (player.platform, player.entry()["employer"]) == ("toy", "Fernhaven Institute")

    def ask(method: str, path: str, body: str = "") -> SimResponse | None:
        url = f"https://jobs.fernhaven.example{path}"
        assert player.answers_for(urlsplit(url))
        return player.answer(SimRequest(method, url, {}, body.encode()))

    answers = [ask("GET", "/list?b=2&a=1") for _ in range(3)]
    assert [answer and answer.body for answer in answers] == [
        b'{"token": 1}', b'{"token": 2}', b'{"token": 1}'
    ]  # fmt: skip
    posted = ask("POST", "/list", '{"size": 20, "page": 1}')
    assert posted is not None
    assert (posted.status, posted.body) == (202, b"second page")
    assert ask("POST", "/list", '{"size": 20, "page": 2}') is None
    assert ask("GET", "/robots.txt") is None


def test_only_platforms_without_a_protocol_are_played(fixtures: Path) -> None:
    assert players(TODAY, besides=["toy"], root=fixtures) == []
    assert not any(isinstance(m.protocol, Player) for m in world().members.values())
