"""`rolecall sources`: the catalogue, listed, filtered and validated."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

import click
from pydantic import ValidationError

from crawler.commands import options
from crawler.errors import ConfigError
from crawler.loader import platforms, spider_class
from crawler.platform import read_params
from crawler.recognise import tidy
from crawler.sources import Kind, Source, explain, read_catalogue


@click.command()
@options.catalogue
@click.option("--platform", metavar="NAME", help="Only sources of this platform.")
@click.option("--country", metavar="CODE", help="Only sources of this country (ISO 3166-1, US).")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Only this kind of employer.")
@click.option(
    "--disabled/--enabled", "disabled", default=None, help="Only those not crawled, or crawled."
)
@click.option("--json", "as_json", is_flag=True, help="Print an array, one object per source.")
def command(
    sources: Path | None,
    only_sources: Path | None,
    platform: str | None,
    country: str | None,
    kind: str | None,
    disabled: bool | None,
    as_json: bool,
) -> None:
    """List the sources of the catalogue, and say what is wrong with any of them.

    The whole catalogue is validated, whatever is shown: every entry must fit its platform, and its
    address must be no other platform's. Exits with 2 when one does not.

    \b
    rolecall sources --platform workday --country GB
    rolecall sources --disabled
    rolecall sources --json --sources my-sources
    """
    if platform is not None and platform not in platforms():
        near = difflib.get_close_matches(platform, platforms(), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"there is no platform {platform!r}{hint}")
    catalogue = read_catalogue(options.folders(sources, only_sources))
    shown = [
        source
        for source in catalogue.values()
        if platform in (None, source.platform)
        and (country is None or country.upper() == source.country)
        and kind in (None, source.kind)
        and (disabled is None or source.enabled is not disabled)
    ]
    problems = faults(catalogue)
    if as_json:
        rows = [{**s.model_dump(mode="json"), "problem": problems.get(s.id)} for s in shown]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _show(shown)
    for name, fault in problems.items():
        click.echo(f"rolecall: {catalogue[name].platform}.toml: source {name!r}: {fault}", err=True)
    if problems:
        raise click.exceptions.Exit(2)


def faults(catalogue: Mapping[str, Source]) -> dict[str, str]:
    """What is wrong with entries, by id: one line each."""
    found: dict[str, str] = {}
    sites: dict[tuple[str, str], str] = {}
    for source in catalogue.values():
        fault = _fault(source)
        if fault is None:
            cls = platforms()[source.platform]
            said = read_params(cls, source).model_dump_json()
            twin = sites.setdefault((source.platform, said), source.id)
            if twin != source.id and cls.Params.model_fields:
                fault = f"the same site as source {twin!r}"
        if fault:
            found[source.id] = fault
    return found


def _fault(source: Source) -> str | None:
    cls = platforms().get(source.platform)
    if cls is None:
        return f"there is no platform {source.platform!r} in spiders/"
    if cls.unread and source.enabled:
        return f"{cls.label} is recognised but not read: {cls.unread}; set enabled = false"
    try:
        params = read_params(cls, source)
        if not cls.unread:
            spider_class(source)
    except ValidationError as error:
        return f"{explain(error)}; add it under `params` if its address does not say it"
    except (ConfigError, ValueError) as error:
        # "workday.toml: source 'x': what": the place is named by whoever prints it.
        return " ".join(str(error).rpartition(f"source {source.id!r}: ")[2].split())
    if not cls.tenant_of(params):
        return "its parameters name no tenant"
    others = [
        p.platform for p in platforms().values() if p is not cls and p.match(tidy(source.url))
    ]
    return f"its address is one of {', '.join(others)}" if others else None


def _show(sources: Iterable[Source]) -> None:
    sources = list(sources)
    width = max((len(source.id) for source in sources), default=0)
    for s in sources:
        state = "" if s.enabled else f"  (not crawled: {s.reason})"
        click.echo(
            f"{s.id:{width}}  {s.platform:16} {s.country or '':2} {s.kind or '':9} "
            f"{s.employer}{state}"
        )
    crawled = sum(source.enabled for source in sources)
    names = len({source.platform for source in sources})
    click.echo(f"{len(sources)} sources on {names} platforms, {crawled} crawled")
