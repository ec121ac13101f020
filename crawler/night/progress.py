"""What a person sees of a night: a live line on a terminal, plain lines without one, a summary."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from crawler.night.outcome import Outcome
from crawler.night.run import Summary
from crawler.night.source_run import Ended
from crawler.sources import Source

COLOURS: dict[Outcome, str] = {
    "ok": "green",
    "empty": "cyan",
    "suspect_drop": "yellow",
    "partial": "yellow",
}
COUNTS = ("new", "changed", "closed")


class Live:
    """A progress bar for a terminal."""

    def __init__(self, console: Console, total: int | None, what: str = "Crawling"):
        self.bar = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[requests]} requests"),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[now]}"),
            console=console,
            transient=True,
        )
        self.task = self.bar.add_task(what, total=total, requests=0, now="")
        self.requests = 0

    def __enter__(self) -> Live:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def source_started(self, source: Source) -> None:
        self.bar.update(self.task, now=source.employer)

    def request_sent(self, source: Source) -> None:
        self.requests += 1
        self.bar.update(self.task, requests=self.requests)

    def source_ended(self, ended: Ended) -> None:
        self.bar.advance(self.task)


class Plain:
    """A line per source that ended, for logs; when `quiet` only the alarming ones, at the end."""

    def __init__(self, quiet: bool):
        self.quiet = quiet

    def __enter__(self) -> Plain:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def source_started(self, source: Source) -> None:
        pass

    def request_sent(self, source: Source) -> None:
        pass

    def source_ended(self, ended: Ended) -> None:
        if not self.quiet:
            click.echo(line(ended))


def line(ended: Ended) -> str:
    """One source-run as one plain line."""
    counts = " ".join(f"{name}={ended.counts.get(name, 0)}" for name in COUNTS)
    said = f"{ended.source}: {ended.verdict.outcome} listed={ended.listed} {counts}"
    return f"{said} requests={ended.requests}" + (
        f" ({ended.verdict.reason})" if ended.verdict.reason else ""
    )


def show_summary(summary: Summary, *, terminal: bool, quiet: bool) -> None:
    """The table at the end; without a terminal one line, and none when quiet and all is well."""
    if terminal:
        Console().print(_table(summary))
    elif not quiet:
        click.echo(_last_line(summary))
    for ended in summary.alarming:
        click.echo(
            f"look at {ended.source}: {ended.verdict.outcome}: {ended.verdict.reason}", err=True
        )


def _last_line(summary: Summary) -> str:
    return (
        f"run {summary.run}: {len(summary.ended)} sources, {summary.total('new')} new, "
        f"{summary.total('changed')} changed, {summary.total('closed')} closed, "
        f"{summary.requests} requests, {summary.seconds:g} s, {len(summary.alarming)} to look at"
    )


def _table(summary: Summary) -> Table:
    table = Table(caption=_last_line(summary), caption_justify="left", header_style="bold")
    table.add_column("source")
    table.add_column("outcome")
    for column in ("listed", "new", "changed", "closed", "requests", "seconds"):
        table.add_column(column, justify="right")
    table.add_column("reason", overflow="fold")
    for ended in sorted(summary.ended, key=lambda e: (e not in summary.alarming, e.source)):
        outcome = ended.verdict.outcome
        colour = COLOURS.get(outcome, "red")
        numbers = [ended.listed, *(ended.counts.get(c, 0) for c in COUNTS)]
        table.add_row(
            ended.source,
            f"[{colour}]{outcome}[/]",
            *(str(n or "·") for n in numbers),
            str(ended.requests),
            f"{ended.seconds:.1f}",
            escape(ended.verdict.reason),
        )
    return table


def as_json(summary: Summary) -> str:
    """The summary for scripts: run, seconds, requests, and one object per source."""
    alarming = {ended.source for ended in summary.alarming}
    return json.dumps(
        {
            "run": summary.run,
            "seconds": summary.seconds,
            "requests": summary.requests,
            "sources": [
                {
                    "source": ended.source,
                    "outcome": ended.verdict.outcome,
                    "reason": ended.verdict.reason,
                    "listed": ended.listed,
                    "requests": ended.requests,
                    "seconds": ended.seconds,
                    **ended.counts,
                    "alarming": ended.source in alarming,
                }
                for ended in sorted(summary.ended, key=lambda e: e.source)
            ],
        },
        indent=2,
    )
