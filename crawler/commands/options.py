"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from crawler.errors import ConfigError
from crawler.loader import our_names
from crawler.sources import SHIPPED, Source, read_catalogue

Command = TypeVar("Command", bound=Callable[..., Any])


def database(command: Command) -> Command:
    """`--db FILE`."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path("rolecall.db"),
        envvar="ROLECALL_DB",
        show_default=True,
        show_envvar=True,
        help="The database file.",
    )(command)


def catalogue(command: Command) -> Command:
    """`--sources DIR` and `--only-sources DIR`."""
    folder = click.Path(path_type=Path, file_okay=False, exists=True)
    command = click.option(
        "--only-sources",
        type=folder,
        envvar="ROLECALL_ONLY_SOURCES",
        show_envvar=True,
        help="A folder of sources instead of the shipped catalogue.",
    )(command)
    return click.option(
        "--sources",
        type=folder,
        envvar="ROLECALL_SOURCES",
        show_envvar=True,
        help="A folder of sources besides the shipped catalogue.",
    )(command)


def fetching(command: Command) -> Command:
    """`--gateway URL`, `--delay S`, `--strict-robots`."""
    for option in (
        click.option(
            "--strict-robots",
            is_flag=True,
            help="Obey robots.txt even for APIs documented for public use.",
        ),
        click.option(
            "--delay",
            type=click.FloatRange(min=0),
            help="Seconds between two requests to one host (1; 0 behind a loopback gateway).",
        ),
        click.option(
            "--gateway",
            metavar="URL",
            envvar="ROLECALL_GATEWAY",
            show_envvar=True,
            help="Send every request to this address, the original URL in X-Original-URL.",
        ),
    ):
        command = option(command)
    return command


def folders(sources: Path | None, only_sources: Path | None) -> list[Path]:
    """The catalogue's folders, as the two options say."""
    if only_sources:
        return [only_sources] + ([sources] if sources else [])
    return [SHIPPED] + ([sources] if sources else [])


def fetch_settings(gateway: str | None, delay: float | None, strict_robots: bool) -> dict[str, Any]:
    """The fetch options as Scrapy settings."""
    if gateway and not gateway.startswith(("http://", "https://")):
        raise ConfigError(f"--gateway {gateway}: expected an address like http://127.0.0.1:8080")
    settings: dict[str, Any] = {
        "ROLECALL_GATEWAY": gateway,
        "ROLECALL_STRICT_ROBOTS": strict_robots,
    }
    if delay is not None:
        settings["ROLECALL_DELAY"] = delay
    return settings


def choose(catalogue_folders: list[Path], names: tuple[str, ...]) -> list[Source]:
    """The enabled sources, or those named by id or platform (a named one even if not enabled).

    Raises ConfigError for a name that is neither, with the nearest that is.
    """
    everything = read_catalogue(catalogue_folders)
    if not names:
        return [source for source in everything.values() if source.enabled]
    by_platform: dict[str, list[Source]] = {}
    for source in everything.values():
        by_platform.setdefault(source.platform, []).append(source)
    chosen: dict[str, Source] = {}
    for name in names:
        if name in everything:
            chosen[name] = everything[name]
        elif ours := [platform for platform in our_names(name) if platform in by_platform]:
            chosen.update((s.id, s) for p in ours for s in by_platform[p] if s.enabled)
        else:
            near = difflib.get_close_matches(name, [*everything, *by_platform], n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"{name!r} is no source and no platform of the catalogue{hint}")
    return list(chosen.values())
