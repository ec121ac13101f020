"""Clinch: no answer of it was recorded; these are slugs that people published."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from crawler.loader import platforms
from crawler.recognise import tidy
from crawler.sources import read_catalogue
from spiders.clinch import read_slug
from tests.real.conftest import sample_files
from tests.real.test_pageup import links


def test_there_is_no_recorded_answer() -> None:
    assert sample_files("clinch") == set(), "recordings have come: read them here"


# (source, slug, title, place), with the cities that the source's entry names.
PUBLISHED = [
    (
        "university-of-alabama",
        "associate-research-professional-devops-manager-and-enterprise-architect-516309"
        "-tuscaloosa-alabama-united-states",
        "Associate Research Professional Devops Manager And Enterprise Architect 516309",
        "Tuscaloosa, Alabama, United States",
    ),
    (
        "wichita-state-university",
        "director-of-research-technology-wichita-kansas-united-states",
        "Director Of Research Technology",
        "Wichita, Kansas, United States",
    ),
    (
        "university-of-wisconsin-madison",
        "data-science-facilitator-madison-wisconsin-united-states"
        "-1c3bbd0f-ba8b-4da7-98db-7d58333f6660",
        "Data Science Facilitator",
        "Madison, Wisconsin, United States",
    ),
    (
        "amentum",
        "hpc-research-software-engineer-houston-texas-united-states",
        "Hpc Research Software Engineer",
        "Houston, Texas, United States",
    ),
    (
        "columbia-university",
        "manager-high-performance-computing-hpc-manhattanville-new-york-united-states",
        "Manager High Performance Computing Hpc",
        "Manhattanville, New York, United States",
    ),
    (
        "columbia-university",
        "senior-program-manager-clinical-research-informatics"
        "-columbia-university-medical-center-new-york-united-states",
        "Senior Program Manager Clinical Research Informatics",
        "Columbia University Medical Center, New York, United States",
    ),
]


@pytest.mark.parametrize(("source", "slug", "title", "place"), PUBLISHED)
def test_a_published_slug(source: str, slug: str, title: str, place: str) -> None:
    params = read_catalogue()[source].params
    assert read_slug(slug, params.get("cities", ())) == (title, place)


HOSTS = {
    "careers.ua.edu",
    "jobs.wichita.edu",
    "jobs.wisc.edu",
    "opportunities.columbia.edu",
    "www.amentumcareers.com",
}


def test_the_form_of_a_url_alone_is_enough_on_no_other_host() -> None:
    claimed = {urlsplit(tidy(u)).hostname for u in links() if platforms()["clinch"].match(tidy(u))}
    assert claimed == HOSTS
