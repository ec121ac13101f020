"""All simulated sites together: which of them answers, what is switched on, what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict

from tests.simulator.base import Job, Protocol, SimRequest, SimResponse
from tests.simulator.faults import Fault
from tests.simulator.generator import Employer, make_job

ROBOTS = "# A simulated career site: everything may be read.\nUser-agent: *\nDisallow:\n"


class Unfit(Exception):
    """A control request that cannot be followed; the message says why."""


class Edit(BaseModel):
    """New values for one job's fields; `number` says which job, else it is the first listed."""

    model_config = ConfigDict(extra="forbid")

    number: int | None = None
    title: str | None = None
    unit: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    country_name: str | None = None
    employment_type: str | None = None
    workplace: str | None = None
    description_html: str | None = None
    posted_on: date | None = None
    closes_on: date | None = None
    salary: tuple[int, int, str] | None = None


class Change(BaseModel):
    """What is to change at one site. Several things in one request happen in this order."""

    model_config = ConfigDict(extra="forbid")

    source: str
    restore: bool | list[int] = False  # all removed jobs, or those numbers, are listed again
    empty: bool = False  # remove all
    remove: int | list[int] = 0  # so many of the first listed jobs, or the jobs with these numbers
    say_closed: bool = False  # the details of the jobs removed here say closed
    add: int = 0  # so many new jobs, posted today
    edit: Edit | None = None
    quirks: dict[str, Any] = {}  # set these; None takes one away


@dataclass
class Member:
    """One site, and who may post new jobs at it."""

    protocol: Protocol
    employers: list[Employer] = field(default_factory=list)  # none: a tape, which cannot grow


@dataclass(frozen=True)
class Answer:
    """What a request brought: the answer, the source it belongs to, and the fault it met."""

    response: SimResponse
    source: str | None
    fault: Fault | None = None


