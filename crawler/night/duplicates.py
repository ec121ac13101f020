"""Duplicates of a whole database: compare what is new or changed, group, choose who is shown.

Every step can be repeated: what was interrupted is pending again the next night.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from sqlite_utils import Database

from crawler.errors import ConfigError
from crawler.loader import platforms
from crawler.posting import Key
from crawler.recognise import Recogniser
from db import duplicates as table
from pipelines.dedupe import (
    RULES,
    Candidate,
    Decision,
    Spot,
    Standing,
    blocks_of,
    canonical,
    decide,
    group,
    pairs,
)  # fmt: skip
from pipelines.dedupe.descriptions import boilerplate, passages, shingles, with_descriptions

AT_A_TIME = 5_000  # postings that are read or written in one go
KEPT = 100_000  # postings kept in memory while blocks are compared
OTHERS = 20  # postings of an employer in which its boilerplate is looked for


def _silent(step: str, done: int, total: int) -> None: ...


T = TypeVar("T")
Pair = tuple[int, int]
LinkReader = Callable[[str], Key | None]


@dataclass
class Found:
    """What came of it."""

    compared: int = 0  # postings that were new or changed, or all
    comparisons: int = 0
    kinds: dict[str, int] = field(default_factory=dict)  # pairs decided, by kind
    pointed: int = 0  # postings whose `duplicate_of` changed


def link_reader(recogniser: Recogniser) -> LinkReader:
    """Reads the posting that a link leads to, by the platforms' URL rules and the catalogue."""

    @lru_cache(maxsize=4096)
    def read(url: str) -> Key | None:
        try:
            match = recogniser.recognise(url)
        except ConfigError:  # two platforms claim it: it identifies nothing
            return None
        return match.key if match else None

    return read


def find_duplicates(
    db: Database,
    links: LinkReader | None = None,
    *,
    everything: bool = False,
    told: Callable[[str, int, int], None] = _silent,
) -> Found:
    """Compare postings that are new or changed (or all of them) with their blocks, and regroup.

    `links` reads what a board's link to apply leads to. `told` is told of progress: the step,
    how far it is, and of how many.
    """
    if everything:
        table.forget(db)
    changed = table.everything(db) if everything else table.pending(db, RULES)
    found = Found(compared=len(changed))
    reader = _Reader(db, links)
    for number, some in enumerate(_chunks(changed, AT_A_TIME)):
        told("reading", number * AT_A_TIME, len(changed))
        rows = table.rows(db, some)
        own = {row["id"]: blocks_of(_candidate(row, reader.links)) for row in rows}
        table.store_blocks(db, rows, own)
    former = set() if everything else table.remove_decisions(db, changed)
    _compare(reader, None if everything else set(changed), found, told)
    judged = table.judged(db)
    seeds = table.tied(db) if everything else former | set(changed) | table.claimed(db)
    found.pointed = _regroup(reader, seeds | judged.named, judged)
    table.finish(db, RULES)
    return found


# --- comparing ------------------------------------------------------------------------------------


