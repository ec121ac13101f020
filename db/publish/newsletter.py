"""The newsletter's jobs section, in Markdown.

A heading, a sentence with the number of listings on the board, and for each posting the line

    **[Title](url)** - Organisation, Location <br/>

with the quoted paragraph on the next line and an empty line below it. The place is what follows the
last comma, so organisations may hold commas and places may not.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.publish._entry import Entry
from db.publish._format import Edition, Files, Format
from db.publish._text import markdown, markdown_line, markdown_url, one_line

HEADING = "## Jobs Leading Research Computing Teams"


def write(entries: Sequence[Entry], edition: Edition) -> Files:
    return {"newsletter.md": section(entries, edition)}


def section(entries: Sequence[Entry], edition: Edition) -> str:
    """The whole section."""
    link = f"[the job board]({markdown_url(edition.site)})"
    intro = (
        "This week’s new-listing highlights are below; the full listing of "
        f"{edition.total:,} jobs is, as ever, available on {link}."
    )
    return "\n\n".join([HEADING, intro, *map(listing, entries)]) + "\n"


def listing(entry: Entry) -> str:
    """A posting's line and the paragraphs quoted from it."""
    said = line(entry.title, entry.url, entry.organization, entry.location)
    return "\n".join([said, "\n\n".join(map(markdown_line, entry.excerpt))]).rstrip("\n")


def line(title: str, url: str, organization: str, location: str) -> str:
    """The line itself, from facts that may hold anything."""
    names = ", ".join(markdown(one_line(text)) for text in (organization, location) if text)
    return f"**[{markdown(one_line(title))}]({markdown_url(url)})** - {names} <br/>"


FORMAT = Format("the jobs section of the newsletter, in Markdown", write, rows="kept")
