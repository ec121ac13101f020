"""What tables hold and who may see them, canned queries, and what is around every page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from datasette import hookimpl

from db.schema import TABLES
from db.site import board
from db.site.access import PRIVATE, editors, is_editor, is_public, table_allows
from db.site.web import databases, links, read, site_url
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
    "answers": {"hidden": True},
    "blocks": {"hidden": True},
    "compared": {"hidden": True},
    "postings_search": {"hidden": True},
}


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Descriptions, facets and sort order, for every database that is a Rolecall database."""
    allows = table_allows(datasette)
    tables = {
        name: {
            "description": described,
            "columns": {column: said for column, said in columns.items() if said},
            **TABLE_PAGES.get(name, {}),
            **({"allow": allows[name]} if name in PRIVATE else {}),
        }
        for name, (described, columns) in TABLES.items()
    }
    ours: dict[str, Any] = {"tables": tables}
    if not is_public(datasette):
        # Here a query could read the marks; the readers' instance has a guard against that.
        ours["allow_sql"] = editors(datasette)
    return {"databases": dict.fromkeys(databases(datasette), ours)}


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, Any]:
    """The files of db/queries/; one that shares its name with a view is that view's page."""
    if database not in databases(datasette):
        return {}
    return {name: query for name, query in _queries().items() if name not in TABLES}


@hookimpl
def extra_template_vars(
    datasette: Any, template: str, request: Any
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What every page of ours shows around its content; for the front page also a few figures."""

    async def inner() -> dict[str, Any]:
        if not (template == "index.html" or template.startswith("rolecall/")):
            return {}
        actor = request.actor if request else None
        said: dict[str, Any] = {
            "nav": links(datasette, actor),
            "editor": actor["id"] if actor and is_editor(datasette, actor) else None,
            "here": request.path if request else "",
            "site_url": site_url(datasette, request) if request else "",
        }
        if template == "index.html":
            ours = databases(datasette)
            said["figures"] = await read(datasette, board.figures) if ours else None
            said["data"] = [
                {"name": name, "href": datasette.urls.database(name)}
                for name in datasette.databases
                if name != "_internal"
            ]
        return said

    return inner


@hookimpl
def menu_links(datasette: Any, actor: Any) -> list[dict[str, str]]:
    """Our pages in the menu of Datasette's."""
    return links(datasette, actor) if databases(datasette) else []


@hookimpl
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    """Read the schema before the first visitors do.

    Datasette 0.65 copies it into an internal database at the first request; several at once lock
    each other out of it now and then ("database table is locked: sqlite_master").
    """

    async def inner() -> None:
        await datasette.refresh_schemas()

    return inner


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
