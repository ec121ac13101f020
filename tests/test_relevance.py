"""Relevance: what the shipped model makes of invented postings, and how it follows an editor."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from itemadapter import ItemAdapter
from sqlite_utils import Database

from crawler.commands.learn import command
from crawler.posting import Posting
from crawler.settings import ITEM_PIPELINES
from crawler.sources import Source
from db import scores, store
from pipelines import process
from pipelines.relevance import Relevance, Words, current, marks, score_item, shipped, words_of
from pipelines.relevance.categories import RULES, TYPES
from pipelines.relevance.employers import kind_of
from pipelines.relevance.examples import Example, leads
from pipelines.relevance.figures import average_precision, best_f1, figures
from pipelines.relevance.learning import cross_validated, fold_of, train
from pipelines.relevance.model import SHIPPED, Model, from_bytes
from pipelines.relevance.training import Row, calibrate, fit, sigmoid
from pipelines.relevance.words import base, joined, terms

MODEL = shipped()

ADVERTISER = Words(
    "Data Scientist", "AdReach Media", None, "industry",
    "You will optimise advertising campaigns for our advertisers: bidding, clicks and conversion. "
    "You will own dashboards for marketing and sales and run experiments on pricing.",
)  # fmt: skip
LABORATORY = Words(
    "Data Scientist", "Fernwood National Laboratory", "Detector Group", "lab",
    "You will work with physicists on detector data and simulation, write reproducible analysis "
    "software in Python and run it on our supercomputer for experimental groups.",
)  # fmt: skip
HPC_MANAGER = Words(
    "Manager, HPC Systems", "Fernwood University", "Research Computing", "academia",
    "Lead a team of five engineers who run the clusters and storage that researchers compute on. "
    "You supervise and mentor staff, and manage projects and budget.",
)  # fmt: skip


# --- what the scores say --------------------------------------------------------------------------


def test_the_same_title_means_more_at_a_laboratory_than_at_an_advertiser() -> None:
    assert MODEL.topic(LABORATORY) > 0.9
    assert MODEL.topic(ADVERTISER) < 0.4
    by_employer = [
        MODEL.topic(Words("Data Scientist", w.organization, None, w.kind))
        for w in (ADVERTISER, LABORATORY)
    ]
    assert by_employer[0] < by_employer[1], "the employer alone tells it too"


@pytest.mark.parametrize(
    ("title", "organization"),
    [
        ("Lecturer in Law", "Fernwood University"),
        ("Assistant Professor of History", "Fernwood University"),
        ("Registered Nurse, Night Shift", "Fernwood Children's Hospital"),
        ("Postdoctoral Fellow in Immunology", "Fernwood University"),
        ("Executive Assistant to the Dean", "Fernwood University"),
        ("Head of Catering", "Fernwood University"),
        ("Electrician", "Fernwood National Laboratory"),
        ("Account Executive", "Brightsales Inc"),
    ],
)
def test_other_jobs_of_the_same_employers_are_low(title: str, organization: str) -> None:
    assert MODEL.topic(Words(title, organization)) < 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Research Software Engineer",
        "HPC Systems Administrator",
        "Bioinformatics Analyst",
        "Research Data Manager",
        "Quantum Computing Scientist",
        "Director of Research Computing",
    ],
)
@pytest.mark.parametrize("organization", [None, "Fernwood University", "Fernwood Research Ltd"])
def test_the_field_is_high_whoever_advertises(title: str, organization: str | None) -> None:
    assert MODEL.topic(Words(title, organization)) > 0.6


def test_a_manager_of_hpc_systems_is_high_on_both_even_by_title_alone() -> None:
    for words in (HPC_MANAGER, Words(HPC_MANAGER.title)):
        found = MODEL.score(words)
        assert found.topic > 0.9
        assert found.lead > 0.9


def test_leading_is_no_subject_and_a_subject_no_leading() -> None:
    assert MODEL.lead(Words("Head of Catering", "Fernwood University")) > 0.7
    assert MODEL.lead(Words("Research Software Engineer", "Fernwood University")) < 0.3
    for title in ("Software Engineer", "Data Scientist", "Linux Administrator"):
        plain, leading = Words(title), Words(f"Director, {title}")
        assert MODEL.topic(plain) == pytest.approx(MODEL.topic(leading)), title
        assert MODEL.lead(leading) > MODEL.lead(plain)


def test_evidence_adds_up() -> None:
    steps = [
        Words("Engineer", "Fernwood University"),
        Words("Software Engineer", "Fernwood University"),
        Words("Research Software Engineer", "Fernwood University"),
    ]
    values = [MODEL.topic(words) for words in steps]
    assert values == sorted(values)
    text = "We look after the buildings."
    more = f"{text} You run the HPC clusters for researchers and support scientific computing."
    assert MODEL.topic(Words("Systems Engineer", "Fernwood University", None, None, text)) < (
        MODEL.topic(Words("Systems Engineer", "Fernwood University", None, None, more))
    )
    mentor = f"{text} You lead and mentor a team."
    assert MODEL.lead(Words("Engineer", None, None, None, text)) < (
        MODEL.lead(Words("Engineer", None, None, None, mentor))
    )


# --- what must not count --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        "RESEARCH SOFTWARE ENGINEER",
        "research software engineer",
        "Research  Software – Engineer!",
        "Research Software Engineers (2 posts)",
        "[Research Software Engineer] #12345",
    ],
)
def test_casing_punctuation_and_numbers_change_nothing(other: str) -> None:
    said = Words("Research Software Engineer", "Fernwood University")
    shown = Words(other.replace("(2 posts)", "(2)"), "FERNWOOD UNIVERSITY, INC.")
    assert MODEL.topic(shown) == pytest.approx(MODEL.topic(said))


def test_spellings_of_both_sides_of_the_ocean_are_one() -> None:
    assert base("Programmes") == base("program")
    assert base("Centre") == base("centers")
    assert MODEL.topic(Words("Visualisation Programmer")) == (
        MODEL.topic(Words("Visualization Programmer"))
    )


def test_no_place_and_nothing_but_words_is_in_the_model() -> None:
    held = {t for axis in MODEL.axes.values() for block in axis.weights.values() for t in block}
    words = {word for term in held for word in term.split(" ")}
    assert max(len(term.split(" ")) for term in held) == 2, "no sentence"
    assert not [word for word in words if re.search(r"\d", word)]
    assert not words & {"london", "berlin", "boston", "california", "usa", "inc", "llc"}


# --- reasons --------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [ADVERTISER, LABORATORY, HPC_MANAGER])
def test_reasons_quote_the_posting(words: Words) -> None:
    fields = {
        "title": words.title,
        "organization": f"{words.organization} {words.unit}",
        "description": words.description or "",
    }
    found = MODEL.score(words).reasons
    assert found["topic"]
    for reason in (*found["topic"], *found["lead"]):
        if reason["field"] != "kind":
            assert reason["words"] in fields[reason["field"]]
        assert reason["weight"] != 0
    weights = [abs(reason["weight"]) for reason in found["topic"]]
    assert weights == sorted(weights, reverse=True), "the weightiest first"


def test_reasons_name_what_decided() -> None:
    found = MODEL.score(HPC_MANAGER).reasons
    assert (found["topic"][0]["field"], found["topic"][0]["words"]) == ("title", "HPC")
    assert found["topic"][0]["weight"] > 1
    assert found["lead"][0]["words"] == "Manager"
    against = MODEL.score(ADVERTISER).reasons["topic"]
    assert {"kind", "description"} & {r["field"] for r in against if r["weight"] < 0}


def test_a_phrase_is_quoted_as_it_is_written() -> None:
    reasons = MODEL.score(Words("High-Performance Computing Engineer")).reasons["topic"]
    assert "High-Performance Computing" in [reason["words"] for reason in reasons]


# --- whatever comes -------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.none() | st.text(max_size=40), st.none() | st.text(max_size=400))
def test_any_text_has_scores(title: str, organization: str | None, text: str | None) -> None:
    found = MODEL.score(Words(title, organization, None, None, text))
    assert 0 <= found.topic <= 1
    assert 0 <= found.lead <= 1
    json.dumps(found.reasons)


@pytest.mark.parametrize(
    "title",
    ["", "研究ソフトウェアエンジニア", "Ingénieur·e de recherche en calcul scientifique", "مهندس"],
)
def test_other_languages_do_not_crash_and_claim_little(title: str) -> None:
    found = MODEL.score(Words(title, "Université de Sapinière"))
    assert 0 < found.topic < 1
    assert found.lead < 0.5


def test_a_model_is_its_bytes() -> None:
    again = from_bytes(SHIPPED.read_bytes())
    assert again.name == MODEL.name
    assert again.as_bytes() == SHIPPED.read_bytes()
    assert SHIPPED.stat().st_size < 3_000_000


def test_scores_do_not_depend_on_the_process() -> None:
    """Sets of words are ordered by hashes that differ between processes."""
    code = (
        "from tests.test_relevance import MODEL, LABORATORY;"
        "f = MODEL.score(LABORATORY); print(f.topic, f.lead, f.reasons, f.categories)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


# --- categories -----------------------------------------------------------------------------------


def test_categories_are_of_the_boards_taxonomy() -> None:
    found = {tuple(category) for category in MODEL.score(HPC_MANAGER).categories}
    assert ("sector", "Academia") in found
    assert ("technical", "HPC") in found
    product = Words("Senior Product Manager, Quantum Cloud", "Qubitworks Inc", None, "industry")
    assert {tuple(c) for c in MODEL.score(product).categories} >= {
        ("sector", "Industry"),
        ("role", "Product Manager"),
        ("technical", "Quantum Computing"),
        ("technical", "Cloud"),
    }
    assert "Core Facility" in {
        c.category
        for c in MODEL.score(
            Words("Core Facility Manager, Genomics", "Fernwood Institute")
        ).categories
    }


def test_benefits_are_no_subject() -> None:
    text = "We offer health insurance, medical and dental plans, and care for your health."
    found = MODEL.score(Words("Electrician", "Pinesoft", None, "industry", text)).categories
    assert ("domain", "Biomedical") not in {tuple(category) for category in found}
    health = MODEL.score(Words("Health Data Engineer", "Pinesoft", None, "industry"))
    assert ("domain", "Biomedical") in {tuple(category) for category in health.categories}


def test_word_lists_are_in_the_models_spelling() -> None:
    """A word that the reader of texts never makes could never be found."""
    for kind, categories in tomllib.loads(RULES.read_text(encoding="utf-8")).items():
        assert kind in TYPES
        for name, told in categories.items():
            for term in (
                *told["words"],
                *told.get("employers", ()),
                *told.get("unless", ()),
                *told.get("title", ()),
            ):
                made = joined([base(word) for word in term.replace("_", " ").split(" ")])
                shown = joined([base(word) for word in term.split(" ")])
                assert term in (" ".join(made), " ".join(shown)), (name, term)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("University of Fernwood", "academia"),
        ("Fernwood National Laboratory", "lab"),
        ("Fernwood Children's Hospital", "nonprofit"),
        ("Department of Forestry", "public"),
        ("Fernwood Therapeutics Inc.", "industry"),
        ("Zzyx", None),
        (None, None),
    ],
)
def test_kind_of_an_employer_by_its_name(name: str | None, kind: str | None) -> None:
    assert kind_of(name) == kind


# --- training -------------------------------------------------------------------------------------


def test_training_finds_the_minimum() -> None:
    """At the minimum of |w|²/2 + C·Σ log(1 + exp(-y·w·x)) the gradient is zero."""
    rows = [
        Row([0, 1], [1.0, 2.0], True), Row([0, 1], [1.0, -1.0], False),
        Row([0, 2], [1.0, 1.0], True, weight=0.5), Row([0, 2], [1.0, 3.0], False, margin=0.7),
    ]  # fmt: skip
    weights = fit(rows, 3, strength=2.0)
    slope = list(weights)
    for row in rows:
        sign = 1 if row.label else -1
        margin = row.margin + sum(
            weights[i] * v for i, v in zip(row.indices, row.values, strict=True)
        )
        for i, v in zip(row.indices, row.values, strict=True):
            slope[i] -= 2.0 * row.weight * sign * v * sigmoid(-sign * margin)
    assert slope == pytest.approx([0, 0, 0], abs=1e-3)


def test_calibration_makes_shares_of_margins() -> None:
    margins = [-1.0] * 100 + [1.0] * 100
    labels = [n % 10 == 0 for n in range(100)] + [n % 10 != 0 for n in range(100)]
    slope, offset = calibrate(margins, labels)
    assert sigmoid(slope + offset) == pytest.approx(0.9, abs=0.02)
    assert sigmoid(-slope + offset) == pytest.approx(0.1, abs=0.02)


def example(title: str, employer: str, topic: bool, group: str | None = None) -> Example:
    words = Words(title, employer)
    return Example(words, topic, leads(title, topic), "", "", employer, group or employer)


def test_a_word_of_one_employer_alone_stays_out() -> None:
    rows = [
        example("Cluster Engineer Jane Doe", "Fernwood University", True),
        example("Cluster Engineer Jane Doe", "Fernwood University", True),
        example("Cluster Engineer", "Pine College", True),
        example("Cook", "Pine College", False),
        example("Cook", "Fernwood University", False),
    ]
    terms = train("topic", rows).weights["t"]
    assert "cluster" in terms
    assert not {"jane", "doe", "jane doe"} & set(terms)


def test_cross_validation_never_sees_the_employer() -> None:
    """A word that only one employer uses is worth nothing where that employer is held out."""
    rows = [
        example(f"{job} {word}", f"Employer {n}", word == "cluster")
        for n in range(20)
        for job in ("Engineer", "Analyst")
        for word in ("cluster", "kitchen")
    ]
    folds = {fold_of(row) for row in rows}
    assert len(folds) > 1
    for row in rows:
        assert {fold_of(r) for r in rows if r.group == row.group} == {fold_of(row)}
    margins = cross_validated("topic", rows, [])
    assert all((m > 0) == bool(r.topic) for m, r in zip(margins["all"], rows, strict=True))


def test_figures() -> None:
    values, labels = [0.9, 0.8, 0.4, 0.3], [True, False, True, False]
    found = figures(values, labels)
    assert (found["precision"], found["recall"], found["f1"]) == (0.5, 0.5, 0.5)
    assert average_precision(values, labels) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([0.5] * 4, labels) == pytest.approx(0.5), "ties are no ranking"
    assert best_f1(values, labels) == 0.8


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Director, Research Computing", True),
        ("Team Leader, Software", True),
        ("Research Software Engineer", False),
        ("Account Manager", False),
        ("Principal Engineer", None),
        ("Senior Research Software Engineer", None),
    ],
)
def test_which_titles_settle_who_leads(title: str, says: bool | None) -> None:
    assert leads(title, True) is says


def test_pairs_do_not_span_what_says_nothing() -> None:
    assert list(terms(["analysis", "of", "data", "set"])) == ["analysis", "data", "set", "data set"]


# --- in a crawl -----------------------------------------------------------------------------------


def posting(**said: Any) -> Posting:
    fields: dict[str, Any] = {
        "source": "fernwood", "platform": "lever", "tenant": "fernwood", "native_id": "1",
        "title": HPC_MANAGER.title, "url": "https://jobs.fernwood.example/1",
        "organization": "Fernwood University", "unit": "Research Computing",
        "description_text": HPC_MANAGER.description, **said,
    }  # fmt: skip
    return Posting(**fields)


SOURCE = Source(
    id="fernwood", platform="lever", employer="Fernwood University",
    url="https://jobs.fernwood.example/", kind="academia",
)  # fmt: skip


def test_the_pipeline_stands_between_identify_and_store() -> None:
    order = sorted(ITEM_PIPELINES, key=lambda name: ITEM_PIPELINES[name])
    place = order.index(f"{Relevance.__module__}.{Relevance.__name__}")
    assert order.index("pipelines.identify.Identify") < place < order.index("pipelines.store.Store")


def test_the_kind_holds_for_the_sources_employer_alone() -> None:
    row = {"title": "Cook", "unit": None, "description_text": None, "kind": "nonprofit"}
    ours = words_of({**row, "organization": "Fernwood", "employer": "Fernwood Ltd"})
    portal = words_of({**row, "organization": "Pine University", "employer": "Jobs Portal"})
    assert ours.kind == "nonprofit"
    assert portal.kind is None
    assert portal.employer_kind == "academia"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = store.open_db(tmp_path / "rolecall.db")
    store.sync_sources(opened, [SOURCE.model_dump(mode="json")])
    yield opened
    opened.close()


def commit(db: Database, *items: Posting) -> None:
    run = store.start_run(db, "2026-08-20T03:00:00+00:00")
    rows = [item.model_dump(mode="json") for item in items]
    store.commit_source_run(db, {"run": run, "source": "fernwood", "outcome": "ok"}, rows)


def scored_posting(**said: Any) -> Posting:
    item = posting(**said)
    score_item(ItemAdapter(item), MODEL, SOURCE)
    return item


def row_of(db: Database) -> dict[str, Any]:
    (row,) = db.query(
        "SELECT topic_score, lead_score, score_model, score_reasons FROM postings "
        "JOIN texts ON posting = id"
    )
    return row


def test_scores_are_stored_with_reasons_categories_and_model(db: Database) -> None:
    commit(db, scored_posting())
    row = row_of(db)
    assert row["topic_score"] > 0.9
    assert row["lead_score"] > 0.9
    assert row["score_model"] == MODEL.name
    assert json.loads(row["score_reasons"])["topic"][0]["words"] == "HPC"
    assert ("technical", "HPC") in set(db.execute("SELECT type, category FROM categories"))


def test_what_changes_is_scored_again_and_a_listing_alone_does_not_lower_it(db: Database) -> None:
    commit(db, scored_posting(content_hash="a"))
    high = row_of(db)
    bare = {"description_text": None, "unit": None, "detail_read": False}
    commit(db, scored_posting(**bare, content_hash="b"))
    assert row_of(db) == high, "the stored detail says more than the listing"
    commit(db, scored_posting(title="Head Cook", description_text="Cooking.", content_hash="c"))
    assert row_of(db)["topic_score"] < high["topic_score"]
    assert ("technical", "HPC") not in set(db.execute("SELECT type, category FROM categories"))


def test_an_unscored_item_leaves_the_stored_score(db: Database) -> None:
    commit(db, scored_posting())
    high = row_of(db)
    commit(db, posting())
    assert row_of(db) == high


# --- learning from marks --------------------------------------------------------------------------


def editorial(kept: str, rejected: str, count: int = 8) -> list[marks.Marked]:
    return [
        marks.Marked(Words(title, f"{name} University {n}"), title == kept)
        for n in range(count)
        for title, name in ((kept, "Oak"), (rejected, "Elm"))
    ]


def test_learning_moves_scores_where_the_marks_point() -> None:
    said = editorial("Flow Cytometry Manager", "Genomics Data Manager")
    taught = marks.learn(MODEL, said)
    kept, rejected = (
        Words("Flow Cytometry Manager", "Ash University"),
        Words("Genomics Data Manager", "Ash University"),
    )
    before = [MODEL.topic(kept), MODEL.topic(rejected)]
    after = [taught.topic(kept), taught.topic(rejected)]
    assert after[0] > before[0]
    ranks = [m.topic(w) * m.lead(w) for w in (kept, rejected) for m in (MODEL, taught)]
    assert ranks[1] > ranks[0], "what he keeps goes up"
    assert ranks[3] < ranks[2], "what he rejects goes down"
    assert taught.name.startswith(f"{MODEL.name}+16-marks-")
    assert marks.learn(MODEL, said).name == taught.name, "the same marks teach the same"


def test_a_rejection_blames_the_lower_score() -> None:
    rejected = Words("Research Software Engineer", "Elm University")
    assert MODEL.topic(rejected) > MODEL.lead(rejected)
    taught = marks.learn(
        MODEL, editorial("Head of Research Computing", "Research Software Engineer")
    )
    assert taught.lead(rejected) < MODEL.lead(rejected)
    assert taught.topic(rejected) > 0.9, "he wants leading, and has nothing against the subject"


def test_the_shipped_model_is_not_touched_by_learning() -> None:
    before = SHIPPED.read_bytes(), MODEL.topic(LABORATORY)
    marks.learn(MODEL, editorial("Cook", "Gardener"))
    assert (SHIPPED.read_bytes(), MODEL.topic(LABORATORY)) == before


def learn(db: Database, *options: str) -> dict[str, Any]:
    path = db.conn.execute("PRAGMA database_list").fetchone()[2]
    done = CliRunner().invoke(command, ["--db", path, "--json", *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.output)
    return answer


def test_learn_scores_the_database_anew_and_the_next_crawl_follows(db: Database) -> None:
    titles = ["Flow Cytometry Manager", "Genomics Data Manager"]
    commit(db, *(
        scored_posting(
            native_id=str(n), title=titles[n % 2], url=f"https://jobs.fernwood.example/{n}",
            organization=f"Fernwood University {n}", unit=None, description_text=None,
        )
        for n in range(16)
    ))  # fmt: skip
    few = learn(db)
    assert few["model"] == MODEL.name, "too few marks teach nothing"
    assert few["scored"] == 16
    old = dict(db.execute("SELECT id, topic_score FROM postings"))
    for number, title in db.execute("SELECT id, title FROM postings").fetchall():
        decision = "keep" if title == titles[0] else "reject"
        db["marks"].insert(
            {"posting": number, "decision": decision, "at": "2026-08-20T03:00:00+00:00"}
        )
    done = learn(db)
    assert done["kept"] == done["rejected"] == 8
    assert done["agreement_after"] >= done["agreement_before"]
    rows = list(db.query("SELECT id, title, topic_score, score_model FROM postings"))
    assert {row["score_model"] for row in rows} == {done["model"]} != {MODEL.name}
    for row in rows:
        if row["title"] == titles[0]:
            assert row["topic_score"] > old[row["id"]]
    assert current(db).name == done["model"], "the next crawl uses it"
    assert learn(db)["model"] == done["model"], "the same marks, the same model"
    back = learn(db, "--forget")
    assert back["model"] == MODEL.name == current(db).name
    assert dict(db.execute("SELECT id, topic_score FROM postings")) == old


def test_what_was_learned_on_another_shipped_model_waits(db: Database) -> None:
    scores.add_model(
        db, name="old+9", base="another", at="2026-08-20T03:00:00+00:00", marks=9, changes={}
    )
    assert current(db).name == MODEL.name


def test_a_decision_taken_back_teaches_nothing(db: Database) -> None:
    commit(db, scored_posting())
    for decision in ("reject", "undo"):
        db["marks"].insert({"posting": 1, "decision": decision, "at": "2026-08-20"})
    assert scores.marked(db) == []
    db["marks"].insert({"posting": 1, "decision": "listed", "at": "2026-08-21"})
    assert [row["decision"] for row in scores.marked(db)] == ["listed"]


def test_learn_says_what_it_needs(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--cv"])
    assert done.exit_code == 2
    assert "--data" in done.output


def test_a_model_under_another_name_adds_its_changes() -> None:
    more: Model = MODEL.with_weights("more", {"topic": {"weights": {"t": {"cook": 9.0}}}})
    assert more.topic(Words("Cook")) > MODEL.topic(Words("Cook"))
    assert more.name == "more"


def test_a_posting_read_without_a_crawl_is_scored_too() -> None:
    item = process(posting())
    assert item.topic_score is not None
    assert item.topic_score > 0.9
    assert item.score_model == MODEL.name


def test_a_long_advertisement_is_no_more_leading_for_its_length() -> None:
    text = "You join a team. Our leadership cares. You work with product managers and directors. "
    short = Words("Software Engineer", "Pinesoft", None, "industry", text)
    long = Words("Software Engineer", "Pinesoft", None, "industry", text * 30)
    assert MODEL.lead(long) == pytest.approx(MODEL.lead(short))
    assert MODEL.lead(long) < 0.5
