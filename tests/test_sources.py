"""The catalogue: what ships with the project, and what happens to a mistake in an entry."""

from __future__ import annotations

import re
from pathlib import Path

import pycountry
import pytest

from crawler.errors import ConfigError
from crawler.loader import SourceLoader, platforms, spider_class
from crawler.platform import hosts_of, read_params
from crawler.recognise import Recogniser, tidy
from crawler.sources import SHIPPED, Source, read_catalogue, read_file

CATALOGUE = read_catalogue()
FILES = sorted(SHIPPED.glob("*.toml"))

GOOD = """
[[source]]
id = "fern-labs"
employer = "Fern Labs"
url = "https://jobs.lever.co/fernlabs"
"""


# --- the shipped catalogue ------------------------------------------------------------------------


@pytest.mark.parametrize("source", CATALOGUE.values(), ids=CATALOGUE)
def test_an_entry_fits_its_platform(source: Source) -> None:
    platform = platforms()[source.platform]
    claims = {p.platform for p in platforms().values() if p.match(tidy(source.url))}
    assert claims <= {source.platform}
    assert platform.tenant_of(read_params(platform, source))
    if platform.unread:
        assert not source.enabled
    else:
        assert spider_class(source)().name == source.id


@pytest.mark.parametrize("source", CATALOGUE.values(), ids=CATALOGUE)
def test_an_entry_states_facts_in_their_form(source: Source) -> None:
    if source.country is not None:
        country = pycountry.countries.get(alpha_2=source.country)
        assert country is not None
        assert country.alpha_2 == source.country, "upper case"
    assert source.moved_to is None or re.match(r"https?://", source.moved_to)
    assert all(re.fullmatch(r"[a-z0-9.-]+", host) for host in hosts_of(source))
    assert source.ror is None or re.fullmatch(r"https://ror\.org/0[a-z0-9]{8}", source.ror)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_a_platforms_and_sorted(path: Path) -> None:
    assert path.stem in platforms()
    ids = [source.id for source in read_file(path)]
    assert ids == sorted(ids)


# Read all the same, for whoever adds one: no listing of the community names an employer on it.
NO_EMPLOYER_YET = {"personio"}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, cls in platforms().items()
        if not (cls.generic or cls.unread or name in NO_EMPLOYER_YET)
    ],
)
def test_a_platform_has_an_employer(name: str) -> None:
    assert any(source.platform == name for source in CATALOGUE.values())


def test_one_employer_site_is_one_entry() -> None:
    """Two entries with the same parameters would crawl one site twice, under two names."""
    sites: dict[tuple[str, str], list[str]] = {}
    for source in CATALOGUE.values():
        platform = platforms()[source.platform]
        if platform.Params.model_fields and not platform.generic:
            params = repr(read_params(platform, source))
            sites.setdefault((source.platform, params), []).append(source.id)
    assert [ids for ids in sites.values() if len(ids) > 1] == []


def test_scrapy_lists_the_enabled_entries() -> None:
    listed = SourceLoader([SHIPPED]).list()
    assert listed == sorted(id for id, source in CATALOGUE.items() if source.enabled)
    assert set(CATALOGUE) - set(listed), "the catalogue keeps employers that moved away"


# --- mistakes -------------------------------------------------------------------------------------


def complaint(folder: Path) -> str:
    """What a person is told, once: at reading, or when the spiders are made."""

    def load() -> None:
        for source in read_catalogue([folder]).values():
            spider_class(source)

    with pytest.raises(ConfigError) as caught:
        load()
    return str(caught.value)


