"""How a source-run ended, and what it may therefore do. Pure: facts in, a named outcome out.

Each outcome is decided by the first rule that holds (docs/reading-a-run.md). Zero
items is never silently fine: an empty board, a blocked one, a broken parser and a board that is
gone are four different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal, get_args

from crawler.report import FetchFailure, Report

Outcome = Literal[
    "config_error",
    "blocked",
    "not_found",
    "unreachable",
    "parse_error",
    "partial",
    "suspect_drop",
    "empty",
    "ok",
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
# The listing was read to its end, whatever the count: only these count for medians and absences.
COMPLETE: frozenset[Outcome] = frozenset({"ok", "empty", "suspect_drop"})

EXPECT_MIN = 10  # a smaller board may halve by two people being hired
DROP_SHARE = 0.7  # of the median of the last five complete runs
# A complete listing stays complete when a detail fails; but when most of them do, say so.
DETAIL_FAILURE_MIN = 5
DETAIL_FAILURE_SHARE = 0.5  # of the details asked for
REJECT_SHARE = 0.5  # of the postings of a run, for a missing mandatory field


@dataclass(frozen=True)
class Facts:
    """All that is known of a source-run when its spider has closed."""

    report: Report
    total_slack: float = 0.0
    finish_reason: str = "finished"
    errors: Sequence[str] = ()  # exceptions in callbacks, one line each
    stored: int = 0  # postings and sightings that passed the pipelines
    rejected: int = 0  # postings without a mandatory field
    reject_reason: str = ""
    complete_counts: Sequence[int] = field(default_factory=tuple)  # listed, last five complete runs


@dataclass(frozen=True)
class Verdict:
    """An outcome and its reason: one line that a person can act on."""

    outcome: Outcome
    reason: str = ""

    @property
    def complete(self) -> bool:
        return self.outcome in COMPLETE


def decide(facts: Facts) -> Verdict:
    """The outcome of a run that did start; `config_error` is decided before any request."""
    report = facts.report
    expected = median(facts.complete_counts) if facts.complete_counts else 0
    for verdict in (
        _refused(report),
        _parse_error(facts),
        _partial(facts),
    ):
        if verdict:
            return verdict
    if expected >= EXPECT_MIN and report.listed < DROP_SHARE * expected:
        return Verdict(
            "suspect_drop", f"{report.listed} postings listed, {expected:g} were usual until now"
        )
    if not report.listed:
        return Verdict("empty", "the listing is complete and holds no posting")
    return Verdict("ok", _remarks(report))


def _refused(report: Report) -> Verdict | None:
    """blocked, not_found or unreachable: the site did not let us read its listing."""
    failures = report.listing_failures
    blocked = [failure for failure in failures if failure.kind == "blocked"]
    if blocked:
        return Verdict("blocked", _say(blocked[0]))
    if failures and not report.pages:
        first = failures[0]
        if first.kind in ("not_found", "unreachable"):
            return Verdict(first.kind, _say(first))
    lost = report.detail_failures
    most = max(DETAIL_FAILURE_MIN, DETAIL_FAILURE_SHARE * report.details_asked)
    if len(lost) > most:
        said = (
            f"{len(lost)} of {report.details_asked} details failed, the first with {_say(lost[0])}"
        )
        if lost[0].kind in ("blocked", "unreachable"):
            return Verdict(lost[0].kind, said)
        return Verdict("partial", said)
    return None


def _parse_error(facts: Facts) -> Verdict | None:
    if facts.errors:
        more = f" (and {len(facts.errors) - 1} more)" if len(facts.errors) > 1 else ""
        return Verdict("parse_error", facts.errors[0] + more)
    total = facts.stored + facts.rejected
    if total and facts.rejected > REJECT_SHARE * total:
        return Verdict(
            "parse_error",
            f"{facts.rejected} of {total} postings lack a mandatory field: {facts.reject_reason}",
        )
    return None


def _partial(facts: Facts) -> Verdict | None:
    report = facts.report
    if report.listing_failures:
        return Verdict("partial", f"a listing page failed: {_say(report.listing_failures[0])}")
    if report.cut_short:
        return Verdict("partial", report.cut_short)
    if facts.finish_reason != "finished":
        return Verdict("partial", f"stopped early: {facts.finish_reason}")
    if not report.pages:
        return Verdict("partial", "no listing page was read")
    declared = report.declared_total or 0
    received = report.listed + sum(report.skipped_rows.values())
    if declared * (1 - facts.total_slack) > received:
        return Verdict("partial", f"{received} of {declared} declared postings were listed")
    return None


def _remarks(report: Report) -> str:
    said = [f"{count} rows were no posting ({why})" for why, count in report.skipped_rows.items()]
    if report.detail_failures:
        first = _say(report.detail_failures[0])
        said.append(f"{len(report.detail_failures)} details failed, the first with {first}")
    return "; ".join(said)


def _say(failure: FetchFailure) -> str:
    return f"{failure.reason} for {failure.url}"


# --- what a person should be told ----------------------------------------------------------------

# Runs in a row after which a site that worked before is worth a person's attention.
PATIENCE: dict[Outcome, int] = {
    "config_error": 1,
    "parse_error": 1,
    "blocked": 2,
    "not_found": 2,
    "partial": 2,
    "suspect_drop": 2,
    "unreachable": 3,
}


def is_alarming(outcomes: Sequence[Outcome]) -> bool:
    """Should a person look? `outcomes` are a source's, newest first.

    A source that never had a complete run is new or mistyped: its first failure is worth a look.
    """
    if not outcomes or outcomes[0] in ("ok", "empty"):
        return False
    if not any(outcome in COMPLETE for outcome in outcomes):
        return True
    healthy = ("ok", "empty")
    in_a_row = next((i for i, o in enumerate(outcomes) if o in healthy), len(outcomes))
    return in_a_row >= PATIENCE[outcomes[0]]
