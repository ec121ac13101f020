"""A simulated platform of the tests' own: pages of five, ids and titles."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from urllib.parse import SplitResult

from tests.simulator.base import Protocol, SimRequest, SimResponse, Site
from tests.simulator.plan import Plan, build
from tests.simulator.world import World

TODAY = date(2026, 8, 20)
PAGE = 5


class Toy(Protocol):
    platform: ClassVar[str] = "toy"
    variants = ({}, {"colour": "red"})

    def entry(self) -> dict[str, Any]:
        url = f"https://{self.site.id}.toy.example/jobs"
        return {"id": self.site.id, "employer": self.site.employer, "url": url}

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname == f"{self.site.id}.toy.example"

    def answer(self, request: SimRequest) -> SimResponse | None:
        if request.parts.path != "/jobs":
            return None
        start = PAGE * int(request.query.get("page", 0))
        rows = self.site.listed[start : start + PAGE]
        return SimResponse({"jobs": [{"id": job.number, "title": job.title} for job in rows]})


class ToyBoard(Toy):
    """The same as the one board of a whole country."""

    platform: ClassVar[str] = "toy_board"
    variants = ({},)
    single = True
    many_employers = True
    country = "GB"


KNOWN = {"toy": Toy, "toy_board": ToyBoard}


def world(**plan: Any) -> World:
    return build(Plan(today=TODAY, **{"platforms": ["toy"], "sources": 1, **plan}), KNOWN)


def site_of(made: World) -> Site:
    return next(iter(made.members.values())).protocol.site


def url_of(made: World) -> str:
    return next(iter(made.members.values())).protocol.entry()["url"]


def get(made: World, url: str) -> SimResponse:
    return made.answer(SimRequest("GET", url, {})).response
