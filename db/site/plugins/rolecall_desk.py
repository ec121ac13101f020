"""The editor's pages: new finds, deciding, the issue, the sample of what is hidden, adding."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response

from db.site import children, finds, issue, marks, one, sample
from db.site.access import MARK
from db.site.web import allow, database, page, read, wants_json, write


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Our addresses."""
    return [
        (r"^/desk$", show_finds),
        (r"^/desk/posting/(?P<number>\d{1,18})$", show_posting),
        (r"^/desk/mark$", mark),
        (r"^/desk/log$", show_log),
        (r"^/desk/issue$", show_issue),
        (r"^/desk/issue/order$", order),
        (r"^/desk/issue/check$", check),
        (r"^/desk/issue/send$", send),
        (r"^/desk/sample$", show_sample),
        (r"^/desk/add$", add),
    ]


# --- new finds ------------------------------------------------------------------------------------


async def show_finds(datasette: Any, request: Any) -> Response:
    """The ranked list."""
    editor = await allow(datasette, request)
    filters = finds.Filters.read({name: request.args.get(name) or "" for name in request.args})

    def look(conn: sqlite3.Connection) -> dict[str, Any]:
        visited, sent = marks.last_visit(conn, editor), marks.last_issue(conn)
        day = _since(conn, filters.since, visited, sent)
        return {
            "found": finds.find(conn, filters, day), "choices": finds.choices(conn),
            "visited": visited, "sent": sent,
        }  # fmt: skip

    context = await read(datasette, look)
    await database(datasette).execute_write_fn(_visiting(editor), block=False)
    context |= {
        "filters": filters, "orders": finds.ORDERS, "page_size": finds.PAGE,
        "counted": finds.COUNTED, "country": _country, "days": _days(),
        "link": lambda **other: f"?{urlencode(filters.query(**other))}",
        "filtered": bool(set(filters.query()) - {"order", "page"}),
    }  # fmt: skip
    return await page(datasette, request, "finds.html", context)


def _since(
    conn: sqlite3.Connection, said: str, visited: str | None, sent: tuple[str, str] | None
) -> str | None:
    if said == "visit":
        return marks.first_day_after(conn, visited) if visited else None
    if said == "issue":
        return marks.first_day_after(conn, sent[1]) if sent else None
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        return None


def _visiting(editor: str) -> Callable[[sqlite3.Connection], None]:
    def note(conn: sqlite3.Connection) -> None:
        with conn:
            marks.visit(conn, editor)

    return note


def _country(code: str) -> str:
    from db.publish._words import country_name

    return country_name(code)


def _days() -> list[tuple[str, str]]:
    """Days a snooze may end on, and what they are called."""
    today = datetime.now(UTC).date()
    spans = {"tomorrow": 1, "in 3 days": 3, "next week": 7, "in 2 weeks": 14, "in a month": 30}
    return [((today + timedelta(days=n)).isoformat(), name) for name, n in spans.items()]


async def show_posting(datasette: Any, request: Any) -> Response:
    """One posting with all that helps to decide; `?fragment=1` without the page around it."""
    await allow(datasette, request)
    number = int(request.url_vars["number"])
    row = await read(datasette, lambda conn: one.for_desk(conn, number))
    if row is None:
        raise NotFound("there is no such posting")
    fragment = request.args.get("fragment") == "1"
    context = {
        "row": row, "days": _days(), "fragment": fragment,
        "week": request.args.get("week") or "", "back": _local(request.args.get("back")),
    }  # fmt: skip
    return await page(datasette, request, "_find.html" if fragment else "find.html", context)


# --- deciding -------------------------------------------------------------------------------------


async def mark(datasette: Any, request: Any) -> Response:
    """Append a decision; answers the page's script in JSON, everybody else with a page."""
    editor = await allow(datasette, request, MARK)
    form = await _form(request)

    def append(conn: sqlite3.Connection) -> str:
        text = conn.execute(
            "SELECT description_text FROM texts WHERE posting = ?", (form.get("posting"),)
        ).fetchone()
        row = marks.mark_of(form, editor, text[0] if text and text[0] else "")
        marks.add(conn, [row])
        if form.get("week"):
            sample.remember(conn, form["week"])
        return marks.decision(conn, row["posting"])

    try:
        stands = await write(datasette, append)
    except ValueError as error:
        return await _refused(datasette, request, str(error))
    if wants_json(request):
        return _json({"ok": True, "posting": int(form["posting"]), "decision": stands})
    return Response.redirect(datasette.urls.path(_local(form.get("back")) or "/desk"))


async def show_log(datasette: Any, request: Any) -> Response:
    """What was decided, newest first."""
    await allow(datasette, request)
    rows = await read(datasette, marks.log)
    return await page(datasette, request, "log.html", {"rows": rows})


# --- the issue ------------------------------------------------------------------------------------


async def show_issue(datasette: Any, request: Any) -> Response:
    """What is kept, and the section to copy."""
    await allow(datasette, request)
    return await _issue(datasette, request)


async def _issue(
    datasette: Any, request: Any, checked: list[Any] | None = None, failed: str = ""
) -> Response:
    rows, closed = await read(datasette, issue.kept)
    text, left_out = await read(datasette, issue.markdown)
    sent = await read(datasette, marks.last_issue)
    by_url = {one["url"]: one for one in checked or []}
    context = {
        "rows": rows, "closed": closed, "markdown": text, "left_out": left_out, "sent": sent,
        "checked": by_url, "failed": failed,
    }  # fmt: skip
    return await page(datasette, request, "issue.html", context)


