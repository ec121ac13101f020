"""What a spider says about its own run; the outcome is decided from it, not from item counts."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.errors import FailureKind


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """A request of this run that brought nothing usable."""

    kind: FailureKind
    url: str
    reason: str


@dataclass
class Report:
    """Facts of one source-run, filled while it goes."""

    declared_total: int | None = None  # the largest total any listing page stated
    listed: int = 0  # distinct postings seen in the listing
    repeated_rows: int = 0
    skipped_rows: dict[str, int] = field(default_factory=dict)  # why a row was no posting -> count
    pages: int = 0  # listing pages read
    listing_failures: list[FetchFailure] = field(default_factory=list)
    details_asked: int = 0
    detail_failures: list[FetchFailure] = field(default_factory=list)
    cut_short: str | None = None  # why the listing was not read to its end

    def skip_row(self, reason: str) -> None:
        """Count a listing row that is no posting (a ghost, an advertisement)."""
        self.skipped_rows[reason] = self.skipped_rows.get(reason, 0) + 1
