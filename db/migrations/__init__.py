"""The schema's history: one module per step, applied in this order and never edited afterwards."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.migrations import m0001_initial, m0002_listed

migrations = Migrations("rolecall")
migrations(name="0001_initial")(m0001_initial.apply)
migrations(name="0002_listed")(m0002_listed.apply)


def migrate(db: Database) -> None:
    """Bring a database up to the newest schema; does nothing when it is there already."""
    migrations.apply(db)
