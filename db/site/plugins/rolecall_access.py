"""Signing in, permissions, the guard on readers' connections, and headers on every answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Response

from db.site.access import (
    DESK,
    HEADERS,
    MARK,
    Tokens,
    config,
    guard,
    is_editor,
    is_public,
    policy,
)
from db.site.web import page

YEAR = 365 * 24 * 3600
BUSY_MS = 30_000  # a crawl holds the write lock for milliseconds; the checkpoint after it longer


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Wait for a crawl that is writing; on the readers' instance keep private tables private."""
    conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if is_public(datasette) and database != "_internal":
        guard(conn)


@hookimpl
def permission_allowed(datasette: Any, actor: Any, action: str) -> bool | None:
    """Only editors see the desk and decide; nobody does on the readers' instance."""
    if action in (DESK, MARK):
        return is_editor(datasette, actor)
    return None


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The address of the sign-in link."""
    return [(r"^/desk/sign-in$", sign_in)]


async def sign_in(datasette: Any, request: Any) -> Response:
    """Exchange a one-time token for Datasette's own actor cookie."""
    tokens = _tokens(datasette)
    if is_public(datasette) or not tokens.use(request.args.get("token") or ""):
        context = {
            "title": "This link was used already",
            "text": "A sign-in link works once. `rolecall serve` prints a new one when it starts.",
        }
        return await page(datasette, request, "message.html", context, status=403)
    response = Response.redirect(datasette.urls.path("/desk"))
    response.set_cookie(
        "ds_actor",
        datasette.sign({"a": {"id": config(datasette).get("editor", "editor")}}, "actor"),
        max_age=YEAR,
        path=datasette.setting("base_url"),
        secure=bool(datasette.setting("force_https_urls")),
        httponly=True,
        samesite="lax",
    )
    response.headers["cache-control"] = "no-store"
    return response


def _tokens(datasette: Any) -> Tokens:
    found: Tokens | None = getattr(datasette, "_rolecall_tokens", None)
    if found is None:
        token = config(datasette).get("sign_in")
        found = Tokens([str(token)] if token else [])
        datasette._rolecall_tokens = found
    return found


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Security headers on every answer that has none of its own."""
    headers = {**HEADERS, "content-security-policy": policy(ours=False)}

    def wrap(app: Any) -> Callable[..., Awaitable[None]]:
        async def wrapped(scope: Any, receive: Any, send: Any) -> None:
            async def with_headers(event: Any) -> None:
                if event["type"] == "http.response.start":
                    there = {name.lower() for name, _ in event.get("headers") or []}
                    more = [
                        (name.encode(), value.encode())
                        for name, value in headers.items()
                        if name.encode() not in there
                    ]
                    event = {**event, "headers": [*(event.get("headers") or []), *more]}
                await send(event)

            await app(scope, receive, with_headers if scope["type"] == "http" else send)

        return wrapped

    return wrap
