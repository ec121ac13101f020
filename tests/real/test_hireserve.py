"""Recorded results of jobs.unige.ch. Every expectation was read from them by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real.conftest import crawl, sample_files

RESULTS = "unige_search_results_slice.html"
# Files of samples/unige_hireserve that no test here reads, with the reason.
SKIPPED: dict[str, str] = {}
PORTAL = "https://jobs.unige.ch/www/wd_portal"
SEARCH = (
    f"{PORTAL}.search_results?p_web_site_id=1&p_category_id=1&p_suppress_params_on_error=N"
    "&p_show_results=Y&p_form_type=CHECKBOX&p1=51&p1_val=Any&p2=46&p2_val={}&p_text="
    "&p_save_search=N"
)
NONE = (
    "<html><body><h2>Actuellement, aucune offre ne correspond à votre recherche.</h2></body></html>"
)
# The page's own meta says iso-8859-1.
AS_SENT = {"headers": {"Content-Type": "text/html"}}


def test_every_file_is_used_or_named() -> None:
    assert {RESULTS, *SKIPPED} == sample_files("unige_hireserve")


def test_the_academic_posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The recorded page has the menu too, so that it serves as the page one begins with."""
    ids = ("75611", "75668", "75689", "75289")
    detail = "<html><body><div class='job_detail'><p>Text</p></div></body></html>"
    exchanges = [
        (f"GET {PORTAL}.search_start?p_web_site_id=1", f"unige_hireserve/{RESULTS}", AS_SENT),
        (f"GET {SEARCH.format(50)}", f"unige_hireserve/{RESULTS}", AS_SENT),
        (f"GET {SEARCH.format(51)}", NONE),
        *((f"GET {PORTAL}.show_job?p_web_site_id=1&p_web_page_id={i}", detail) for i in ids),
    ]
    url = f"{PORTAL}.search_start?p_web_site_id=1"
    block = {"id": "recorded", "employer": "Recorded", "url": url}
    result = crawl(tmp_path, monkeypatch, "hireserve", block, exchanges)
    assert (result.verdict.outcome, result.verdict.reason) == ("ok", "")
    assert [posting.native_id for posting in result.postings] == list(ids)
    literature, sinology, childhood, physics = result.postings
    assert literature.title == (
        "Prof. ordinaire / associé-e en littérature italienne (Moyen Âge et Renaissance)"
    )
    assert literature.unit == "Département de langues et littératures romanes"
    assert literature.requisition_id == "7051"
    assert literature.raw_valid_through == "31-10-2026"
    assert literature.valid_through.isoformat() == "2026-10-31"
    assert literature.url == f"{PORTAL}.show_job?p_web_site_id=1&p_web_page_id=75611"
    assert sinology.title == (
        "Professeur-e assistant-e avec prétitularisation conditionnelle "
        "en sinologie (Chine moderne et contemporaine)"
    )
    assert sinology.unit == "Département des études est-asiatiques"
    assert sinology.requisition_id == "7055"
    # A closing tag that opens nothing stands where the section should be.
    assert childhood.title == (
        "Professeur-e associé-e à temps plein en \"Études de l'enfance (Childhood Studies)"
    )
    assert childhood.unit is None
    assert childhood.requisition_id == "7057"
    assert childhood.valid_through.isoformat() == "2026-10-15"
    assert physics.title.startswith(
        "Professeur-e assistant-e avec prétitularisation conditionnelle \u2013 PROFESSEUR-E"
    )
    assert "didactique de la physique" in physics.title
    assert "PHYSICS EDUCATION" not in physics.title  # the same again, in English
    assert physics.unit == "Section de physique"
    assert physics.requisition_id == "7020"
    assert physics.raw_valid_through == "30-09-2026"
