"""The schema's history: one module per step, applied in this order and never edited afterwards."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.migrations import m0001_initial, m0002_listed, m0003_field_sizes

migrations = Migrations("rolecall")
migrations(name="0001_initial")(m0001_initial.apply)
migrations(name="0002_listed")(m0002_listed.apply)
migrations(name="0003_field_sizes")(m0003_field_sizes.apply)


def migrate(db: Database) -> None:
    """Bring a database up to the newest schema; does nothing when it is there already."""
    migrations.apply(db)
