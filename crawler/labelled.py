"""Labelled facts of a page or document: place, deadline, pay, reference, as raw text.

A fact is read only where a known label stands alone: in `dt`, in the first of two cells, in a small
heading, or at the beginning of a line before a colon; its value is what follows, untouched. A label
with two different values on one page says nothing (lists of other postings have the same labels).
Not over-reaching is the rule: a fact that is only told in a sentence stays unread
(ats/generic_small_sites.md, "Ladder for one URL", step 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import html_text
from lxml import etree
from parsel import Selector

LONGEST_VALUE = 200  # characters; a longer one is a paragraph
# Labels in English, French and German, as the whole text of their element or before a colon.
LABELS = {
    "raw_location": r"(?:job |work(?:ing|place)? |primary )?locations?|place of work|duty station"
    r"|lieu(?: de travail)?|(?:arbeits|einsatz|dienst|stand)?ort",
    "raw_valid_through": r"clos(?:ing|es|e)(?: date| on)?|closing date for applications"
    r"|(?:application )?deadline(?: for applications?| to apply)?"
    r"|applications? (?:close|due)(?: on| date)?"
    r"|apply (?:by|before)|date limite(?: de candidature)?|bewerbungs(?:frist|schluss)",
    "raw_date_posted": r"(?:date )?posted(?: on)?|(?:posting|publication) date|date posted"
    r"|published(?: on)?|date de publication|veröffentlicht(?: am)?",
    "raw_salary": r"salary(?: range| scale)?|pay(?: range)?|compensation(?: range)?|remuneration"
    r"|rémunération|salaire|gehalt|vergütung",
    "raw_employment_type": r"(?:employment|contract|job|position) type|contract"
    r"|type of (?:contract|employment)|type de contrat|vertragsart",
    "requisition_id": r"(?:(?:job|vacancy|requisition|position|posting) ?)?(?:reference|ref)\.?"
    r"(?: ?(?:number|no\.?|code|id))?|requisition|référence|kennziffer"
    r"|(?:job|vacancy|requisition|position|posting) ?(?:number|no\.?|id)",
    "unit": r"department|faculty|division|faculté|département|abteilung|fakultät",
}  # fmt: skip
_LABELS = {name: re.compile(f"(?:{label})", re.IGNORECASE) for name, label in LABELS.items()}


def facts_of(page: Selector) -> dict[str, str]:
    """The labelled facts of a page or part; see above for what counts."""
    return facts_in([*_marked(page), *before_colon(lines_of(page))])


def facts_in(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    said: dict[str, set[str]] = {}
    for label, value in pairs:
        label, value = label.strip(" :*\u00a0"), value.strip()
        name = next((name for name, form in _LABELS.items() if form.fullmatch(label)), None)
        if name and 0 < len(value) <= LONGEST_VALUE:
            said.setdefault(name, set()).add(value)
    return {name: values.pop() for name, values in said.items() if len(values) == 1}


def _marked(page: Selector) -> Iterator[tuple[str, str]]:
    """Labels that the markup sets apart, and what follows them."""
    for label, value in (
        (".//dt", "following-sibling::*[1][self::dd]"),
        (".//tr[count(*) = 2]/*[1]", "following-sibling::td[1]"),
        (".//*[self::h3 or self::h4 or self::h5 or self::h6]", "following-sibling::*[1][self::p]"),
    ):
        for node in page.xpath(label):
            said = node.xpath(value).xpath("string()").get("")
            yield words(node.xpath("string()").get("")), words(said)


def before_colon(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        label, colon, value = line.partition(":")
        if colon:
            yield label, value


def lines_of(page: Selector) -> list[str]:
    """The text of a page or part in lines, as a reader sees them."""
    lines = html_text.extract_text(etree.tostring(page.root, encoding="unicode", method="html"))
    return [line for line in map(words, lines.splitlines()) if line]


def words(text: str) -> str:
    """The text with its blanks single."""
    return " ".join(text.split())
