"""Groups: postings that are one vacancy, and the one of them that stands for it.

Pairs decided on their own are put together with three guards. Two siblings never meet in one group,
also not by way of a third. What a person took apart stays apart. And where a title fits several
openings of one site, a text that only agrees in title and place decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.dedupe.candidate import Candidate, Decision
from pipelines.dedupe.decide import are_apart

Pair = tuple[int, int]
_SURE = frozenset({"keys", "requisition", "link", "url"})
_ALIKE = "text+description"
MEMBERS_COMPARED = 8  # members of one site in a group are one requisition: a few stand for all


@dataclass(frozen=True)
class Standing:
    """What makes a posting the one to show."""

    is_open: bool
    board: bool
    generic: bool
    first_seen: str

    def rank(self, posting: int) -> tuple[bool, bool, bool, str, int]:
        """The smallest is shown: open, the employer's own, of a known platform, the oldest."""
        return not self.is_open, self.board, self.generic, self.first_seen, posting


def group(
    candidates: Mapping[int, Candidate],
    decisions: Mapping[Pair, Decision],
    apart: Iterable[Pair] = (),
    alone: Iterable[int] = (),
) -> list[list[int]]:
    """Groups of two postings or more, each sorted; every posting is in one at most.

    `decisions` are those of the kind `duplicate`, `apart` the pairs that a person took apart,
    `alone` postings that he says repeat none.
    """
    kept_apart: dict[int, set[int]] = {}
    for a, b in apart:
        kept_apart.setdefault(a, set()).add(b)
        kept_apart.setdefault(b, set()).add(a)
    single = set(alone)
    members: dict[int, list[int]] = {posting: [posting] for posting in candidates}
    home = {posting: posting for posting in candidates}

    def may_meet(ours: Sequence[int], theirs: Sequence[int], claim: frozenset[int]) -> bool:
        if any(x in kept_apart and not kept_apart[x].isdisjoint(theirs) for x in ours):
            return False
        return not _has_siblings(candidates, ours, theirs, claim)

    def put_together(edges: Iterable[tuple[Pair, Decision]]) -> None:
        for (a, b), decision in sorted(edges, key=_surest_first):
            ours, theirs = sorted((home[a], home[b]))
            claim = frozenset({a, b} if decision.how == "keys" else ())
            if ours == theirs or not may_meet(members[ours], members[theirs], claim):
                continue
            for posting in members[theirs]:
                home[posting] = ours
            members[ours] += members.pop(theirs)

    edges = [
        (pair, said)
        for pair, said in decisions.items()
        if said.kind == "duplicate" and not single.intersection(pair)
    ]
    put_together(edge for edge in edges if edge[1].how in _SURE)
    weak = [edge for edge in edges if edge[1].how not in _SURE]
    put_together(_unambiguous(candidates, weak, dict(home)))
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def _surest_first(edge: tuple[Pair, Decision]) -> tuple[float, Pair]:
    pair, decision = edge
    return -decision.score, pair


def _unambiguous(
    candidates: Mapping[int, Candidate],
    edges: Iterable[tuple[Pair, Decision]],
    home: Mapping[int, int],
) -> list[tuple[Pair, Decision]]:
    """The edges without those that lead from one vacancy to several openings of one site.

    The one opening with the most similar description is told from the others.
    """
    edges = list(edges)
    by_site: dict[tuple[int, tuple[str, str]], list[tuple[Pair, Decision, int]]] = {}
    for (a, b), said in edges:
        for posting, other in ((a, b), (b, a)):
            rivals = by_site.setdefault((home[posting], candidates[other].site), [])
            rivals.append(((a, b), said, home[other]))
    dropped: set[Pair] = set()
    for rivals in by_site.values():
        if len({vacancy for _, _, vacancy in rivals}) > 1:
            alike = [(said.score, vacancy) for _, said, vacancy in rivals if said.how == _ALIKE]
            best = max(alike, default=(0.0, 0))[0]
            told = {vacancy for score, vacancy in alike if score == best}
            dropped |= {
                pair for pair, _, vacancy in rivals if len(told) != 1 or vacancy not in told
            }
    return [edge for edge in edges if edge[0] not in dropped]


def _has_siblings(
    candidates: Mapping[int, Candidate],
    ours: Sequence[int],
    theirs: Sequence[int],
    claim: frozenset[int],
) -> bool:
    """Would two openings of one site meet? `claim` are two of which one key says that they are one,
    whatever else tells them apart."""
    by_site: dict[tuple[str, str], list[int]] = {}
    for posting in ours:
        by_site.setdefault(candidates[posting].site, []).append(posting)
    return any(
        {posting, known} != claim and are_apart(candidates[posting], candidates[known])
        for posting in theirs
        for known in by_site.get(candidates[posting].site, ())[:MEMBERS_COMPARED]
    )


def canonical(group: Mapping[int, Standing]) -> int:
    """The posting of a group to which the others point."""
    return min(group, key=lambda posting: group[posting].rank(posting))
