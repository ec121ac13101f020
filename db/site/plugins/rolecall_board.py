"""The pages for everybody: board, a posting, feeds, sources, trends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response

from db.publish import entry_of
from db.publish._text import safe_html
from db.publish.jsonld import script
from db.site import board, feeds, health, one, svg, trends
from db.site.web import page, read, site_url, text

KEPT = 60  # seconds a page may be kept by a browser or a cache in front
LARGEST = 200_000  # characters of markup; beyond it the plain text is shown


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Our addresses."""
    return [
        (r"^/board$", show_board),
        (r"^/board\.(?P<kind>atom|rss|json)$", show_feed),
        (r"^/board/(?P<number>\d{1,18})$", show_posting),
        (r"^/sources$", show_sources),
        (r"^/trends$", show_trends),
    ]


async def show_board(datasette: Any, request: Any) -> Response:
    """The list with its facets."""
    choice = board.Choice.read(_said(request))
    (rows, more), counts = await read(
        datasette, lambda conn: (board.page(conn, choice), board.counts(conn, choice))
    )
    context = {
        "choice": choice, "rows": rows, "more": more, "counts": counts,
        "facets": [(name, counts.facets.get(name, [])) for name in board.FACETS],
        "label": board.label, "counted": board.COUNTED,
    }  # fmt: skip
    return await page(datasette, request, "board.html", context, cache_seconds=KEPT)


async def show_feed(datasette: Any, request: Any) -> Response:
    """The newest postings of a filter, as a feed."""
    kind = request.url_vars["kind"]
    choice = board.Choice.read({**_said(request), "page": "1"})
    rows, _ = await read(datasette, lambda conn: board.page(conn, choice, feeds.LENGTH))
    site = site_url(datasette, request)
    words = choice.in_words()
    title = f"Research computing jobs: {words}" if words else "Research computing jobs"
    own = f"{site}/board.{kind}{choice.query()}"
    body = feeds.feed(kind, rows, title, f"{site}/board{choice.query()}", own)
    return text(body, feeds.TYPES[kind])


async def show_posting(datasette: Any, request: Any) -> Response:
    """A posting's own page; it stays when the posting closes, and says so."""
    number = int(request.url_vars["number"])

    def look(conn: Any) -> Any:
        row = one.posting(conn, number)
        if row is None:
            return None
        markup = conn.execute(
            "SELECT description_html FROM texts "
            "WHERE posting = ? AND length(description_html) <= ?",
            (number, LARGEST),
        ).fetchone()
        row["markup"] = safe_html(markup[0]) if markup and markup[0] else None
        return row

    row = await read(datasette, look)
    if row is None:
        raise NotFound("there is no such posting")
    if row["duplicate_of"]:
        return Response.redirect(datasette.urls.path(f"/board/{row['duplicate_of']}"), status=301)
    today = datetime.now(UTC).date().isoformat()
    is_open = row["closed_at"] is None and (row["valid_through"] or today) >= today
    # Search engines ask that a filled job is no longer offered as one.
    entry = entry_of(
        {
            **row,
            "description_html": row["markup"],
            "description_text": "\n\n".join(row["paragraphs"]),
            "categories": [(c["type"], c["category"]) for c in row["categories"]],
        }
    )
    context = {
        "row": row, "is_open": is_open,
        "json_ld": script(entry) if entry and is_open else None,
        "permalink": f"{site_url(datasette, request)}/board/{number}",
    }  # fmt: skip
    return await page(datasette, request, "posting.html", context, cache_seconds=KEPT)


async def show_sources(datasette: Any, request: Any) -> Response:
    """How every source is."""
    rows = await read(datasette, health.sources)
    wanted = request.args.get("show") or ""
    shown = [row for row in rows if wanted in ("", row["verdict"])]
    begin = _number(request.args.get("page")) * 200
    context = {
        "rows": shown[begin : begin + 200], "totals": health.totals(rows), "show": wanted,
        "fields": health.FIELDS, "more": len(shown) > begin + 200, "page": begin // 200 + 1,
    }  # fmt: skip
    return await page(datasette, request, "sources.html", context, cache_seconds=KEPT)


async def show_trends(datasette: Any, request: Any) -> Response:
    """Charts over all that was ever seen."""
    relevant = request.args.get("all") != "1"
    today = datetime.now(UTC).date()
    told = await read(datasette, lambda conn: trends.kept(conn, today, relevant=relevant))
    names, series = told["weeks"]
    context = {
        **told, "relevant": relevant, "series": list(series),
        "new_chart": svg.stacked(names, series, "New postings per week by category"),
        "country_chart": svg.bars(told["countries"], "Open postings by country"),
        "employer_chart": svg.bars(told["employers"], "Employers with the most open postings"),
        "open_chart": svg.bars(told["days_open"]["spans"], "How long closed postings were open"),
    }  # fmt: skip
    return await page(datasette, request, "trends.html", context, cache_seconds=KEPT)


def _said(request: Any) -> dict[str, str]:
    return {name: request.args.get(name) or "" for name in request.args}


def _number(said: str | None) -> int:
    return int(said) - 1 if said and said.isdigit() and 0 < int(said) < 1000 else 0
