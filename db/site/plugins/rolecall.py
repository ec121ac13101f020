"""The site: what tables hold, canned queries, a front page; the same for any database file name."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from datasette import hookimpl

from db.schema import TABLES
from db.store import QUERIES

# Newest first, and facets that have an index or few values (suggestions are off, they are slow).
TABLE_PAGES: dict[str, dict[str, Any]] = {
    "postings": {
        "sort_desc": "first_seen",
        "facets": ["platform", "workplace", "employment_type"],
        "label_column": "title",
        "fts_table": "postings_fts",
        "fts_pk": "id",
    },
    "new_finds": {
        "title": "New finds",
        "facets": ["workplace", "employment_type"],
        "fts_table": "postings_fts",
        "fts_pk": "id",
    },
    "board": {
        "title": "Board",
        "facets": ["workplace", "employment_type"],
        "fts_table": "postings_fts",
        "fts_pk": "id",
    },
    "sources": {"facets": ["platform", "country", "kind", "enabled"], "label_column": "employer"},
    "source_runs": {"sort_desc": "id", "facets": ["outcome"]},
    "source_health": {"title": "Source health", "facets": ["outcome", "platform"]},
    "runs": {"sort_desc": "id"},
    "changes": {"sort_desc": "id", "facets": ["field"]},
    "rejects": {"sort_desc": "id", "facets": ["source", "reason"]},
    "places": {"facets": ["country", "remote"]},
    "field_counts": {"facets": ["field"]},
    # What only the crawl needs.
    "sightings": {"hidden": True},
    "postings_search": {"hidden": True},
}

# On the front page, in this order: table, view or canned query -> what it answers.
FRONT = {
    "new_finds": "What is new, open and undecided",
    "new_this_week": "First seen in the last seven days",
    "closing_soon": "Deadline within two weeks",
    "board": "Everything that is open",
    "source_health": "How each source is, and since when",
    "recent_changes": "What postings said before",
}


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Descriptions, facets and sort order, for every database that is a Rolecall database."""
    tables = {
        name: {
            "description": described,
            "columns": {column: said for column, said in columns.items() if said},
            **TABLE_PAGES.get(name, {}),
        }
        for name, (described, columns) in TABLES.items()
    }
    return {"databases": {name: {"tables": tables} for name in _databases(datasette)}}


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, Any]:
    """The files of db/queries/; one that shares its name with a view is that view's page."""
    if database not in _databases(datasette):
        return {}
    return {name: query for name, query in _queries().items() if name not in TABLES}


@hookimpl
def extra_template_vars(datasette: Any, template: str) -> Callable[[], Awaitable[dict[str, Any]]]:
    """For the front page: the pages worth opening, and a few figures."""

    async def inner() -> dict[str, Any]:
        if template != "index.html":
            return {}
        ours = _databases(datasette)
        others = [name for name in datasette.databases if name not in (*ours, "_internal")]
        return {"rolecall": [await _front(datasette, name) for name in ours], "others": others}

    return inner


@hookimpl
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    """Read the schema before the first visitors do.

    Datasette 0.65 copies it into an internal database at the first request; several at once lock
    each other out of it now and then ("database table is locked: sqlite_master").
    """

    async def inner() -> None:
        await datasette.refresh_schemas()

    return inner


async def _front(datasette: Any, name: str) -> dict[str, Any]:
    database = datasette.get_database(name)
    figures = await database.execute(
        """
        SELECT (SELECT count(*) FROM postings WHERE closed_at IS NULL) AS open,
            (SELECT count(DISTINCT source) FROM source_runs) AS sources,
            (SELECT substr(max(started), 1, 16) FROM runs) AS last
        """
    )
    pages = [
        {"href": datasette.urls.table(name, page), "title": page.replace("_", " "), "says": says}
        for page, says in FRONT.items()
    ]
    return {"name": name, **dict(figures.first()), "pages": pages}


def _databases(datasette: Any) -> list[str]:
    """The databases here that are Rolecall's: attached files with a table of postings."""
    return [
        name
        for name, database in datasette.databases.items()
        if name != "_internal" and database.path and _is_ours(str(database.path))
    ]


@cache
def _is_ours(path: str) -> bool:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        found = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('postings', 'source_runs')"
        ).fetchone()
    connection.close()
    return bool(found[0] == 2)


@cache
def _queries() -> dict[str, dict[str, Any]]:
    """Each query with its leading comment as description."""
    queries = {}
    for path in sorted(QUERIES.glob("*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        comment = [line for line in lines if line.startswith("--")]
        queries[path.stem] = {
            "sql": "\n".join(line for line in lines if not line.startswith("--")).strip(),
            "hide_sql": True,
            "title": path.stem.replace("_", " ").capitalize(),
            "description": " ".join(line.removeprefix("--").strip() for line in comment),
        }
    return queries
