"""2i2c's postings: Markdown files with TOML front matter, `content/jobs/<year>/<slug>.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from db.publish import _posts
from db.publish._entry import Entry
from db.publish._format import Edition, Files, Format
from db.publish._text import board_field, markdown_line, slug
from db.publish._words import pay_text, places_text, posted_day

ROLLING = "Applications are accepted on a **rolling basis** until the position is filled."
UNSTATED = "Not stated"
MOST_DESCRIBED = 4


def write(entries: Sequence[Entry], edition: Edition) -> Files:
    def name(entry: Entry) -> str:
        stem = slug(entry.title).replace("_", "-") or str(entry.id)
        return f"{posted_day(entry, edition.today).year}/{stem}"

    files = _posts.named(entries, name)
    return {f"{stem}.md": post(entry, edition) for stem, entry in files.items()}


def post(entry: Entry, edition: Edition) -> str:
    """One file; `{{% job_details %}}` is the shortcode that prints the front matter."""
    matter: dict[str, object] = {
        "title": board_field(entry.title),
        "date": posted_day(entry, edition.today).isoformat(),
        "work_description": described(entry),
        "salary_range": board_field(pay_text(entry)) or UNSTATED,
        "location": board_field(places_text(entry)) or UNSTATED,
        "url_apply": entry.url,
        "deadline": _deadline(entry),
        "open": True,  # its template takes all but a boolean for closed
        "show_date": True,
    }
    head = "\n".join(f"{key} = {toml(value)}" for key, value in matter.items())
    body = _posts.body(entry)
    lead = [one for one in map(markdown_line, entry.excerpt[:1]) if one not in body]
    paragraphs = [*lead, "{{% job_details %}}", body, "## How to apply", _posts.apply_line(entry)]
    text = "\n\n".join(filter(None, paragraphs))
    return f"+++\n{head}\n+++\n\n{text}\n"


def described(entry: Entry) -> list[str]:
    """What the work is about: the categories, else the title."""
    kinds = ("role", "technical", "domain")
    found = [one for kind in kinds for one in entry.categories.get(kind, ())]
    unique = list(dict.fromkeys(map(board_field, found)))[:MOST_DESCRIBED]
    return unique or [board_field(entry.title)]


def _deadline(entry: Entry) -> str:
    if not entry.deadline:
        return ROLLING
    day = date.fromisoformat(entry.deadline[:10])
    return f"Applications close on **{day:%B} {day.day}, {day.year}**."


def toml(value: object) -> str:
    """A value of TOML; its basic strings know the escapes of JSON."""
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


FORMAT = Format(
    "a Markdown file per posting with 2i2c's front matter",
    write,
    folder=True,
    swept=True,
    name="2i2c",
)
