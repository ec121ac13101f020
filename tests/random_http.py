"""Random nights over HTTP: the whole command, four simulated sites, and the truth of each."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from crawler.cli import cli
from crawler.loader import platforms
from tests.nights import Nights
from tests.random_truth import Broken, Truth

PLATFORMS = ("workday", "lever", "pageup", "jsonld")
COMPLETE = ("ok", "empty", "suspect_drop")
OWN_WORDS = ("absent", "confirmed", "deadline")  # of the house; all other reasons are the site's
# Requests that are details, by platform; those of Lever do not exist.
DETAILS = {"workday": r"/job/", "pageup": r"/job/\d+", "jsonld": r"/vacancies/"}
LISTINGS = {"workday": r"/jobs$", "lever": r"/v0/postings/"}

FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 403}, {"kind": "status", "status": 404},
    {"kind": "status", "status": 429}, {"kind": "status", "status": 500},
    {"kind": "challenge", "vendor": "aws"}, {"kind": "challenge", "vendor": "cloudflare"},
    {"kind": "cut"}, {"kind": "html"}, {"kind": "truncate"}, {"kind": "drop"},
)  # fmt: skip
OF_DETAILS: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 403}, {"kind": "status", "status": 500},
    {"kind": "html"}, {"kind": "cut"}, {"kind": "drop"},
)  # fmt: skip


class Site:
    """One simulated site and its truth."""

    def __init__(self, nights: Nights, source: str, platform: str, pick: Random):
        self.nights, self.source, self.platform, self.pick = nights, source, platform, pick
        self.truth = Truth(pick, untitles=False)
        self._name(self.truth.add(len(nights.simulator.jobs(source))))

    def _name(self, numbers: list[int]) -> None:
        """Titles by which the stored postings are known again."""
        for number in numbers:
            edit = {"number": number, "title": f"Research Engineer {number}"}
            self.nights.simulator.change(self.source, edit=edit)

    def believed(self) -> dict[int, bool]:
        rows = self.nights.query(
            "SELECT title, closed_at IS NULL FROM postings WHERE source = ?", self.source
        )
        return {int(title.split()[-1]): bool(is_open) for title, is_open in rows}

    def dawn(self) -> dict[int, bool]:
        """Change the site and its answers of this night; what was believed before it."""
        simulator, source = self.nights.simulator, self.source
        before = self.believed() if self.nights.db.exists() else {}
        self.changes = self.truth.dawn(before)
        for what, numbers in self.changes:
            match what:
                case "add":
                    simulator.change(source, add=len(numbers))
                    self._name(numbers)
                case "show" | "reopen":
                    simulator.change(source, restore=numbers)
                case _:
                    simulator.change(source, remove=numbers, say_closed=what == "say closed")
        self.fault = self._fault()
        if self.fault:
            simulator.fault(source=source, **self.fault)
        declared: int | None = None
        if self.platform == "workday" and self.pick.random() < 0.1:
            declared = len(self.truth.listed) + self.pick.randint(1, 30)
        if self.platform == "workday":
            simulator.change(source, quirks={"declares": declared})
        return before

    def _fault(self) -> dict[str, Any]:
        pick, chance = self.pick, self.pick.random()
        if chance < 0.55:
            return {}
        if chance < 0.7 and self.platform in DETAILS:
            details = {"url": DETAILS[self.platform], "share": pick.random()}
            return {**pick.choice(OF_DETAILS), **details}
        if chance < 0.8 and self.platform in LISTINGS:
            later = {"url": LISTINGS[self.platform], "nth": [pick.randint(1, 3)]}
            return {**pick.choice(FAULTS), **later}
        return dict(pick.choice(FAULTS))

    def dusk(self, ended: dict[str, Any], before: dict[int, bool], today: str) -> None:
        """Judge the database. Raises Broken."""
        rows = self.nights.query(
            "SELECT title, last_seen = ?, detail_read_on = ?, closed_at = ?, closed_reason "
            "FROM postings JOIN sightings ON posting = id AND sightings.source = postings.source "
            "WHERE postings.source = ?",
            today, today, today, self.source,
        )  # fmt: skip
        seen, read, word = set(), set(), set()
        for title, is_seen, is_read, is_closed, reason in rows:
            number = int(title.split()[-1])
            seen |= {number} if is_seen else set()
            read |= {number} if is_seen and is_read else set()
            word |= {number} if is_closed and reason not in OWN_WORDS else set()
        complete = ended["outcome"] in COMPLETE
        self.truth.asked = word
        try:
            listed = {job.number for job in self.truth.listed if before.get(job.number)}
            unseen = listed - seen
            if complete and unseen:
                raise Broken(f"a complete run did not see {sorted(unseen)}, which are listed")
            self.truth.dusk(before, self.believed(), complete=complete, seen=seen, read=read)
        except AssertionError as error:
            error.add_note(f"{self.source}, {today}: {self.changes}, {self.fault}, {ended}")
            raise


def forked(house: Nights) -> dict[str, dict[str, Any]]:
    """`Nights.crawl` in a fork of this process, which has imported everything: twice as fast.

    Only for a process without a reactor and without threads.
    """
    for name in ("crawl", "options"):
        import_module(f"crawler.commands.{name}")
    import_module("crawler.night.progress")
    platforms()
    said = house.db.with_suffix(".json")
    child = os.fork()
    if not child:
        os.environ.update(house.environment())
        with said.open("w") as out:
            os.dup2(out.fileno(), 1)
            try:
                status = cli(["crawl", "--json"], standalone_mode=False)
            except BaseException:  # noqa: BLE001 - a fork must not run on as its parent
                traceback.print_exc()
                status = 70
            sys.stdout.flush()
            os._exit(status or 0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 1), status
    house.now += timedelta(days=1)
    house.simulator.advance()
    return {source["source"]: source for source in json.loads(said.read_text())["sources"]}


def over_http(
    nights: int, seed: int = 1, crawl: Callable[[Nights], dict[str, Any]] = Nights.crawl
) -> Counter[str]:
    """So many nights of four sites each; what happened. Raises Broken."""
    pick = Random(seed)
    counts: Counter[str] = Counter()
    plan = ["--platforms", ",".join(PLATFORMS), "--seed", str(seed), "--no-deadlines"]
    plan += ["--size", "lever=4", "--size", "workday=26", "--size", "pageup=11", "--size"]
    with (
        tempfile.TemporaryDirectory() as folder,
        Nights(Path(folder), *plan, "jsonld=14") as house,
    ):
        by_source = {s: at["platform"] for s, at in house.simulator.state()["sources"].items()}
        sites = [Site(house, source, name, pick) for source, name in by_source.items()]
        for _ in range(nights):
            house.simulator.clear_faults()
            before = {site.source: site.dawn() for site in sites}
            today = house.now.date().isoformat()
            ended = crawl(house)
            for site in sites:
                site.dusk(ended[site.source], before[site.source], today)
                counts[f"outcome {ended[site.source]['outcome']}"] += 1
                for name in ("new", "closed", "reopened"):
                    counts[name] += ended[site.source].get(name, 0)
            counts["nights"] += 1
        for site in sites:
            counts.update({f"truth: {n}": c for n, c in site.truth.happened.items()})
    return counts
