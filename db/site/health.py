"""Sources: how each is, the unwell first."""

from __future__ import annotations

import sqlite3

from db.site.rows import Row, dicts
from db.site.svg import strip

VISITS = 21
USUAL_RUNS = 30  # nights that tell what is usual
FIELDS = ("description_text", "places", "date_posted", "valid_through", "workplace",
          "employment_type", "salary")  # fmt: skip
_WORST = ("config_error", "parse_error", "not_found", "unreachable", "blocked", "suspect_drop",
          "partial", "empty", "ok")  # fmt: skip


def sources(conn: sqlite3.Connection) -> list[Row]:
    """Every visited source: health, last visits as a picture, coverage of fields, a verdict."""
    rows = dicts(conn, "SELECT * FROM source_health")
    visits = _visits(conn)
    coverage = _coverage(conn)
    for row in rows:
        past = visits.get(row["source"], [])
        row["picture"] = strip(
            [(v["outcome"], _told(v)) for v in past],
            f"Last {len(past)} visits of {row['source']}: "
            + ", ".join(v["outcome"] for v in reversed(past[-5:])),
        )
        row["fields"] = coverage.get(row["source"], [])
        row["verdict"] = verdict(row)
    rows.sort(key=lambda row: (_RANK[row["verdict"]], _WORST.index(row["outcome"]), row["source"]))
    return rows


_RANK = {"broken": 0, "look": 1, "fine": 2}


def verdict(row: Row) -> str:
    """broken, look (worth a look) or fine."""
    if row["outcome"] in ("config_error", "parse_error", "not_found"):
        return "broken"
    if row["incomplete_in_a_row"] >= 3:
        return "broken"
    if row["outcome"] not in ("ok", "empty") or row["held"]:
        return "look"
    if row["outcome"] == "empty" and (row["median_listed"] or 0) > 0:
        return "look"
    lost = [f for f in row["fields"] if f["lost"]]
    return "look" if lost else "fine"


def totals(rows: list[Row]) -> dict[str, int]:
    """How many sources of each verdict, and open postings."""
    found = dict.fromkeys(_RANK, 0)
    for row in rows:
        found[row["verdict"]] += 1
    return {**found, "open": sum(row["open_postings"] for row in rows)}


def _told(visit: Row) -> str:
    count = "" if visit["listed"] is None else f", {visit['listed']} listed"
    return f"{visit['started'][:10]}: {visit['outcome']}{count}"


def _visits(conn: sqlite3.Connection) -> dict[str, list[Row]]:
    """The last visits by source, oldest first; by index, from each source's end."""
    found: dict[str, list[Row]] = {}
    for row in dicts(
        conn,
        f"""
        SELECT sources.id AS source, visit.outcome, visit.listed, visit.started FROM sources
        CROSS JOIN source_runs AS visit ON visit.source = sources.id AND visit.id >= coalesce((
            SELECT id FROM source_runs WHERE source = sources.id
            ORDER BY id DESC LIMIT 1 OFFSET {VISITS - 1}
        ), 0) ORDER BY sources.id, visit.id
        """,
    ):
        found.setdefault(row["source"], []).append(row)
    return found


def _coverage(conn: sqlite3.Connection) -> dict[str, list[Row]]:
    """Share of read postings that gave a field, in the last run that read any, beside the mean of
    the runs before; `lost` when a field that most gave is gone."""
    last = (
        "sources CROSS JOIN field_counts ON field_counts.source = sources.id AND run {runs} "
        "(SELECT max(run) FROM field_counts AS latest WHERE latest.source = sources.id)"
    )
    usual = {
        (source, field): share
        for source, field, share in conn.execute(
            "SELECT sources.id, field, 1.0 * sum(present) / nullif(sum(postings), 0) FROM "
            f"{last.format(runs='<')} "
            f"AND run >= (SELECT max(run) - {USUAL_RUNS} FROM field_counts) "
            "GROUP BY sources.id, field"
        )
    }
    found: dict[str, list[Row]] = {}
    for row in dicts(
        conn,
        "SELECT sources.id AS source, field, field_counts.postings, present, parsed, characters "
        f"FROM {last.format(runs='=')}",
    ):
        read = row["postings"] or 0
        row["share"] = row["present"] / read if read else None
        row["usual"] = before = usual.get((row["source"], row["field"]))
        row["lost"] = bool(
            read >= 5 and before is not None and before >= 0.6 and row["share"] < before / 3
        )
        found.setdefault(row["source"], []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: _place(row["field"]))
    return found


def _place(field: str) -> tuple[int, str]:
    return (FIELDS.index(field) if field in FIELDS else len(FIELDS), field)
