"""Blocks: which postings are worth comparing, so that the cost grows with their number.

A block is a property that duplicates share (a key, a requisition, an address, an employer with a
title). Each posting is in a handful of blocks, and a block of n postings makes at most LIMIT * n
comparisons, however large it is: an employer with 20,000 postings is divided by title, then by
place and rank, and what is still alike after that is compared with its neighbours in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from itertools import combinations

from pipelines.dedupe.addresses import read_address
from pipelines.dedupe.candidate import Candidate
from pipelines.dedupe.decide import requisition_of
from pipelines.dedupe.titles import plain

ALL_PAIRS = 12  # postings of a block that are all compared with each other
NEIGHBOURS = 3  # of a larger one: comparisons of each posting
LIMIT = max(ALL_PAIRS // 2, NEIGHBOURS + 1)  # comparisons per posting in one block, at most


def blocks_of(a: Candidate) -> frozenset[int]:
    """The blocks of a posting, as numbers that fit into a signed 64-bit column."""
    found: set[tuple[str, ...]] = {("key", *key) for key in a.keys | a.links}
    requisition = requisition_of(a)
    if requisition:
        found.add(("requisition", *a.site, requisition))
        found |= {("number", name, requisition) for name in a.employers}
    for url in (a.url, a.apply_url):
        if url:
            found.add(("url", _page(a, url)))
    signature = a.heading.signature
    if signature:
        found |= {("text", name, signature) for name in a.employers}
    return frozenset(_number(block) for block in found)


def _page(a: Candidate, url: str) -> str:
    if url == a.url:
        return a.address.page
    return read_address(url).page


def _number(block: tuple[str, ...]) -> int:
    digest = blake2b("\x1f".join(block).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def pairs(block: Iterable[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """The pairs of a block to be compared, whatever the order of its members."""
    members = sorted(block, key=_age)
    if len(members) <= ALL_PAIRS:
        yield from combinations(members, 2)
        return
    hub = members[0]  # of a key, requisition or address all are alike: one stands for all
    yield from ((hub, other) for other in members[1:])
    finer: dict[tuple[str, ...], list[Candidate]] = {}
    for member in members[1:]:
        finer.setdefault(_finer(member), []).append(member)
    for group in finer.values():
        yield from _within(group)


def _within(group: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    if len(group) <= 2 * NEIGHBOURS + 1:
        yield from combinations(group, 2)
        return
    for index, member in enumerate(group):
        for other in group[index + 1 : index + 1 + NEIGHBOURS]:
            yield member, other


def _finer(a: Candidate) -> tuple[str, ...]:
    heading = a.heading
    where = sorted({plain(spot.city or spot.region or "") for spot in a.places})[:1]
    return (*where, *sorted(heading.ranks), *sorted(heading.levels), *sorted(heading.words))


def _age(a: Candidate) -> tuple[date, str, str, int]:
    return (a.first or date.min, *a.site, a.id)
