"""The catalogue: career sites as data.

One file per platform in `spiders/sources/`, `<platform>.toml`, with `[[source]]` blocks of three to
six lines sorted by id; a user's own folder has the same form. Unknown keys, duplicate ids and
duplicate URLs are refused with the file and the entry's id.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from crawler.errors import ConfigError

SHIPPED = Path(__file__).resolve().parent.parent / "spiders" / "sources"

Kind = Literal["academia", "lab", "industry", "nonprofit", "public"]


class Source(BaseModel):
    """One career site on a platform."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    platform: str
    employer: str
    aliases: tuple[str, ...] = ()  # other names under which its postings name the employer
    url: str
    params: dict[str, Any] = Field(default_factory=dict)
    hosts: tuple[str, ...] = ()  # further hosts of the same site, old names included
    country: str | None = None  # ISO 3166-1 alpha-2
    kind: Kind | None = None
    ror: str | None = None  # Research Organization Registry identifier
    evidence: str | None = None  # where and when the site was last seen alive
    note: str | None = None
    enabled: bool = True
    reason: str | None = None  # why it is not enabled
    moved_to: str | None = None  # where the employer's postings are now

    @field_validator("id")
    @classmethod
    def _id_is_a_name(cls, value: str) -> str:
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
            raise ValueError(f"{value!r} is not a source id (lower-case words joined by hyphens)")
        return value

    @field_validator("employer")
    @classmethod
    def _employer_is_named(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("must not be empty")
        return value

    @field_validator("url")
    @classmethod
    def _url_is_http(cls, value: str) -> str:
        if not re.match(r"https?://[^/\s]+", value):
            raise ValueError(f"{value!r} is not an http(s) URL")
        return value

    @model_validator(mode="after")
    def _id_outlives_a_move(self) -> Source:
        # An employer that changes platform keeps its id and with it its history.
        if f"-{self.platform.replace('_', '-')}-" in f"-{self.id}-":
            raise ValueError(f"the id {self.id!r} must not contain the platform's name")
        if not self.enabled and not self.reason:
            raise ValueError("an entry that is not enabled needs a reason")
        return self


def read_catalogue(
    folders: Iterable[Path] = (SHIPPED,), mentioning: Collection[str] | None = None
) -> dict[str, Source]:
    """All sources of these folders, by id; with `mentioning` those of files that name such a host.

    Raises ConfigError (one line: file, entry, what is wrong) on the first bad entry.
    """
    catalogue: dict[str, Source] = {}
    urls: dict[str, str] = {}
    for folder in folders:
        if not folder.is_dir():
            raise ConfigError(f"{folder}: no such folder of sources")
        for path in sorted(folder.glob("*.toml")):
            if mentioning is not None and not _mentions(path, mentioning):
                continue
            for source in read_file(path):
                where = f"{path.name}: source {source.id!r}"
                if source.id in catalogue:
                    raise ConfigError(f"{where}: this id is taken already; ids are unique")
                if source.url in urls:
                    raise ConfigError(f"{where}: {source.url} is the source {urls[source.url]!r}")
                catalogue[source.id] = source
                urls[source.url] = source.id
    return catalogue


def _mentions(path: Path, hosts: Collection[str]) -> bool:
    text = path.read_text(encoding="utf-8", errors="replace").lower()
    return any(host.lower() in text for host in hosts)


def read_file(path: Path) -> list[Source]:
    """The sources of one `<platform>.toml`. Raises ConfigError."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    blocks = document.pop("source", [])
    tables = isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks)
    if document or not tables:
        extra = ", ".join(map(repr, document)) or "'source' in another form"
        raise ConfigError(f"{path.name}: only [[source]] blocks belong here, found {extra}")
    return [_read_block(path, block) for block in blocks]


def _read_block(path: Path, block: dict[str, Any]) -> Source:
    try:
        if "platform" in block:
            raise ConfigError(
                f"{path.name}: source {block.get('id', '(without id)')!r}: unknown key 'platform'; "
                "the file's name says it"
            )
        return Source.model_validate({"platform": path.stem, **block})
    except ValidationError as error:
        raise ConfigError(
            f"{path.name}: source {block.get('id', '(without id)')!r}: {explain(error)}"
        ) from None


def explain(error: ValidationError) -> str:
    """The first fault of a validation error as a phrase for a person."""
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    match first["type"]:
        case "extra_forbidden":
            return f"unknown key {key!r}"
        case "missing":
            return f"the key {key!r} is missing"
        case _:
            said = first["msg"].removeprefix("Value error, ")
            return f"{key}: {said}" if key else said
