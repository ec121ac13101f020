"""Plays fixture tapes as career sites, for platforms that need no server code of their own.

Unlike a replay in tests it is not strict: an exchange answers any number of times. Where a tape
has several answers to the same request they come in turn, the first one again after the last.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from scrapy import Request

from crawler.fetch.tape import read_tape
from tests.simulator.base import Protocol, SimRequest, SimResponse, Site

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
CASE = "normal"


class Player(Protocol):
    """One fixture case as a site; its jobs are on the tape alone."""

    def __init__(self, folder: Path, today: date):
        (block,) = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))["source"]
        self._entry: dict[str, Any] = block
        self.platform = folder.parent.name  # type: ignore[misc]
        self.exchanges = read_tape(folder / "tape")
        self.hosts = {urlsplit(exchange.url).hostname for exchange in self.exchanges}
        super().__init__(Site(id=block["id"], employer=block["employer"], jobs=[], today=today))

    def entry(self) -> dict[str, Any]:
        return self._entry

    def answers_for(self, url: SplitResult) -> bool:
        return url.hostname in self.hosts

    def answer(self, request: SimRequest) -> SimResponse | None:
        asked = Request(request.url, method=request.method, body=request.body)
        takes = [exchange for exchange in self.exchanges if exchange.matches(asked)]
        if not takes:
            return None
        take = next((exchange for exchange in takes if not exchange.used), None)
        if take is None:
            for exchange in takes:
                exchange.used = False
            take = takes[0]
        take.used = True
        headers = {
            name: value if isinstance(value, str) else ", ".join(value)
            for name, value in take.headers.items()
        }
        return SimResponse(take.answer, take.status, headers)


def players(today: date, besides: Collection[str] = (), root: Path = FIXTURES) -> list[Player]:
    """The normal case of every platform that has one, but for the platforms `besides`."""
    folders = sorted(path.parent for path in root.glob(f"*/{CASE}/source.toml"))
    return [Player(folder, today) for folder in folders if folder.parent.name not in besides]
