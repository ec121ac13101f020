"""From catalogue to spiders: walks `spiders/` for platforms, makes one spider per source.

Registration is by walking: a platform is a class with a `name` in a module of the package `spiders`
or in the entry-point group `rolecall.platforms`. Nothing is listed by hand.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from scrapy import Request
from scrapy.settings import BaseSettings
from scrapy.utils.misc import walk_modules_iter

from crawler.errors import ConfigError
from crawler.platform import Platform, hosts_of, read_params
from crawler.sources import SHIPPED, Source, explain, read_catalogue

ALIASES = Path(__file__).resolve().parent.parent / "spiders" / "aliases.toml"

Names = list[str]  # inside the loader, `list` is one of its methods


@cache
def platforms() -> dict[str, type[Platform]]:
    """Every platform by name, sorted by name.

    Raises TypeError when two classes share a name or a declaration is incomplete.
    """
    modules = [*walk_modules_iter("spiders")]
    modules += [point.load() for point in entry_points(group="rolecall.platforms")]
    found: dict[str, type[Platform]] = {}
    for module in modules:
        for thing in vars(module).values():
            declared_here = getattr(thing, "__module__", None) == module.__name__
            if isinstance(thing, type) and issubclass(thing, Platform) and declared_here:
                name = thing.__dict__.get("name")
                if name is None:
                    continue  # a shared base inside a module
                if found.setdefault(name, thing) is not thing:
                    raise TypeError(f"two platforms are named {name!r}: {found[name]} and {thing}")
    return dict(sorted(found.items()))


@cache
def _aliases() -> dict[str, frozenset[str]]:
    document = tomllib.loads(ALIASES.read_text(encoding="utf-8"))
    return {alias["theirs"]: frozenset(alias["ours"]) for alias in document["alias"]}


def our_names(name: str) -> frozenset[str]:
    """Our platforms for a platform's name, which may be somebody else's (spiders/aliases.toml).

    Empty for a name that nobody uses for a platform of ours.
    """
    known = _aliases().get(name) or {name.replace("-", "_")}
    return frozenset(known) & platforms().keys()


def spider_class(source: Source) -> type[Platform]:
    """The spider of one source. Raises ConfigError when the entry does not fit its platform."""
    where = f"{source.platform}.toml: source {source.id!r}"
    platform = platforms().get(source.platform)
    if platform is None:
        raise ConfigError(f"{where}: there is no platform {source.platform!r} in spiders/")
    if platform.unread:
        raise ConfigError(
            f"{where}: {platform.label} is recognised but not read: {platform.unread}"
        )
    try:
        params = read_params(platform, source)
        lacking = [name for name in platform.needed if getattr(params, name) is None]
        if lacking:
            raise ValueError(f"`{lacking[0]}` is missing")
    except ValueError as error:
        said = explain(error) if hasattr(error, "errors") else str(error)  # type: ignore[arg-type]
        raise ConfigError(
            f"{where}: {said}; {source.url} does not say it, so add it under `params`"
        ) from None
    return type(
        f"{platform.__name__}:{source.id}", (platform,), {"name": source.id, "source": source}
    )


class SourceLoader:
    """Scrapy's spider loader: `scrapy list` shows sources, `scrapy crawl <source>` crawls one."""

    def __init__(self, folders: list[Path]):
        self.sources = read_catalogue(folders)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SourceLoader:
        return cls(
            [Path(folder) for folder in settings.getlist("ROLECALL_SOURCES", [str(SHIPPED)])]
        )

    def load(self, spider_name: str) -> type[Platform]:
        """Raises KeyError for an unknown id, as Scrapy asks."""
        if spider_name not in self.sources:
            raise KeyError(f"Spider not found: {spider_name}")
        return spider_class(self.sources[spider_name])

    def list(self) -> Names:
        return sorted(source.id for source in self.sources.values() if source.enabled)

    def find_by_request(self, request: Request) -> Names:
        host = request.url.split("/")[2].lower()
        return [s.id for s in self.sources.values() if host in hosts_of(s)]