async def order(datasette: Any, request: Any) -> Response:
    """A new order of the kept ones: `order` is their numbers, or `move` one of them `by` places."""
    editor = await allow(datasette, request, MARK)
    form = await _form(request)

    def arrange(conn: sqlite3.Connection) -> str:
        rows, _ = issue.kept(conn)
        wanted = [row["id"] for row in rows]
        if form.get("order"):
            wanted = [int(n) for n in form["order"].split(",") if n.isdigit()]
        elif form.get("move", "").isdigit() and int(form["move"]) in wanted:
            at = wanted.index(int(form["move"]))
            to = min(max(0, at + (-1 if form.get("by") == "-1" else 1)), len(wanted) - 1)
            wanted.insert(to, wanted.pop(at))
        issue.reorder(conn, wanted, editor)
        return issue.markdown(conn)[0]

    text = await write(datasette, arrange)
    if wants_json(request):
        return _json({"ok": True, "markdown": text})
    return Response.redirect(datasette.urls.path("/desk/issue"))


async def check(datasette: Any, request: Any) -> Response:
    """Is every link of the issue still open? Asks the sites, so it may take a minute."""
    await allow(datasette, request, MARK)
    rows, _ = await read(datasette, issue.kept)
    urls = {row["id"]: row["entry"].url for row in rows if row["entry"]}
    seen = await read(datasette, lambda conn: issue.seen_lately(conn, urls))
    checked = [
        {"url": urls[number], "state": "open", "evidence": f"seen in the listing of {listed_on}"}
        for number, listed_on in seen.items()
    ]
    asked = [url for number, url in urls.items() if number not in seen]
    failed = ""
    try:
        if asked:
            checked += await children.check(str(database(datasette).path), asked)
    except children.Failed as error:
        failed = str(error)
    if wants_json(request):
        return _json({"ok": not failed, "reason": failed, "checked": checked})
    return await _issue(datasette, request, checked, failed)


async def send(datasette: Any, request: Any) -> Response:
    """The issue is out: everything in it is listed from now on."""
    editor = await allow(datasette, request, MARK)
    name = ((await _form(request)).get("issue") or "").strip()[: marks.LONGEST["issue"]]
    if not name:
        return await _refused(datasette, request, "which issue? It needs a number or a name")
    await write(datasette, lambda conn: issue.send(conn, name, editor))
    return Response.redirect(datasette.urls.path("/desk/issue"))


# --- what is hidden, what is missing --------------------------------------------------------------


async def show_sample(datasette: Any, request: Any) -> Response:
    """A week's random sample of what the scores hid."""
    await allow(datasette, request)
    today = datetime.now(UTC).date()
    week = request.args.get("week") or sample.last_week(today)
    try:
        sample.days_of(week)
    except ValueError:
        raise NotFound(f"{week} is no week") from None
    drawn, past = await read(
        datasette, lambda conn: (sample.draw(conn, week), sample.estimates(conn))
    )
    judged = [row for row in drawn.rows if row["judged"]]
    wanted = [row for row in judged if row["judged"] == "wanted"]
    context = {
        "sample": drawn, "past": past, "judged": len(judged), "wanted": len(wanted),
        "estimate": sample.estimate(drawn.hidden, len(judged), len(wanted)),
        "this_week": sample.name_of(today), "last_week": sample.last_week(today),
    }  # fmt: skip
    return await page(datasette, request, "sample.html", context)


async def add(datasette: Any, request: Any) -> Response:
    """Add a posting by its address."""
    await allow(datasette, request, MARK)
    context: dict[str, Any] = {"url": "", "failed": "", "posting": None}
    if request.method == "POST":
        context["url"] = ((await _form(request)).get("url") or "").strip()[:2000]
        try:
            read_one = await children.read_and_keep(str(database(datasette).path), context["url"])
            context["posting"] = read_one
            context["number"] = await read(datasette, lambda conn: _stored(conn, read_one))
        except children.Failed as error:
            context["failed"] = str(error)
    return await page(datasette, request, "add.html", context)


def _stored(conn: sqlite3.Connection, posting: dict[str, Any]) -> int | None:
    """The number of a posting that was just stored, by its first key."""
    for key in posting.get("keys") or []:
        parts = tuple(key.values()) if isinstance(key, dict) else tuple(key)
        row = conn.execute(
            "SELECT posting FROM keys WHERE platform = ? AND tenant = ? AND key = ?", parts
        ).fetchone()
        if row:
            return int(row[0])
    return None


# --- helpers --------------------------------------------------------------------------------------


async def _form(request: Any) -> dict[str, str]:
    """A form's fields; ticked paragraphs, the one field that repeats, as `paragraphs`.

    Raises NotFound for what is no form: our addresses that change something take nothing else.
    """
    if request.method != "POST":
        raise NotFound("this address takes a form")
    body = (await request.post_body()).decode("utf-8", errors="replace")
    pairs = parse_qsl(body, keep_blank_values=True)
    form = dict(pairs)
    ticked = [value for name, value in pairs if name == "paragraph"]
    if ticked:
        form["paragraphs"] = ",".join(ticked)
    return form


async def _refused(datasette: Any, request: Any, reason: str) -> Response:
    if wants_json(request):
        return _json({"ok": False, "reason": reason}, 400)
    context = {"title": "That was not understood", "text": reason}
    return await page(datasette, request, "message.html", context, status=400)


def _json(said: dict[str, Any], status: int = 200) -> Response:
    return Response.json(said, status=status, headers={"cache-control": "no-store"})


def _local(path: str | None) -> str:
    """A path of this site to go back to; "" for an address elsewhere."""
    inside = bool(path) and str(path).startswith("/desk") and "\\" not in str(path)
    return str(path) if inside else ""
