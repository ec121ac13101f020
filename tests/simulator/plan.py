"""Which sites there are, how many postings each has, and the catalogue that names them."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Any

import tests.simulator
from tests.simulator.base import Protocol
from tests.simulator.generator import Employer, employers, make_site
from tests.simulator.player import players
from tests.simulator.world import Member, Unfit, World

SMALL, TYPICAL = (1, 3), (20, 60)  # postings of a site
SMALL_SHARE = 0.15
# The demo: a site for each variant of a platform, up to so many, and so many in all.
DEMO_EACH, DEMO_SITES = 3, 24
DEMO_SIZE, DEMO_TOTAL = (12, 60), 600
ON_A_BOARD = 12  # employers that post on a board of many


@dataclass
class Plan:
    """What is asked for; see `python -m tests.simulator --help`."""

    seed: int = 1
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    platforms: Sequence[str] = ()  # none: all that have a protocol
    sources: int | None = None  # none: one of each platform
    postings: int | None = None  # of all sources together
    per_source: tuple[int, int] | None = None  # at least, at most
    sizes: Mapping[str, int] = field(default_factory=dict)  # of the first source of a platform
    fixtures: bool = False
    demo: bool = False
    deadlines: bool = True


def protocols() -> dict[str, type[Protocol]]:
    """The protocols by platform: one class in each module of this folder that has any.

    Raises TypeError when a module has several, or one that is not named after its platform.
    """
    found: dict[str, type[Protocol]] = {}
    for module_info in pkgutil.iter_modules(tests.simulator.__path__):
        if module_info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{tests.simulator.__name__}.{module_info.name}")
        classes = [
            thing
            for thing in vars(module).values()
            if isinstance(thing, type)
            and issubclass(thing, Protocol)
            and thing.__module__ == module.__name__
            and "platform" in vars(thing)
        ]
        if len(classes) > 1:
            raise TypeError(f"{module.__name__}: one protocol in a module, found {classes}")
        if classes and classes[0].platform != module_info.name:
            raise TypeError(f"{module.__name__}: its platform is {classes[0].platform!r}")
        found.update({cls.platform: cls for cls in classes})
    return found


def build(plan: Plan, known: Mapping[str, type[Protocol]] | None = None) -> World:
    """The sites of a plan. Raises Unfit for a platform without a protocol."""
    known = protocols() if known is None else known
    unknown = [name for name in (*plan.platforms, *plan.sizes) if name not in known]
    if unknown:
        raise Unfit(f"no protocol for {', '.join(unknown)}; there are {', '.join(known)}")
    chosen = {name: known[name] for name in plan.platforms or known}
    order = _spread(plan, chosen)
    pool = _Pool(plan.seed, known)
    members: list[Member] = []
    for index, (name, size) in enumerate(zip(order, _sizes(plan, order, chosen), strict=True)):
        cls = chosen[name]
        employer = pool.take(cls.country)
        posting = [pool.take(cls.country) for _ in range(ON_A_BOARD if cls.many_employers else 0)]
        site = make_site(
            employer,
            size,
            seed=plan.seed,
            today=plan.today,
            on_behalf=posting,
            deadlines=plan.deadlines,
        )
        site.quirks = dict(cls.variants[order[:index].count(name) % len(cls.variants)])
        members.append(Member(cls(site), posting or [employer]))
    if plan.fixtures:
        taken = {member.protocol.site.id for member in members}
        played = players(plan.today, besides=known)
        members += [Member(player) for player in played if player.site.id not in taken]
    return World(members, today=plan.today, seed=plan.seed, deadlines=plan.deadlines)


def _spread(plan: Plan, chosen: Mapping[str, type[Protocol]]) -> list[str]:
    """The platform of each source: all in turn, those with a single site once."""
    if plan.demo and plan.sources is None:
        rounds = range(DEMO_EACH)
        order = [name for turn in rounds for name in chosen if turn < len(chosen[name].variants)]
        return order[: max(DEMO_SITES, len(chosen))]
    several = [name for name, cls in chosen.items() if not cls.single]
    wanted = len(chosen) if plan.sources is None else plan.sources
    order = list(chosen)
    while several and len(order) < wanted:
        order += several
    return order[:wanted]


def _sizes(plan: Plan, order: Sequence[str], chosen: Mapping[str, type[Protocol]]) -> list[int]:
    """How many postings each source has."""
    rng = Random(f"{plan.seed}/sizes")
    if plan.postings is not None:
        shares = [rng.uniform(0.5, 1.5) for _ in order]
        ends = [round(plan.postings * part / (sum(shares) or 1)) for part in accumulate(shares)]
        sizes = [end - start for start, end in pairwise([0, *ends])]
    else:
        most = 2 * DEMO_TOTAL // max(1, len(order)) - DEMO_SIZE[0]
        demo = DEMO_SIZE[0], min(DEMO_SIZE[1], max(DEMO_SIZE[0], most))
        sizes = []
        for name in order:
            small = rng.random() < SMALL_SHARE
            common = demo if plan.demo else SMALL if small else TYPICAL
            sizes.append(rng.randint(*(plan.per_source or chosen[name].usual_size or common)))
    for name, size in plan.sizes.items():
        if name in order:
            sizes[order.index(name)] = size
    return sizes


class _Pool:
    """Employers, each taken once. An id that held a platform's name would be no source's id."""

    def __init__(self, seed: int, platforms: Iterable[str]):
        self.seed = seed
        self.forbidden = [name.replace("_", "-") for name in platforms]
        self.taken: set[str] = set()
        self.streams: dict[str | None, Iterator[Employer]] = {}

    def take(self, country: str | None) -> Employer:
        stream = self.streams.setdefault(country, employers(self.seed, country))
        employer = next(
            employer
            for employer in stream
            if employer.word not in self.taken
            and not any(name in employer.word for name in self.forbidden)
        )
        self.taken.add(employer.word)
        return employer


def write_catalogue(world: World, folder: Path) -> None:
    """Write one `<platform>.toml` for each platform, in the form of crawler/sources.py."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[str]] = {}
    for _, member in sorted(world.members.items()):
        lines = [f"{key} = {_toml(value)}" for key, value in member.protocol.entry().items()]
        block = "\n".join(["[[source]]", *lines, ""])
        files.setdefault(member.protocol.platform, []).append(block)
    for platform, blocks in files.items():
        (folder / f"{platform}.toml").write_text("\n".join(blocks), encoding="utf-8")


def _toml(value: Any) -> str:
    """A value as TOML: as JSON writes it, but for tables."""
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
