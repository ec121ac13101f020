"""Invented postings for the tests of publishing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from db.publish import Edition, Entry, entry_of

AT = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
EDITION = Edition(at=AT, total=1204, site="https://jobs.example.org/board/", name="Example jobs")

EXCERPT = (
    "You will lead the four engineers who keep the observatory’s cluster running, plan its next "
    "generation with the astronomers, and  mentor the students who join the team each summer."
)

# Titles that would do something, or be something else, in one of the forms.
HOSTILE = (
    "](javascript:alert(1))", "[x](javascript:alert(1))", "x](https://evil.example) - y <br/>",
    "![x](https://evil.example/count.png)", "[ref]: javascript:alert(1)", "<javascript:alert(1)>",
    "a | b | c", "|---|---|", "+++", "---", "***", "===", "```", "~~~", "`code`", "``` sh",
    "- item", "* item", "+ item", "1. item", "2) item", "# heading", "> quote", "    indented",
    "*bold* _it_ ~~struck~~ **x**", "title: x", "- title: x", "? x", "& anchor", "*alias",
    "!!python/object/apply:os.system [x]", "%YAML 1.1", "null", "yes", "2026-01-01", "1e3", "0x1F",
    "=cmd|'/C calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\u200b=1",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</script><script>alert(1)",
    "<svg/onload=alert(1)>", "<!-- x", "]]>", "<![CDATA[x", "&lt;script&gt;", "&#60;b&#62;",
    '" onmouseover="alert(1)', "' onmouseover='alert(1)", "two\nlines", "two\r\n\r\n## lines",
    "two\n---\nlines", "two\n+++\nlines", "a\u2028b\u2029c", "\u202egnp.exe\u202c", "x\x00\x1by",
    "x\ud800", "{{ 7*7 }}", "{% include secrets %}", "{# comment #}", "{{< figure >}}",
    "{{% job_details %}}", "${7*7}", "back\\slash", "\\](x)", "trailing \\", "C* and snake_case",
    "Research & Development", "O'Brien \"quoted\"", "# ", "C# / F# engineer", '"""', "'''",
)  # fmt: skip


def row(**said: Any) -> dict[str, Any]:
    """A row as `chosen` gives it."""
    return {
        "id": 7,
        "title": "Manager, Research Computing",
        "organization": "Fernwood University",
        "unit": "Observatory",
        "location": "Boston MA USA",
        "workplace": "hybrid",
        "employment_type": "FULL_TIME",
        "url": "https://jobs.fernwood.example.edu/7",
        "apply_url": "https://jobs.fernwood.example.edu/7/apply",
        "requisition_id": "R-7",
        "date_posted": "2026-02-20",
        "valid_through": "2026-04-30",
        "first_seen": "2026-02-21",
        "last_seen": "2026-03-02",
        "salary_min": 110000.0,
        "salary_max": 130000.0,
        "salary_currency": "USD",
        "salary_unit": "YEAR",
        "topic_score": 0.91,
        "lead_score": 0.88,
        "description_text": f"The observatory is growing.\n\n{EXCERPT}\n\n- plans\n- mentors",
        "description_html": f"<p>The observatory is growing.</p><p>{EXCERPT}</p>",
        "places": [{"city": "Boston", "region": "MA", "country": "US", "remote": 0}],
        "categories": [("role", "Ops/Automation"), ("technical", "HPC"), ("sector", "Academia")],
        **said,
    }


def entry(**said: Any) -> Entry:
    """The same as an entry."""
    made = entry_of(row(**said))
    assert made is not None
    return made


def hostile(text: str, number: int = 7) -> Entry:
    """A posting that says this wherever it can."""
    return entry(
        id=number,
        url=f"https://jobs.fernwood.example.edu/{number}",
        **dict.fromkeys(
            ("title", "organization", "unit", "location", "requisition_id", "description_text",
             "description_html", "language"),
            f"{text}",
        ),
        mark={"excerpt": text, "at": "2026-03-01T10:00:00+00:00"},
        places=[{"city": text, "region": text, "country": "US", "remote": 0}],
        categories=[("technical", text)],
    )  # fmt: skip