class World:
    """The simulated sites, their day, and the faults that are switched on.

    Every protocol understands its own quirks; one is understood here: `grows`, the number of jobs
    that appear at the end of a site's list with each request, so that its listing never ends.
    """

    def __init__(
        self, members: Iterable[Member], *, today: date, seed: int = 1, deadlines: bool = True
    ):
        self.members = {member.protocol.site.id: member for member in members}
        self.today = today
        self.seed = seed
        self.deadlines = deadlines
        self.faults: list[Fault] = []
        # Filled as sites are found; a host that no site was found at yet may still be an entry's.
        self._by_host: dict[str, list[Protocol]] = {
            urlsplit(member.protocol.entry()["url"]).hostname or "": []
            for member in self.members.values()
        }

    # --- answering ----------------------------------------------------------------------------

    def answer(self, request: SimRequest) -> Answer:
        """The answer of the site whose URL this is, or the fault that is switched on for it."""
        parts = urlsplit(request.url)
        protocol = self._find(parts)
        source = protocol.site.id if protocol else None
        response = None
        if protocol:
            if protocol.site.quirks.get("grows") and parts.path != "/robots.txt":
                self._add(protocol.site.id, protocol.site.quirks["grows"], at_the_end=True)
            response = protocol.answer(request)
        if response is None and parts.path == "/robots.txt" and parts.hostname in self._by_host:
            response = SimResponse(ROBOTS, headers={"Content-Type": "text/plain"})
        response = response or SimResponse("<h1>404 Not Found</h1>", 404)
        newest_first = reversed(self.faults)
        fault = next((f for f in newest_first if f.meets(request.url, source)), None)
        return Answer(fault.spoil(response) if fault else response, source, fault)

    def _find(self, url: SplitResult) -> Protocol | None:
        """The site whose URL this is. A host that was asked before is looked up, not searched."""
        known = self._by_host.get(url.hostname or "", [])
        for protocol in known:
            if protocol.answers_for(url):
                return protocol
        for member in self.members.values():
            if member.protocol.answers_for(url):
                self._by_host.setdefault(url.hostname or "", []).append(member.protocol)
                return member.protocol
        return None

    # --- changing -----------------------------------------------------------------------------

    def advance(self, days: int) -> int:
        """Let days pass; jobs whose closing day has passed are taken down. Returns how many."""
        self.today += timedelta(days=days)
        expired = 0
        for member in self.members.values():
            member.protocol.site.today = self.today
            for job in member.protocol.site.listed:
                if job.closes_on and job.closes_on < self.today:
                    job.removed = job.closed_said = True
                    expired += 1
        return expired

    def change(self, change: Change) -> dict[str, Any]:
        """Change one site. Returns how many jobs it lists now, and the numbers that changed."""
        site = self._member(change.source).protocol.site
        changed: list[Job] = []
        if change.restore:
            again = site.jobs
            if isinstance(change.restore, list):
                again = [self._job(change.source, number) for number in change.restore]
            changed += [job for job in again if job.removed]
            for job in changed:
                job.removed = job.closed_said = False
        gone = site.listed if change.empty else self._chosen(change)
        for job in gone:
            job.removed, job.closed_said = True, change.say_closed
        changed += gone
        changed += self._add(change.source, change.add) if change.add else []
        if change.edit:
            changed.append(self._edit(change.source, change.edit))
        site.quirks.update(change.quirks)
        for name in [name for name, value in change.quirks.items() if value is None]:
            del site.quirks[name]
        return {"listed": len(site.listed), "numbers": [job.number for job in changed]}

    def _member(self, source: str) -> Member:
        if source not in self.members:
            raise Unfit(f"no source {source!r}; there are {', '.join(self.members)}")
        return self.members[source]

    def _chosen(self, change: Change) -> list[Job]:
        site = self._member(change.source).protocol.site
        if isinstance(change.remove, int):
            return site.listed[: change.remove]
        return [self._job(change.source, number) for number in change.remove]

    def _job(self, source: str, number: int) -> Job:
        job = self._member(source).protocol.site.job(number)
        if job is None:
            raise Unfit(f"{source} has no job {number}")
        return job

    def _add(self, source: str, count: int, at_the_end: bool = False) -> list[Job]:
        member = self._member(source)
        site = member.protocol.site
        if not member.employers:
            raise Unfit(f"{source} is played from a tape and cannot grow")
        number = len(site.jobs)
        new = [
            make_job(
                member.employers[i % len(member.employers)],
                site,
                i,
                site.today,
                seed=self.seed,
                deadline=self.deadlines,
            )
            for i in range(number + 1, number + count + 1)
        ]
        site.jobs[:] = [*site.jobs, *new] if at_the_end else [*reversed(new), *site.jobs]
        return new

    def _edit(self, source: str, edit: Edit) -> Job:
        site = self._member(source).protocol.site
        if edit.number is None and not site.listed:
            raise Unfit(f"{source} lists no job to edit")
        job = site.listed[0] if edit.number is None else self._job(source, edit.number)
        for name in edit.model_fields_set - {"number"}:
            setattr(job, name, getattr(edit, name))
        return job

    # --- telling ------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """The day, the faults, and every source with the number of its jobs."""
        return {
            "today": self.today.isoformat(),
            "faults": [fault.model_dump(exclude_defaults=True) for fault in self.faults],
            "sources": {
                source: {
                    "platform": member.protocol.platform,
                    **member.protocol.entry(),
                    "jobs": len(member.protocol.site.jobs),
                    "listed": len(member.protocol.site.listed),
                    "quirks": dict(member.protocol.site.quirks),
                }
                for source, member in self.members.items()
            },
        }

    def jobs(self, source: str) -> list[dict[str, Any]]:
        """The jobs of one source, without their descriptions, in the order of its list."""
        names = ("number", "title", "employer", "city", "removed", "closed_said")
        jobs = self._member(source).protocol.site.jobs
        return [
            {name: getattr(job, name) for name in names}
            | {
                "posted_on": job.posted_on.isoformat(),
                "closes_on": job.closes_on and job.closes_on.isoformat(),
            }
            for job in jobs
        ]
