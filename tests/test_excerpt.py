"""The paragraphs an editor would quote. All advertisements here are invented."""

from __future__ import annotations

import time

import pytest

from pipelines.describe import without_standing
from pipelines.excerpt import Recurring, candidates, excerpt, is_standing, sentences

ABOUT = (
    "Fernwood University was founded in 1891 and is one of the largest public research "
    "universities of its region, with 21,000 students and 4,300 employees on two campuses."
)
ROLE = (
    "The Research Computing group is looking for a lead engineer for its cluster of 400 nodes. "
    "You will plan its renewal together with the faculties, mentor three engineers, and advise "
    "research groups on moving their simulations from workstations to the cluster. The post "
    "reports to the director of the computing centre."
)
TEAM = (
    "Our team of nine runs storage, cloud and training for the whole university, and publishes "
    "what it builds. It meets every morning for a quarter of an hour."
)
NEEDS = "• A degree in a science\n• Five years of experience with Linux\n• Fluent English"
EQUAL = (
    "Fernwood University is an equal opportunity employer and welcomes applications regardless of "
    "race, age, religion, disability or sexual orientation."
)
PAY = "The salary is £45,000 to £52,000 with 30 days of holiday and a pension scheme."
APPLY = "To apply, please send your CV and a covering letter before 1 May 2026."


def text(*parts: str) -> str:
    return "\n\n".join(parts)


WHOLE = text(
    "About us", ABOUT, "The role", ROLE, TEAM, "What you bring", NEEDS, "What we offer", PAY,
    "How to apply", APPLY, EQUAL,
)  # fmt: skip


def test_role_and_team_are_quoted_and_nothing_else() -> None:
    assert excerpt(WHOLE, "Lead Engineer, Research Computing") == text(ROLE, TEAM)


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_without_headings_the_words_tell(order: slice) -> None:
    parts = [ABOUT, EQUAL, ROLE, PAY, APPLY][order]
    assert excerpt(text(*parts), "Lead Engineer") == ROLE


@pytest.mark.parametrize("sentence", [EQUAL, PAY, APPLY, "A PhD in physics is required."])
def test_a_sentence_nobody_quotes_is_left_out_of_its_paragraph(sentence: str) -> None:
    assert is_standing(sentence)
    assert excerpt(f"{ROLE} {sentence}", "Lead Engineer") == ROLE


def test_sentences_stay_whole_and_verbatim() -> None:
    told = "Dr. A. Marl leads it, e.g. with U.S. partners. It runs! Does it? “Yes.” No. 5 is next."
    assert sentences(told) == [
        "Dr. A. Marl leads it, e.g. with U.S. partners.", "It runs!", "Does it?", "“Yes.”",
        "No. 5 is next.",
    ]  # fmt: skip
    assert " ".join(sentences(ROLE)) == ROLE


def test_a_long_paragraph_ends_at_a_sentence_within_the_limit() -> None:
    long = " ".join(f"You will lead part {n} of the work on our cluster." for n in range(40))
    quoted = excerpt(long, "Lead")
    assert quoted is not None
    assert long.startswith(quoted)
    assert quoted.endswith("cluster.")
    assert 150 < len(quoted.split()) <= 161


def test_lines_that_were_wrapped_are_one_paragraph() -> None:
    words = ROLE.split()
    wrapped = "\n".join(" ".join(words[n : n + 12]) for n in range(0, len(words), 12))
    assert excerpt(wrapped, "Lead Engineer") == ROLE


def test_an_advertisement_of_lists_gives_its_duties() -> None:
    duties = [
        "• Run the cluster and its storage day by day",
        "• Plan upgrades with the research groups that use it",
        "• Lead a team of three engineers and one trainee",
        "• Teach courses on parallel programming twice a term",
    ]
    told = text("Duties", "\n".join(duties), "Requirements", NEEDS)
    assert excerpt(told, "Lead Engineer") == "\n".join(duties)
    assert excerpt(text("Requirements", NEEDS, EQUAL, PAY, APPLY), "Lead Engineer") is None


