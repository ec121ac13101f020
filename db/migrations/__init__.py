"""The schema's history: one module per step, applied in this order and never edited afterwards."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.migrations import (
    m0001_initial,
    m0002_listed,
    m0003_field_sizes,
    m0004_various,
    m0005_duplicates,
    m0006_answers,
    m0007_contract,
    m0008_recruiter,
    m0009_scores,
    m0010_desk,
    m0011_salary_source,
)

migrations = Migrations("rolecall")
migrations(name="0001_initial")(m0001_initial.apply)
migrations(name="0002_listed")(m0002_listed.apply)
migrations(name="0003_field_sizes")(m0003_field_sizes.apply)
migrations(name="0004_various")(m0004_various.apply)
migrations(name="0005_duplicates")(m0005_duplicates.apply)
migrations(name="0006_answers")(m0006_answers.apply)
migrations(name="0007_contract")(m0007_contract.apply)
migrations(name="0008_recruiter")(m0008_recruiter.apply)
migrations(name="0009_scores")(m0009_scores.apply)
migrations(name="0010_desk")(m0010_desk.apply)
migrations(name="0011_salary_source")(m0011_salary_source.apply)


def migrate(db: Database) -> None:
    """Bring a database up to the newest schema; does nothing when it is there already."""
    migrations.apply(db)
