"""Pages and documents without structured data: their title, main text and labelled facts."""

from __future__ import annotations

import pytest

from crawler.errors import UnexpectedAnswer
from crawler.page_text import is_pdf, read_html, read_pdf
from tests.documents import pdf_of

TEXT = "You keep the tide models running, and you tell the harbour what they say about the night. "
MENU = '<nav><a href="/">Home</a> <a href="/news">All our news of the week</a></nav>'
FOOTER = "<footer>Copyright of the institute. We use cookies of oats and honey.</footer>"


def page(body: str, title: str = "", head: str = "") -> str:
    return (
        f"<html><head><title>{title}</title>{head}</head><body>{MENU}{body}{FOOTER}</body></html>"
    )


# --- titles --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (page("<h1>Tide Engineer</h1>"), "Tide Engineer"),
        (page("<h1>Tide\n <b>Engineer</b></h1>", "Tide Engineer | Sedge"), "Tide Engineer"),
        # the logo is a heading too; the page's title repeats the right one
        (page("<h1>Sedge Institute</h1><h1>Tide Engineer</h1>", "Tide Engineer - x"),
         "Tide Engineer"),
        (page("<h1>Careers</h1>", "Tide Engineer | Careers"), "Tide Engineer"),
        (page("<h1>Current vacancies</h1>", "Tide Engineer – Careers at Sedge"), "Tide Engineer"),
        (page("", "Tide Engineer - Night Shift - Sedge Institute"), "Tide Engineer - Night Shift"),
        (page("", "Tide Engineer | Another Name"), "Tide Engineer | Another Name"),
        (page("", "x", '<meta property="og:title" content="Tide Engineer">'), "Tide Engineer"),
        (page("", "Tide Engineer | The Sedge",
              '<meta property="og:site_name" content="The Sedge">'), "Tide Engineer"),
        (page("<h1>Error Correction Scientist</h1>"), "Error Correction Scientist"),
        (page("<h1>Human Resources Manager</h1>"), "Human Resources Manager"),
    ],
)  # fmt: skip
def test_a_title_is_the_postings_and_not_the_sites(text: str, expected: str) -> None:
    text = text.replace("<footer>", f"<p>{TEXT * 4}</p><footer>")
    assert read_html(text, "Sedge Institute").title == expected


@pytest.mark.parametrize(
    "heading",
    ["Careers", "Open positions", "Sign in", "Please log in to continue", "Page not found", "404",
     "Access denied", "Job description", "Apply now", "Error", "Vacancies at Sedge", "Sedge"],
)  # fmt: skip
def test_the_heading_of_another_kind_of_page_is_no_title(heading: str) -> None:
    assert read_html(page(f"<h1>{heading}</h1>"), "Sedge").title == ""


def test_a_page_that_asks_to_log_in_is_no_posting() -> None:
    door = '<h1>Sedge Staff Portal</h1><form><input type="password"></form>'
    assert read_html(page(door, "Sedge Staff Portal")).fields() == {}
    beside = read_html(page(f"<h1>Tide Engineer</h1><p>{TEXT * 4}</p>{door}", "Tide Engineer"))
    assert beside.title == "Tide Engineer"


# --- text ----------------------------------------------------------------------------------------


def test_the_main_text_is_without_menu_and_footer_and_keeps_its_lists() -> None:
    body = (
        f"<h1>Tide Engineer</h1><div><p>{TEXT}{TEXT}</p><p>{TEXT}</p><ul><li>Fortran</li>"
        "<li>Tides</li></ul><table><tr><th>Shift</th><td>Night</td></tr></table></div>"
        "<aside>Other openings: Cook</aside>"
    )
    said = read_html(page(body))
    for part in (TEXT.strip(), "<li>Fortran</li>", "<li>Tides</li>", "Night"):
        assert part in said.html
    for part in ("All our news", "Copyright", "cookies", "Cook"):
        assert part not in said.html


def test_a_short_text_counts_below_a_title_and_not_alone() -> None:
    short = "<main><p>Run the cluster by <b>night</b>.</p><ul><li>C &amp; Go</li></ul></main>"
    said = read_html(page(f"<h1>Tide Engineer</h1>{short}"))
    assert said.html == short
    assert read_html(page(short)).fields() == {}
    assert read_html("").fields() == read_html("\x00<").fields() == {}


def test_markup_survives_as_markup_and_scripts_do_not() -> None:
    said = read_html(page(f"<h1>T &amp; E</h1><p>{TEXT * 3} a &lt; b<script>x()</script></p>"))
    assert said.title == "T & E"
    assert "a &lt; b" in said.html
    assert "x()" not in said.html


