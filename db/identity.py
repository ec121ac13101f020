"""Which stored posting is each posting that was just read? Pure: keys in, postings out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, str, str]  # platform, tenant, key


@dataclass
class Resolution:
    """What each item is.

    `postings[i]` is the stored posting of item i, or a negative number for a new one; items with
    the same number are one posting. `keys` are those to be stored. `conflicts` are pairs of
    postings (the older first) that claim one key.
    """

    postings: list[int] = field(default_factory=list)
    keys: dict[Key, int] = field(default_factory=dict)
    conflicts: set[tuple[int, int]] = field(default_factory=set)


def keys_of(item: Mapping[str, Any]) -> list[Key]:
    """The keys of a posting in its JSON form; at least its native id."""
    keys: list[Key] = [(platform, tenant, key) for platform, tenant, key in item.get("keys") or ()]
    return keys or [(item["platform"], item["tenant"], item["native_id"])]


def resolve(
    items: Sequence[Mapping[str, Any]],
    stored: Mapping[Key, int],
    by_native_id: Mapping[str, int],
) -> Resolution:
    """Resolve items by any of their keys, else by the native id under which the source knows them.

    An item whose keys belong to two stored postings stays what this source knows it as, else it is
    the older one: to give it away would close a posting that is there. Items that share a key are
    one posting, whatever their order in the listing.
    """
    found = Resolution(postings=[0] * len(items))
    claimed = dict(stored)
    known: dict[int, set[int]] = {}
    keys_by_item = [keys_of(item) for item in items]
    for index, item in enumerate(items):
        there = {stored[key] for key in keys_by_item[index] if key in stored}
        own = by_native_id.get(item["native_id"])
        if own is not None and not there:
            there = {own}
        known[index] = there
    new = 0
    # Those that are known come first: an unknown one may share a fresh key with them.
    for index in sorted(known, key=lambda index: (not known[index], items[index]["native_id"])):
        keys = keys_by_item[index]
        rivals = known[index] | {claimed[key] for key in keys if key in claimed}
        if not rivals:
            new -= 1
            rivals = {new}
        own = by_native_id.get(items[index]["native_id"])
        posting = own if own in known[index] else _oldest(known[index] or rivals)
        found.postings[index] = posting
        found.conflicts |= {
            (_oldest((posting, other)), max(posting, other, key=_age))
            for other in rivals - {posting}
        }
        for key in keys:
            if key not in claimed:
                claimed[key] = found.keys[key] = posting
    return found


def _age(posting: int) -> tuple[bool, int]:
    """Stored before new, and the first stored (or met) before those after it."""
    return posting < 0, abs(posting)


def _oldest(postings: Iterable[int]) -> int:
    return min(postings, key=_age)