def block(**said: str) -> str:
    entry = {
        "id": '"fern-labs"',
        "employer": '"Fern Labs"',
        "url": '"https://jobs.lever.co/fernlabs"',
        **said,
    }
    return "[[source]]\n" + "".join(f"{key} = {value}\n" for key, value in entry.items() if value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (block(colour='"green"'), "unknown key 'colour'"),
        (block(url=""), "the key 'url' is missing"),
        (block(employer=""), "the key 'employer' is missing"),
        (block(employer='" "'), "employer: must not be empty"),
        (block(url='"jobs.lever.co/fernlabs"'), "is not an http(s) URL"),
        (block(url='"https://"'), "is not an http(s) URL"),
        (block(enabled='"perhaps"'), "enabled"),
        (block(enabled="false"), "needs a reason"),
        (block(kind='"hobby"'), "kind"),
        (block(hosts='"careers.fernlabs.example"'), "hosts"),
        (block(params='{ colour = "green" }'), "unknown key 'colour'"),
        (block(params='{ region = "asia" }'), "region"),
        (block(url='"https://careers.fernlabs.example/"'), "the key 'site' is missing"),
    ],
)
def test_a_mistake_names_file_and_entry_in_one_line(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_text(text, encoding="utf-8")
    said = complaint(tmp_path)
    assert says in said
    assert "lever.toml" in said
    assert "'fern-labs'" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ('"fern-labs-lever"', "must not contain the platform's name"),
        ('"lever-fern-labs"', "must not contain the platform's name"),
        ('"Fern Labs"', "is not a source id"),
        ('"fern_labs"', "is not a source id"),
        ('"-fern"', "is not a source id"),
        ('""', "is not a source id"),
        ("7", "id"),
        ("", "the key 'id' is missing"),
    ],
)
def test_a_bad_id_is_named(id: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_text(block(id=id), encoding="utf-8")
    said = complaint(tmp_path)
    assert says in said
    assert "lever.toml" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[source]]\nid = "fern-labs', "cannot be read"),
        ("[[source]]\nid = 'a'\nid = 'b'\n", "cannot be read"),
        ('[source]\nid = "fern-labs"\n', "only [[source]] blocks"),
        ('colour = "green"\n' + GOOD, "only [[source]] blocks"),
        ('source = ["fern-labs"]\n', "only [[source]] blocks"),
    ],
)
def test_a_file_of_another_form_is_named(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_text(text, encoding="utf-8")
    said = complaint(tmp_path)
    assert says in said
    assert "lever.toml" in said
    assert "\n" not in said


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_bytes(GOOD.replace("Fern", "Färn").encode("latin-1"))
    assert "lever.toml: cannot be read" in complaint(tmp_path)


def test_an_id_is_unique_over_all_files(tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_text(GOOD, encoding="utf-8")
    twin = block(url='"https://www.jobs.cam.ac.uk/job/"')
    (tmp_path / "jobs_cam_ac_uk.toml").write_text(twin, encoding="utf-8")
    assert complaint(tmp_path) == (
        "lever.toml: source 'fern-labs': this id is taken already; ids are unique"
    )


def test_an_id_is_unique_within_a_file(tmp_path: Path) -> None:
    text = GOOD + block(url='"https://jobs.lever.co/other"')
    (tmp_path / "lever.toml").write_text(text, encoding="utf-8")
    assert "lever.toml: source 'fern-labs': this id is taken" in complaint(tmp_path)


def test_a_url_is_listed_once(tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_text(GOOD + block(id='"twin"'), encoding="utf-8")
    said = complaint(tmp_path)
    assert said.startswith("lever.toml: source 'twin': https://jobs.lever.co/fernlabs is")
    assert "'fern-labs'" in said


def test_a_file_of_no_platform_is_named(tmp_path: Path) -> None:
    (tmp_path / "taleoo.toml").write_text(GOOD, encoding="utf-8")
    said = complaint(tmp_path)
    assert said == "taleoo.toml: source 'fern-labs': there is no platform 'taleoo' in spiders/"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert complaint(tmp_path / "nowhere").endswith("nowhere: no such folder of sources")


def test_a_users_folder_adds_to_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "lever.toml").write_text(GOOD, encoding="utf-8")
    both = read_catalogue([SHIPPED, tmp_path])
    assert set(both) == {*CATALOGUE, "fern-labs"}
    match = Recogniser(both.values()).recognise("https://jobs.lever.co/fernlabs")
    assert match is not None
    assert "source fern-labs" in match.evidence