@pytest.mark.parametrize("nothing", [None, "", "Apply now.", ABOUT, "• a\n• b"])
def test_nothing_worth_quoting_gives_none(nothing: str | None) -> None:
    assert excerpt(nothing, "Lead Engineer") is None


def test_what_recurs_under_other_titles_is_not_quoted() -> None:
    house = (
        "You will join a team that works with colleagues across the organisation and is "
        "responsible for leading projects that matter to the people who use our services every day."
    )
    recurring = Recurring()
    for title in ("Gardener", "Nurse", "Lead Engineer"):
        recurring.add(title, text(house, f"The post of {title} is new."))
    own = ROLE
    assert house in [one.text for one in candidates(text(house, own), "Lead Engineer")]
    found = candidates(text(house, own), "Lead Engineer", recurring)
    assert [one.text for one in found] == [own]


def test_siblings_of_one_title_and_a_single_other_one_do_not_make_boilerplate() -> None:
    recurring = Recurring()
    for title in ("Lead Engineer", "LEAD ENGINEER", "Engineer"):
        recurring.add(title, ROLE)
    assert excerpt(ROLE, "Lead Engineer", recurring) == ROLE


def test_a_posting_that_says_nothing_of_its_own_keeps_its_excerpt() -> None:
    recurring = Recurring()
    for title in ("Gardener", "Nurse", "Lead Engineer"):
        recurring.add(title, text(ROLE, TEAM))
    row = {"title": "Nurse", "description_text": text(ROLE, TEAM), "excerpt": ROLE}
    without_standing(row, recurring)
    assert row["excerpt"] == ROLE
    row["description_text"] += "\n\n" + "You will lead the ward of the clinic by night. " * 4
    without_standing(row, recurring)
    assert row["excerpt"].startswith("You will lead the ward")


def test_what_a_source_says_everywhere_is_bounded() -> None:
    recurring = Recurring(most=3)
    for n in range(10):
        recurring.add(f"Title {n}", f"Paragraph number {n} of its own.")
    assert len(recurring._titles) == 3


@pytest.mark.parametrize(
    ("told", "quoted"),
    [
        (
            "Über uns\n\nDie Quantenhof AG ist ein führender Anbieter von Messgeräten.\n\n"
            "Ihre Aufgaben\n\nSie leiten die Arbeitsgruppe für wissenschaftliches Rechnen, "
            "entwickeln mit den Forschenden die Programme für unsere Rechencluster weiter und "
            "betreuen den Betrieb der Systeme gemeinsam mit dem Rechenzentrum der Universität.\n\n"
            "Ihr Profil\n\nSie haben ein abgeschlossenes Studium der Informatik.\n\n"
            "Bewerbung\n\nBitte senden Sie Ihre Bewerbung bis zum 1. Mai an uns.",
            "Sie leiten die Arbeitsgruppe",
        ),
        (
            "Vos missions\n\nVous rejoindrez l'équipe de calcul scientifique du laboratoire et "
            "vous participerez au développement des logiciels de simulation utilisés par "
            "les chercheurs de l'institut, en lien avec le centre de calcul régional.\n\n"
            "Profil recherché\n\nVous avez un diplôme d'ingénieur.",
            "Vous rejoindrez l'équipe",
        ),
    ],
)
def test_other_languages_by_their_headings(told: str, quoted: str) -> None:
    found = excerpt(told)
    assert found is not None
    assert found.startswith(quoted)
    assert "\n" not in found


def test_two_megabytes_take_no_time() -> None:
    started = time.perf_counter()
    excerpt("You will lead the team of the cluster. " * 50_000, "Lead")
    excerpt("\n".join(f"line {n}" for n in range(200_000)), "Lead")
    assert time.perf_counter() - started < 1