def _compare(
    reader: _Reader,
    changed: set[int] | None,
    found: Found,
    told: Callable[[str, int, int], None],
) -> None:
    # As numbers the blocks of a whole database fit. Near each other in the table, near in memory.
    blocks = sorted(table.shared_blocks(reader.db, changed))
    for number, some in enumerate(_chunks(blocks, AT_A_TIME // 5)):
        told("comparing", number * (AT_A_TIME // 5), len(blocks))
        known = reader.candidates({posting for block in some for posting in block})
        decided: dict[Pair, Decision] = {}
        met: set[Pair] = set()
        unsure: set[Pair] = set()
        for block in some:
            for a, b in pairs(known[posting] for posting in block):
                pair = _pair(a, b)
                if pair in met or not (changed is None or changed.intersection(pair)):
                    continue
                met.add(pair)
                decision = decide(a, b)
                if decision:
                    decided[pair] = decision
                elif a.requisition_id and a.requisition_id == b.requisition_id:
                    unsure.add(pair)
        found.comparisons += len(met)
        decided.update(_in_two_languages(reader, known, unsure))
        final = _by_description(reader, known, decided)
        for decision in final.values():
            found.kinds[decision.kind] = found.kinds.get(decision.kind, 0) + 1
        table.store_decisions(reader.db, [(*pair, *final[pair]) for pair in sorted(final)])


def _in_two_languages(
    reader: _Reader, known: dict[int, Candidate], unsure: set[Pair]
) -> Iterator[tuple[Pair, Decision]]:
    """One requisition under titles that differ: are they two languages?"""
    texts = table.descriptions(reader.db, {p for pair in unsure for p in pair}) if unsure else {}
    for a, b in sorted(unsure):
        if a not in texts or b not in texts:
            continue
        decision = decide(known[a].speaking(texts[a][1]), known[b].speaking(texts[b][1]))
        if decision:
            yield (a, b), decision


def _by_description(
    reader: _Reader, known: dict[int, Candidate], decided: dict[Pair, Decision]
) -> dict[Pair, Decision]:
    """What was decided by text alone, in the light of the descriptions."""
    weak = {
        pair for pair, said in decided.items() if said.how == "text" and said.kind == "duplicate"
    }
    final = {pair: said for pair, said in decided.items() if pair not in weak}
    texts = table.descriptions(reader.db, {p for pair in weak for p in pair}) if weak else {}
    for a, b in sorted(weak):
        (ours, spoken), (theirs, also) = texts.get(a, ("", "")), texts.get(b, ("", ""))
        decision: Decision | None = decided[a, b]
        if ours and theirs:
            common = reader.boilerplate(known[a], known[b])
            decision = with_descriptions(
                decided[a, b],
                shingles(ours, common),
                shingles(theirs, common),
                one_language=not (spoken and also) or spoken[:2] == also[:2],
            )
        if decision:
            final[a, b] = decision
    return final


def _pair(a: Candidate, b: Candidate) -> Pair:
    return (a.id, b.id) if a.id < b.id else (b.id, a.id)


# --- grouping -------------------------------------------------------------------------------------


def _regroup(reader: _Reader, seeds: set[int], judged: table.Judged) -> int:
    """Group anew everything that decisions tie to these postings; returns how many changed."""
    changed = 0
    while seeds:
        reached, decided = table.around(reader.db, sorted(seeds)[:AT_A_TIME])
        seeds -= reached
        edges = {(a, b): Decision(kind, how, score) for a, b, kind, how, score in decided}  # type: ignore[arg-type]
        candidates = reader.candidates(reached)
        points: dict[int, int | None] = dict.fromkeys(reached)
        for members in group(candidates, edges, judged.apart, judged.alone):
            shown = canonical({posting: _standing(candidates[posting]) for posting in members})
            points.update({posting: shown for posting in members if posting != shown})
        changed += table.point(reader.db, points)
    return changed


def _standing(a: Candidate) -> Standing:
    return Standing(a.last == date.max, a.board, a.generic, a.first.isoformat() if a.first else "")


# --- reading --------------------------------------------------------------------------------------


class _Reader:
    """Rows of the database as candidates; the last ones read stay in memory."""

    def __init__(self, db: Database, links: LinkReader | None):
        self.db = db
        self.links = links
        self._known: dict[int, Candidate] = {}
        self._samples: dict[str, list[tuple[str, frozenset[int]]]] = {}

    def candidates(self, postings: Iterable[int]) -> dict[int, Candidate]:
        wanted = set(postings)
        missing = sorted(wanted - self._known.keys())
        if len(self._known) + len(missing) > KEPT:
            self._known = {p: self._known[p] for p in wanted & self._known.keys()}
        for some in _chunks(missing, AT_A_TIME):
            for row in table.rows(self.db, some):
                self._known[row["id"]] = _candidate(row, self.links)
        return {posting: self._known[posting] for posting in wanted if posting in self._known}

    def boilerplate(self, a: Candidate, b: Candidate) -> frozenset[int]:
        """Paragraphs that recur in the employer's postings of other titles: copies and siblings
        share all of their text."""
        found: frozenset[int] = frozenset()
        for organization in {a.organization, b.organization}:
            found |= boilerplate(
                said
                for signature, said in self._sample(organization)
                if signature not in (a.heading.signature, b.heading.signature)
            )
        return found

    def _sample(self, organization: str) -> list[tuple[str, frozenset[int]]]:
        """Latest postings of an employer: what their titles are about, and their paragraphs."""
        if organization not in self._samples:
            if len(self._samples) > 1000:
                self._samples.clear()
            others = self.candidates(table.of_employer(self.db, organization, OTHERS))
            texts = table.descriptions(self.db, others)
            self._samples[organization] = [
                (others[posting].heading.signature, passages(text))
                for posting, (text, _) in texts.items()
            ]
        return self._samples[organization]


def _candidate(row: table.Row, links: LinkReader | None) -> Candidate:
    platform = platforms().get(row["platform"])
    board = bool(platform and platform.many_employers)
    target = links(row["apply_url"]) if links and board and row["apply_url"] else None
    seen = [day for day in (row["first_seen"], row["date_posted"]) if day]
    return Candidate(
        id=row["id"],
        platform=row["platform"] if platform else "",  # kept by hand: its host is its site
        tenant=row["tenant"] if platform else "",
        native_id=row["native_id"],
        requisition_id=row["requisition_id"],
        keys=frozenset(row["keys"]),
        links=frozenset([target]) if target else frozenset(),
        url=row["url"],
        apply_url=row["apply_url"] or "",
        title=row["title"],
        organization=row["organization"],
        unit=row["unit"] or "",
        location=row["location"] or "",
        places=tuple(
            Spot(city, region, country, bool(remote))
            for city, region, country, remote in row["places"]
        ),
        first=date.fromisoformat(min(seen)[:10]),
        last=date.fromisoformat(row["closed_at"][:10]) if row["closed_at"] else date.max,
        board=board,
        generic=bool(platform and platform.generic),
    )


def _chunks(values: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
