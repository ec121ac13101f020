"""What a person sees of a check: a table on a terminal, lines without one, a report in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from crawler import clock
from crawler.night.check import Checked, counts
from crawler.night.check_site import State

COLOURS: dict[State, str] = {"open": "green", "closed": "red", "moved": "cyan", "unknown": "yellow"}
ORDER: tuple[State, ...] = ("closed", "moved", "unknown", "open")  # what needs a person first
HEADINGS: dict[State, str] = {
    "closed": "Closed: take them off",
    "moved": "Moved: change the link",
    "unknown": "Unknown: look by hand",
    "open": "Open",
}


def last_line(checked: Sequence[Checked]) -> str:
    """The counts of all states as a sentence."""
    said = ", ".join(f"{number} {state}" for state, number in counts(checked).items())
    return f"{len(checked)} postings: {said}"


def table(checked: Sequence[Checked]) -> Table:
    """One row per posting, those that need a person first."""
    shown = Table(caption=last_line(checked), caption_justify="left", header_style="bold")
    shown.add_column("state")
    for column in ("posting", "evidence"):
        shown.add_column(column, overflow="fold")
    for one in sorted(checked, key=lambda one: ORDER.index(one.state)):
        name = ", ".join(filter(None, (one.lead.title, one.lead.organization)))
        posting = "\n".join(filter(None, (name, one.lead.url)))
        evidence = "\n".join(filter(None, (one.evidence, one.moved_to and f"→ {one.moved_to}")))
        shown.add_row(f"[{COLOURS[one.state]}]{one.state}[/]", escape(posting), escape(evidence))
    return shown


def line(one: Checked) -> str:
    """One posting as one plain line."""
    name = ", ".join(filter(None, (one.lead.title, one.lead.organization))) or one.lead.where
    moved = f" -> {one.moved_to}" if one.moved_to else ""
    return f"{one.state:8} {one.lead.url or '-'}  {name}  ({one.evidence}){moved}"


def as_markdown(checked: Sequence[Checked], documents: Sequence[str]) -> str:
    """The report: counts, then the postings by state with their evidence."""
    moment = clock.now().isoformat(timespec="minutes")
    parts = [
        "# Are these postings still open?",
        "",
        f"{', '.join(documents)}, checked {moment}. {last_line(checked)}.",
    ]
    for state in ORDER:
        ones = [one for one in checked if one.state == state]
        if not ones:
            continue
        parts += ["", f"## {HEADINGS[state]} ({len(ones)})", ""]
        for one in ones:
            title = _plain(one.lead.title or one.lead.url or one.lead.context)
            linked = f"[{title}](<{one.lead.url}>)" if one.lead.url else title
            name = ", ".join(filter(None, (linked, _plain(one.lead.organization or ""))))
            moved = f"; now <{one.moved_to}>" if one.moved_to else ""
            parts.append(f"- {name}: {_plain(one.evidence)}{moved}")
    return "\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Text that Markdown takes for nothing else."""
    for mark in "\\`*_[]<>":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
