"""Between a request and a page: the database of the site, forms, addresses, answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Forbidden, NotFound, Response

from db.site.access import DESK, HEADERS, config, is_editor, is_public, policy

Answer = TypeVar("Answer")
READ_MS = 10_000  # no page reads longer than this, whatever was searched for


def databases(datasette: Any) -> list[str]:
    """The databases here that are Rolecall's: attached files with its tables."""
    return [
        name
        for name, database in datasette.databases.items()
        if name != "_internal" and database.path and _is_ours(str(database.path))
    ]


@cache
def _is_ours(path: str) -> bool:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('postings', 'source_runs')"
        ).fetchone()
    finally:
        connection.close()
    return bool(found[0] == 2)


def database(datasette: Any) -> Any:
    """The database whose pages these are: the first. Raises NotFound when there is none."""
    names = databases(datasette)
    if not names:
        raise NotFound("no Rolecall database is open")
    return datasette.get_database(names[0])


async def read(datasette: Any, what: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """`what(connection)` in a thread of its own, cut off when it takes too long."""

    def limited(conn: sqlite3.Connection) -> Answer:
        with sqlite_timelimit(conn, READ_MS):
            return what(conn)

    found: Answer = await database(datasette).execute_fn(limited)
    return found


async def write(datasette: Any, what: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """`what(connection)` in one transaction on the one connection that writes.

    It waits for a crawl's commit (busy_timeout), and takes the lock at once so that it never waits
    in vain.
    """

    def in_transaction(conn: sqlite3.Connection) -> Answer:
        conn.commit()
        conn.execute("BEGIN IMMEDIATE")
        try:
            found = what(conn)
        except BaseException:
            conn.rollback()
            raise
        conn.commit()
        return found

    found: Answer = await database(datasette).execute_write_fn(in_transaction)
    return found


async def allow(datasette: Any, request: Any, action: str = DESK) -> str:
    """The editor's name. Raises Forbidden when this actor may not, NotFound where no desk is."""
    if is_public(datasette):
        raise NotFound("this instance has no desk")
    if not await datasette.permission_allowed(request.actor, action, default=False):
        raise Forbidden("only the editor may do this; `rolecall serve` prints a link to sign in")
    return str(request.actor["id"])


def wants_json(request: Any) -> bool:
    """Is it the page's script that asks?"""
    return "application/json" in (request.headers.get("accept") or "")


def site_url(datasette: Any, request: Any) -> str:
    """Where this site is, without a slash at the end, for addresses that leave it."""
    told = config(datasette).get("url")
    if told:
        return str(told).rstrip("/")
    return str(datasette.absolute_url(request, datasette.urls.instance())).rstrip("/")


async def page(
    datasette: Any,
    request: Any,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    cache_seconds: int = 0,
) -> Response:
    """A page of ours, with the strict policy of ours."""
    body = await datasette.render_template(f"rolecall/{template}", context, request=request)
    kept = f"public, max-age={cache_seconds}" if cache_seconds else "no-store"
    if request.actor:
        kept = "no-store"
    headers = {**HEADERS, "content-security-policy": policy(ours=True), "cache-control": kept}
    return Response.html(body, status=status, headers=headers)


def text(body: str, content_type: str, cache_seconds: int = 300) -> Response:
    """A feed or a file, which other sites' scripts may read."""
    headers = {**HEADERS, "cache-control": f"public, max-age={cache_seconds}"}
    headers["access-control-allow-origin"] = "*"
    return Response(body, headers=headers, content_type=content_type)


def links(datasette: Any, actor: Any) -> list[dict[str, str]]:
    """The pages in the header, in this order."""
    path = datasette.urls.path
    desk = [("/desk", "New finds"), ("/desk/issue", "Issue")] if is_editor(datasette, actor) else []
    pages = [*desk, ("/board", "Board"), ("/sources", "Sources"), ("/trends", "Trends")]
    return [{"href": path(href), "label": label, "path": href} for href, label in pages]
