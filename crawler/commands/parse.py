"""`rolecall parse`: what the normalisers make of a text."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from crawler.clock import today
from pipelines.normalise.dates import parse_date
from pipelines.normalise.employment import parse_contract, parse_employment, parse_hours
from pipelines.normalise.pay import parse_pay
from pipelines.normalise.places import location_text, parse_places, workplace_beside


@click.command()
@click.argument("kind", type=click.Choice(["place", "date", "pay", "employment"]))
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--country", metavar="CC", help="The source's country, ISO 3166-1 alpha-2.")
@click.option(
    "--day-first/--month-first", default=None, help="How the site writes 05/10 (else: unknown)."
)
@click.option("--time-zone", metavar="ZONE", help="The site's time zone, such as Europe/London.")
@click.option("--language", "languages", multiple=True, default=("en",), help="The site's; repeat.")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the crawl (today)."
)
@click.option("--json", "as_json", is_flag=True, help="Print an array, one object per text.")
def command(
    kind: str,
    texts: tuple[str, ...],
    country: str | None,
    day_first: bool | None,
    time_zone: str | None,
    languages: tuple[str, ...],
    day: datetime | None,
    as_json: bool,
) -> None:
    """Show what becomes of each TEXT when a site states it as a place, a date, a pay or a contract.

    The same functions read every posting of a crawl. What is not understood stays empty.

    \b
    rolecall parse place "US-TX-Dallas" "Remote - UK" "2 Locations"
    rolecall parse date --day-first "05/10/2026" --on 2026-08-20 "Posted 3 Days Ago"
    rolecall parse pay "£34,304 to £42,149 per annum, Grade 7, pro rata"
    rolecall parse employment "Fixed-term, part time (0.6 FTE)"
    """
    on = day.date() if day else today()

    def date(text: str) -> dict[str, Any]:
        read = parse_date(
            text, today=on, day_first=day_first, time_zone=time_zone, languages=languages
        )
        return {"date": read.value and read.value.isoformat(), "relative": read.relative}

    def place(text: str) -> dict[str, Any]:
        places = parse_places([text], home=country)
        return {
            "notation": location_text(places),
            "places": [found.model_dump(exclude_none=True) for found in places],
            "workplace": workplace_beside([text], home=country),
        }

    def pay(text: str) -> dict[str, Any]:
        read = parse_pay(text, country=country)
        return {"pay": read and read.model_dump()}

    readers: dict[str, Callable[[str], dict[str, Any]]] = {
        "place": place,
        "date": date,
        "pay": pay,
        "employment": lambda text: {
            "employment": parse_employment(text),
            "contract": parse_contract(text),
            "hours": parse_hours(text),
        },
    }
    answers = [{"text": text, **readers[kind](text)} for text in texts]
    if as_json:
        click.echo(json.dumps(answers, indent=2, ensure_ascii=False))
        return
    for answer in answers:
        click.echo(answer.pop("text"))
        for name, value in answer.items():
            said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            click.echo(f"    {name:10} {said}")
