"""Names of employers: compared, tidied, parted from their units; agencies marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.catalogue_file import entry_text
from crawler.employers import employer_key
from crawler.sources import Source, read_file
from pipelines.organization import Organization, is_recruiter, read_organization


@pytest.mark.parametrize(
    "same",
    [
        ("University at Buffalo", "University of Buffalo", "The University at Buffalo"),
        ("Argonne National Laboratories", "Argonne National Laboratory", "Argonne National Lab"),
        ("JPMorgan Chase & Co", "JPMorgan Chase & Co.", "JPMorgan Chase"),
        ("Univ. of Michigan", "University of Michigan"),
        ("Université de Genève", "Universite de Geneve"),
        ("Quantenhof GmbH & Co. KG", "Quantenhof", "QUANTENHOF AG"),
        ("Marl Pty Ltd", "Marl Limited", "Marl Inc.", "Marl, LLC"),
        ("Centre for Ecology", "Center for Ecology (CFE)"),
        ("St. Otter's Hospital", "Saint Otters Hospital"),
    ],
)
def test_names_that_are_one_employer(same: tuple[str, ...]) -> None:
    assert len({employer_key(name) for name in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("York University", "University of York"),
        ("University of Washington", "Washington University"),
        ("University of California, Davis", "University of California, Berkeley"),
        ("Marl University", "Marl"),
        ("AB", "AG"),
    ],
)
def test_names_that_are_two_employers(one: str, other: str) -> None:
    assert employer_key(one) != employer_key(other)


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("Department of Statistics, University of Oxford", "University of Oxford",
         "Department of Statistics"),
        ("EPCC, University of Edinburgh", "University of Edinburgh", "EPCC"),
        ("Carnegie Mellon University, School of Computer Science", "Carnegie Mellon University",
         "School of Computer Science"),
        ("Durham University - Mathematical Sciences", "Durham University", "Mathematical Sciences"),
        ("Globus - University of Chicago", "University of Chicago", "Globus"),
        ("Computational Physics Division, Los Alamos National Laboratory",
         "Los Alamos National Laboratory", "Computational Physics Division"),
        ("London School of Hygiene & Tropical Medicine - Department of Disease Control",
         "London School of Hygiene & Tropical Medicine", "Department of Disease Control"),
        # Whole names.
        ("University of California, Berkeley", "University of California, Berkeley", None),
        ("California State University, Fresno", "California State University, Fresno", None),
        ("Goldsmiths, University of London", "Goldsmiths, University of London", None),
        ("City, University of London", "City, University of London", None),
        ("Department of Defense", "Department of Defense", None),
        ("BioTeam, Inc.", "BioTeam, Inc.", None),
        ("Flatiron Institute - Simons Foundation", "Flatiron Institute - Simons Foundation", None),
        ("Boise State University - based in Idaho", "Boise State University - based in Idaho",
         None),
        ("Confidential", "Confidential", None),
    ],
)  # fmt: skip
def test_units_are_split_off_where_the_name_says_so(text: str, name: str, unit: str | None) -> None:
    assert read_organization(text) == Organization(name, unit)


def test_the_unit_that_a_site_states_goes_before_the_one_in_the_name() -> None:
    told = read_organization("Department of Physics, University of Leeds", "Condensed Matter")
    assert told == Organization("University of Leeds", "Condensed Matter")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tier4 Group (Recruiter)", "Tier4 Group"),
        ("Some House (recruiter)", "Some House"),
        ("Harnham", "Harnham"),
        ("Robert Half Inc.", "Robert Half Inc."),
        ("Pelican Recruitment Partners", "Pelican Recruitment Partners"),
        ("Otter Executive Search", "Otter Executive Search"),
    ],
)
def test_agencies_are_marked(text: str, name: str) -> None:
    assert read_organization(text) == Organization(name, None, recruiter=True)


@pytest.mark.parametrize(
    "name", ["Harvard University", "Fernwood University - Student Recruitment", "Hayes Museum"]
)
def test_who_recruits_for_itself_is_no_agency(name: str) -> None:
    assert not is_recruiter(name)


def test_the_catalogue_names_an_employer() -> None:
    names = {"employer": "JPMorgan Chase", "aliases": ("JP Morgan & Chase Co", "Chase")}
    assert read_organization("JP Morgan & Chase Co.", **names).name == "JPMorgan Chase"
    assert read_organization("Marl Bank", **names).name == "Marl Bank"


def test_aliases_are_written_and_read(tmp_path: Path) -> None:
    source = Source(
        id="marl", platform="lever", employer="Marl", aliases=("Marl & Sons", "Marl Labs"),
        url="https://jobs.lever.co/marl",
    )  # fmt: skip
    text = entry_text(source)
    assert text.splitlines()[2:4] == ['employer = "Marl"', 'aliases = ["Marl & Sons", "Marl Labs"]']
    (tmp_path / "lever.toml").write_text(text, encoding="utf-8")
    assert read_file(tmp_path / "lever.toml") == [source]
