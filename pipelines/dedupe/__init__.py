"""Dedupe: which postings are one vacancy. Pure; crawler/night/duplicates.py applies it.

titles, employers, addresses, descriptions   what two of them have in common
candidate     what the rules see of a posting
decide        two postings: duplicate, repost, sibling or nothing; by which rule, how sure
blocks        which pairs are worth deciding about
groups        pairs -> groups, and the posting that stands for each
"""

from __future__ import annotations

from pipelines.dedupe.blocks import blocks_of, pairs
from pipelines.dedupe.candidate import Candidate, Decision, Spot
from pipelines.dedupe.decide import are_apart, decide
from pipelines.dedupe.groups import Standing, canonical, group

__all__ = [
    "RULES", "Candidate", "Decision", "Spot", "Standing", "are_apart", "blocks_of", "canonical",
    "decide", "group", "pairs",
]  # fmt: skip

RULES = 1  # raised by hand when a rule changes, so that known postings are compared again
