"""`rolecall sources`: the catalogue listed, filtered and validated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.commands.sources import faults
from crawler.sources import Source, read_catalogue
from tests.test_cli import rolecall

CATALOGUE = """
[[source]]
id = "alder"
employer = "Alder Institute"
url = "https://jobs.lever.co/alder"
country = "DE"
kind = "lab"

[[source]]
id = "fern"
employer = "Fernwood University"
url = "https://jobs.lever.co/fern"
country = "GB"
kind = "academia"
enabled = false
reason = "closed in 2025"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lever.toml").write_text(CATALOGUE)
    return tmp_path


def listed(folder: Path, *options: str) -> list[str]:
    done = rolecall("sources", "--only-sources", str(folder), "--json", *options)
    assert done.returncode == 0, done.stderr
    return [source["id"] for source in json.loads(done.stdout)]


def test_filters(folder: Path) -> None:
    assert listed(folder) == ["alder", "fern"]
    assert listed(folder, "--country", "gb") == ["fern"]
    assert listed(folder, "--kind", "lab") == ["alder"]
    assert listed(folder, "--disabled") == ["fern"]
    assert listed(folder, "--enabled") == ["alder"]
    assert listed(folder, "--platform", "workday") == []
    assert listed(folder, "--platform", "lever", "--kind", "academia") == ["fern"]


def test_for_a_person(folder: Path) -> None:
    done = rolecall("sources", "--only-sources", str(folder))
    assert done.stdout.splitlines() == [
        "alder  lever            DE lab       Alder Institute",
        "fern   lever            GB academia  Fernwood University  (not crawled: closed in 2025)",
        "2 sources on 1 platforms, 1 crawled",
    ]
    unknown = rolecall("sources", "--platform", "levr")
    assert unknown.returncode == 2
    assert "there is no platform 'levr'" in unknown.stderr


def source(id: str, platform: str = "lever", url: str = "", **more: object) -> Source:
    said = {"employer": "Marl", "url": url or f"https://jobs.lever.co/{id}", **more}
    return Source.model_validate({"id": id, "platform": platform, **said})


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (source("a", "nonesuch"), "there is no platform 'nonesuch' in spiders/"),
        (source("a", url="https://marl.example/"), "the key 'site' is missing"),
        (source("a", params={"colour": "red"}), "unknown key 'colour'"),
        (
            source("a", "linkedin", url="https://www.linkedin.com/company/marl"),
            "set enabled = false",
        ),
        (source("a", params={"site": "alder"}), "the same site as source 'alder'"),
        (
            source("a", "taleo", params={"host": "m.taleo.net", "section": "2"}),
            "its address is one of lever",
        ),
    ],
)
def test_what_is_wrong_with_an_entry(folder: Path, entry: Source, fault: str) -> None:
    catalogue = read_catalogue([folder])
    assert faults(catalogue) == {}
    found = faults({**catalogue, entry.id: entry})
    assert list(found) == [entry.id]
    assert fault in found[entry.id]


def test_a_fault_is_told_and_the_status_is_2(folder: Path) -> None:
    with (folder / "lever.toml").open("a") as handle:
        handle.write('\n[[source]]\nid = "marl"\nemployer = "M"\nurl = "https://marl.example/"\n')
    done = rolecall("sources", "--only-sources", str(folder), "--country", "DE")
    assert done.returncode == 2
    assert done.stdout.startswith("alder")
    assert done.stderr.startswith("rolecall: lever.toml: source 'marl': the key 'site' is missing")


def test_the_shipped_catalogue_has_no_fault() -> None:
    assert faults(read_catalogue()) == {}