# --- labelled facts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<dl><dt>Location</dt><dd>Port Ellery</dd></dl>", {"raw_location": ["Port Ellery"]}),
        ("<table><tr><th>Closing date:</th><td> 4 May\n2026 </td></tr></table>",
         {"raw_valid_through": "4 May 2026"}),
        ("<table><tr><td>Salary</td><td>40,000</td></tr></table>", {"raw_salary": "40,000"}),
        ("<p><strong>Deadline:</strong> Friday 4 May, 17:00</p>",
         {"raw_valid_through": "Friday 4 May, 17:00"}),
        ("<p><strong>Deadline</strong>: 4 May</p>", {"raw_valid_through": "4 May"}),
        ("<p>Contract type: Fixed term<br>Ref: SI-9</p>",
         {"raw_employment_type": "Fixed term", "requisition_id": "SI-9"}),
        ("<h4>Location</h4><p>Port Ellery</p>", {"raw_location": ["Port Ellery"]}),
        ("<ul><li>Einsatzort: Lünen</li><li>Bewerbungsfrist: 04.05.2026</li></ul>",
         {"raw_location": ["Lünen"], "raw_valid_through": "04.05.2026"}),
        ("<p>Lieu : Brest</p>", {"raw_location": ["Brest"]}),
        ("<p>Posted on: 3 days ago</p>", {"raw_date_posted": "3 days ago"}),
        # the same label with the same value twice
        ("<dl><dt>Location</dt><dd>Lune</dd></dl><p>Location: Lune</p>",
         {"raw_location": ["Lune"]}),
        # with two values: lists of other postings have labels too
        ("<p>Location: Lune</p><p>Location: Port Ellery</p>", {}),
        # no label, or not alone
        ("<p>The location is Lune.</p><p>Our deadline policy: none</p><p>Note: Lune</p>", {}),
        ("<p>Location:</p><p>Lune</p>", {}),
        (f"<p>Location: {'far away ' * 40}</p>", {}),
        ("<table><tr><td>Location</td><td>Lune</td><td>Full</td></tr></table>", {}),
    ],
)  # fmt: skip
def test_a_fact_is_read_where_a_label_stands_alone(
    markup: str, expected: dict[str, object]
) -> None:
    said = read_html(page(f"<h1>Tide Engineer</h1><main>{markup}<p>{TEXT}</p></main>")).fields()
    assert {name: value for name, value in said.items() if name.startswith(("raw", "req"))} == (
        expected
    )


def test_the_day_that_the_page_itself_names_as_published() -> None:
    head = '<meta property="article:published_time" content="2026-08-03T10:00:00Z">'
    text = page(f"<h1>Tide Engineer</h1><p>{TEXT}</p>", head=head)
    assert read_html(text).facts == {"raw_date_posted": "2026-08-03T10:00:00Z"}


# --- documents -----------------------------------------------------------------------------------


def test_a_document_is_its_largest_line_its_text_and_its_labels() -> None:
    body = pdf_of(
        (10, "Sedge Institute"), (22, "Tide (Night) Engineer"), (10, "Location: Lune"), (10, TEXT),
        title="Microsoft Word - final v3.docx",
    )  # fmt: skip
    said = read_pdf(body)
    assert said.title == "Tide (Night) Engineer"
    assert said.text.splitlines() == [
        "Sedge Institute", "Tide (Night) Engineer", "Location: Lune", TEXT.strip(),
    ]  # fmt: skip
    assert said.fields()["raw_location"] == ["Lune"]
    assert "description_html" not in said.fields()


@pytest.mark.parametrize(
    ("named", "lines", "expected"),
    [
        ("Tide Engineer", [(22, "SEDGE INSTITUTE"), (10, "Tide Engineer")], "Tide Engineer"),
        ("advert_2026.pdf", [(22, "Tide Engineer"), (10, "x")], "Tide Engineer"),
        ("untitled", [(22, "Tide"), (22, "Engineer"), (10, "x"), (22, "Later")], "Tide Engineer"),
        ("", [(10, "Tide Engineer"), (10, "All in one size")], ""),
        ("", [(22, "Careers"), (10, "x")], ""),
        ("", [], ""),
    ],
)
def test_the_title_of_a_document(named: str, lines: list[tuple[int, str]], expected: str) -> None:
    assert read_pdf(pdf_of(*lines, title=named)).title == expected


def test_what_is_a_pdf_is_said_by_its_first_bytes() -> None:
    assert is_pdf(pdf_of((10, "x")))
    assert is_pdf(b"\r\n" + pdf_of((10, "x")))
    assert not is_pdf(b"<p>about %PDF-1.4</p>")
    assert not is_pdf(b"")


@pytest.mark.parametrize("cut", [9, 60, 200, 420, 700])
@pytest.mark.parametrize("rest", [False, True])
def test_a_damaged_document_raises_nothing_but_this_houses_error(cut: int, rest: bool) -> None:
    body = pdf_of((22, "Tide Engineer"), (10, TEXT))
    damaged = body[:cut] + (b"\xff" * 40 + body[cut + 40 :] if rest else b"")
    try:
        title = read_pdf(damaged).title
    except UnexpectedAnswer:
        title = ""
    assert title in ("", "Tide Engineer")


def test_a_document_that_cannot_be_read_says_so() -> None:
    with pytest.raises(UnexpectedAnswer, match="this PDF document cannot be read"):
        read_pdf(b"%PDF-1.4\nnothing else")
