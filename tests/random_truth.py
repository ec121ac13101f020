"""A site's postings in truth through random nights, and what a database may believe of them.

- no posting that is open in truth is closed, whatever the site did;
- a posting that is closed in truth is closed after three complete runs without it, or, where at its
  third at least five and more than half of the open ones were missing, after twelve;
- a posting that is back is open again after the first run that reads it.

What no rule can tell from a closing is not played: a few postings that stay away for three complete
runs, or a board that stays empty for twelve.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Literal

# As DESIGN.md and docs/reading-a-run.md state them, and not as the code has them.
CLOSE_AFTER, GUARD_AFTER, GUARD_MIN = 3, 12, 5

What = Literal["add", "close", "say closed", "reopen", "hide", "show", "untitle", "title"]


class Broken(AssertionError):
    """What this house promises did not hold."""


@dataclass
class Job:
    """A posting in truth, and how long complete runs have not seen it."""

    number: int
    is_open: bool = True
    says_closed: bool = False  # closed, and its page says so
    returns: bool = False  # was closed, is open again, and need not be known so yet
    untitled: bool = False  # the listing shows it without a title
    missing: int = 0  # complete runs in a row
    held: bool = False  # missing with more than half of the board

    @property
    def title(self) -> str:
        return "" if self.untitled else f"Research Engineer {self.number}"


@dataclass
class Truth:
    """One site's postings. `dawn` changes them, `dusk` judges the database after the night."""

    pick: Random
    untitles: bool = True  # may the listing show a posting without its title?
    jobs: dict[int, Job] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)  # open, and not in the listing
    mass: bool = False  # ... because most of the board is not
    hidden_for: int = 0  # complete runs
    asked: set[int] = field(default_factory=set)  # whose page was read tonight and said closed
    happened: Counter[str] = field(default_factory=Counter)

    @property
    def listed(self) -> list[Job]:
        there = (job for job in self.jobs.values() if job.is_open and job.number not in self.hidden)
        return sorted(there, key=lambda job: -job.number)

    @property
    def gone(self) -> set[int]:
        """Those whose page says that they are closed."""
        return {n for n, job in self.jobs.items() if not job.is_open and job.says_closed}

    def add(self, count: int) -> list[int]:
        numbers = range(len(self.jobs) + 1, len(self.jobs) + count + 1)
        self.jobs.update({number: Job(number) for number in numbers})
        return list(numbers)

    # --- before a night -----------------------------------------------------------------------

    def dawn(self, believed: Mapping[int, bool]) -> list[tuple[What, list[int]]]:
        """What changes at the site; `believed` says of each stored posting whether it is open."""
        pick = self.pick
        done: list[tuple[What, list[int]]] = []
        limit = GUARD_AFTER - 1 if self.mass else CLOSE_AFTER - 1
        if self.hidden and (self.hidden_for >= limit or pick.random() < 0.12):
            done.append(("show", sorted(self.hidden)))
            self.hidden, self.mass, self.hidden_for = set(), False, 0
        elif not self.hidden:
            done += self._hide(believed)
        # Of a drop that is not yet held the rest of the board decides: that does not grow now.
        if not (self.mass and self.hidden_for < CLOSE_AFTER):
            done += self._grow()
        done += self._close(believed)
        self.happened.update(what for what, _ in done)
        return done

    def _hide(self, believed: Mapping[int, bool]) -> list[tuple[What, list[int]]]:
        """Open postings vanish from the listing; they were seen in the run before."""
        pick, chance = self.pick, self.pick.random()
        known = [j for j in self.listed if believed.get(j.number) and not (j.missing or j.returns)]
        unknown = [j for j in self.listed if not believed.get(j.number)]
        half = (sum(believed.values()) + len(unknown)) // 2
        if chance < 0.07 and known:
            hidden = pick.sample(known, min(len(known), pick.randint(1, 3)))
        elif chance < 0.16 and len(known) >= max(GUARD_MIN, half + 1):
            most = pick.randint(max(GUARD_MIN, half + 1), len(known))
            hidden = known if pick.random() < 0.5 else pick.sample(known, most)
            self.mass = True
        else:
            return []
        self.hidden = {job.number for job in hidden}
        return [("hide", sorted(self.hidden))]

    def _grow(self) -> list[tuple[What, list[int]]]:
        pick = self.pick
        done: list[tuple[What, list[int]]] = []
        if pick.random() < 0.3:
            done.append(("add", self.add(pick.randint(1, 4))))
        closed = [job for job in self.jobs.values() if not job.is_open]
        if closed and pick.random() < 0.08:
            job = pick.choice(closed)
            job.is_open, job.returns, job.says_closed = True, True, False
            done.append(("reopen", [job.number]))
        if self.untitles and self.listed and pick.random() < 0.1:
            job = pick.choice(self.listed)
            job.untitled = not job.untitled
            done.append(("untitle" if job.untitled else "title", [job.number]))
        return done

    def _close(self, believed: Mapping[int, bool]) -> list[tuple[What, list[int]]]:
        pick = self.pick
        here = [job for job in self.listed if not job.missing]
        if not here or pick.random() > (0.3 if len(here) < 30 else 0.7):
            return []
        count = len(here) if pick.random() < 0.06 else pick.randint(1, 3)
        gone = pick.sample(here, min(len(here), count))
        says = pick.random() < 0.3
        for job in gone:
            job.is_open, job.says_closed, job.returns, job.untitled = False, says, False, False
        return [("say closed" if says else "close", sorted(job.number for job in gone))]

    # --- after it -----------------------------------------------------------------------------

    def dusk(
        self,
        before: Mapping[int, bool],
        after: Mapping[int, bool],
        *,
        complete: bool,
        seen: Collection[int],
        read: Collection[int],
    ) -> None:
        """Judge the database. Raises Broken.

        `before` and `after` say of each stored posting whether it is open; `seen` were in the
        listing that was received, of `read` the detail was read too.
        """
        for number in seen:
            self.jobs[number].missing, self.jobs[number].held = 0, False
        if complete:
            self.hidden_for += bool(self.hidden)
            was_open = {number for number, is_open in before.items() if is_open}
            self._count_missing(was_open | {n for n in seen if after.get(n)}, seen)
        for number, is_open in after.items():
            self._judge(self.jobs[number], is_open, number in read)

    def _count_missing(self, believed: set[int], seen: Collection[int]) -> None:
        for number in believed - set(seen):
            self.jobs[number].missing += 1
        # What the site itself calls closed tonight goes first, and is no part of a drop.
        left = believed - self.asked
        due = [n for n in left if self.jobs[n].missing >= CLOSE_AFTER]
        mass = len(due) >= GUARD_MIN and 2 * len(due) > len(left)
        for number in due:
            job = self.jobs[number]
            if job.missing == CLOSE_AFTER:
                job.held = mass
        self.happened["held nights"] += mass

    def _judge(self, job: Job, is_open: bool, read: bool) -> None:
        if job.is_open:
            if is_open:
                job.returns = False
            elif not job.returns:
                raise Broken(f"open in truth, closed in the database: {job}")
            elif read:
                raise Broken(f"it is back and was read, and is closed in the database: {job}")
        elif is_open:
            after = GUARD_AFTER if job.held else CLOSE_AFTER
            if job.missing >= after:
                raise Broken(f"closed in truth for {after} complete runs, and open: {job}")
