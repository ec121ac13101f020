"""What a format is, and what is said of an export as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from db.publish._entry import Entry

# Relative path (with `/`) -> content. The first file is what a format of one file is.
Files = Mapping[str, str]

# The editor's own board, whose newsletter and data file two of the formats are.
SITE = "https://www.researchcomputingteams.org/jobs/"


@dataclass(frozen=True)
class Edition:
    """The occasion of an export."""

    at: datetime  # with time zone
    total: int = 0  # open postings on the whole board, not only the exported ones
    site: str = SITE  # where the board is on the web; ends with a slash
    name: str = "Research computing jobs"

    @property
    def today(self) -> date:
        return self.at.astimezone(UTC).date()


@dataclass(frozen=True)
class Format:
    """One way to publish. `write` is pure: entries in the order of publication in, files out."""

    says: str  # one line for `--help`
    write: Callable[[Sequence[Entry], Edition], Files]
    rows: Literal["kept", "board"] = "board"
    folder: bool = False  # several files: needs a folder
    # Files for each posting: those of an earlier export that are no more are removed.
    swept: bool = False
    name: str | None = None  # where it cannot be the module's
