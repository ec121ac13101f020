"""Taleo's FTL text format: pure functions from text to values, no requests, no platform.

A page of a Taleo career section fills its templates from lists of strings (ats/taleo.md, "Classic
list" and "Detail page"):

    listRequisition:{... _hlid:['reqlistitem.no','reqlistitem.title', ...] ...}     names of slots
    api.fillList('requisitionDescriptionInterface','descRequisition',['18711', ...])  their values

The hidden input `initialHistory` and the answers to the pager hold the same values as one text:
sections divided by `!$!` (`!%24!` in the input), values by `!|!`. Values are in the encoding of
JavaScript's escape() (`%26`, `%u2019`), a colon is written `\\:`, and `!*!` marks HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any

from crawler.errors import UnexpectedAnswer

_STRING = re.compile(r"""[\s,]*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""", re.DOTALL)
_JS_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.))", re.DOTALL | re.IGNORECASE)
_JS_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_ESCAPED = re.compile(r"(?:%u[0-9a-f]{4})+|(?:%[0-9a-f]{2})+", re.IGNORECASE)
# A recorded page of 2026 writes the mark without its last character.
_HTML_MARK = re.compile(r"\A(?:!\*!?)+")

_FILLED = (
    r"api\.fillList\(\s*['\"]requisitionDescriptionInterface['\"]\s*,"
    r"\s*['\"]descRequisition['\"]\s*,"
)

_DATE = re.compile(
    r"""(?:\d{1,2}[\s./-]+\w+[\s./-]+\d{4} | [^\W\d_]+\.?\s+\d{1,2},?\s+\d{4}
        | \d{4}-\d\d-\d\d | \d\d?/\d\d?/\d\d)
        (?:,?\s+\d.*)?$""",  # a time of day may follow
    re.VERBOSE,
)
_CLOSING = re.compile(r"clos|deadline|expir|unpost|end date|until", re.IGNORECASE)
_POSTING = re.compile(r"(?<!un)post|publi|open|issue|advert|^date$|^$", re.IGNORECASE)
# "Submission for the position: Data Steward - (Job Number: 2600978)"
_SUBMISSION = re.compile(r"[^:]+:\s*(.+) - \([^:()]+:\s*([^()]+)\)$")


def js_array(source: str, before: str) -> list[str] | None:
    """The array of string literals after the pattern `before` and a `[`; None without one."""
    found = re.search(before + r"\s*\[", source, re.DOTALL)
    if found is None:
        return None
    values, at = [], found.end()
    while string := _STRING.match(source, at):
        value = _JS_ESCAPE.sub(_js_character, string[1] or string[2] or "")
        # \uD83D\uDE00 are two escapes and one character.
        values.append(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        at = string.end()
    return values


def slots(source: str, name: str) -> list[str]:
    """The names of the values of the list `name`, without their prefix; empty when undeclared."""
    names = js_array(source, rf"\b{name}\s*:\s*\{{.*?_hlid\s*:") or []
    return [slot.partition(".")[2] or slot for slot in names]


def detail_values(source: str, history: str) -> list[str]:
    """The encoded values of a detail page: from its script, else from its `initialHistory`."""
    values = js_array(source, _FILLED)
    parts = _sections(history)
    return values or (parts[2] if len(parts) > 2 else [])


def pager_answer(stream: str, where: str) -> tuple[list[str], int]:
    """The encoded values of a page of rows, and the total the section declares.

    `stream` is a pager's answer (or an `initialHistory`): request, list, values, state of the page.
    Raises UnexpectedAnswer.
    """
    parts = _sections(stream)
    if len(parts) != 4:
        raise UnexpectedAnswer(f"{where}: {len(parts)} sections, a pager's answer has 4")
    state = dict(zip(parts[3][::2], parts[3][1::2], strict=False))
    total = state.get("listRequisition.nbElements", "")
    if not total.isdigit():
        raise UnexpectedAnswer(f"{where}: `listRequisition.nbElements` is {total!r}")
    return parts[2], int(total)


def rows(values: Sequence[str], names: Sequence[str]) -> list[dict[str, str]]:
    """Values as records, each with one value per name.

    A name occurs several times in a row (for the link, for a screen reader): the first value that
    is not empty counts. Raises UnexpectedAnswer when the values are not whole rows.
    """
    width, rest = len(names), len(values) % len(names)
    if any(values[len(values) - rest :]):
        raise UnexpectedAnswer(f"{len(values)} values are no rows of {width} (`_hlid`)")
    records = []
    for start in range(0, len(values) - rest, width):
        record: dict[str, str] = {}
        for name, value in zip(names, values[start : start + width], strict=True):
            record[name] = record.get(name) or value
        records.append(record)
    return records


def is_html(value: str) -> bool:
    """Does this encoded value bear the mark of HTML?"""
    return bool(_HTML_MARK.match(value))


def decode(value: str) -> str:
    """An encoded value as it is meant, without its HTML mark."""
    return _HTML_MARK.sub("", _ESCAPED.sub(_character, value)).replace("\\:", ":")


def plain(value: str | None) -> str:
    """An encoded value as one line of text."""
    return line(decode(value or ""))


def line(text: str) -> str:
    """Text on one line. Entities occur in it (`&amp;`)."""
    return " ".join(unescape(text).split())


def fields(record: Mapping[str, str]) -> dict[str, Any]:
    """Fields of `Posting` from a record of named slots, of a classic list or of a detail page."""

    def said(*names: str) -> list[str]:
        return list(dict.fromkeys(text for name in names if (text := plain(record.get(name)))))

    places = said("primarylocation", "otherlocations") or said("basiclocations")
    closing = said("unpostingdate", "closedate")
    pay = " - ".join(said("payvalue", "maximumsalary"))
    return {
        "title": plain(record.get("title")),
        "requisition_id": plain(record.get("contestnumber")) or None,
        "unit": plain(record.get("organization")) or None,
        "raw_location": list(dict.fromkeys(place for text in places for place in _split(text))),
        "raw_employment_type": ", ".join(said("jobschedule", "jobtype", "employeestatus")) or None,
        "raw_date_posted": plain(record.get("postingdate")) or None,
        "raw_valid_through": closing[0] if closing else None,
        "raw_salary": " ".join([pay, *said("currency", "payfrequencybasis")]) if pay else None,
    }


def by_content(values: list[str]) -> dict[str, Any]:
    """What can be told without the names of the slots, whose order is the tenant's."""
    texts = list(dict.fromkeys(plain(value) for value in values if not is_html(value)))
    found = next(filter(None, map(_SUBMISSION.match, texts)), None)
    return {
        "title": found[1].strip() if found else None,
        "requisition_id": found[2].strip() if found else None,
        "description_html": html([value for value in values if is_html(value)]),
        **dates([("", text) for text in texts]),
    }


def dates(cells: list[tuple[str, str]]) -> dict[str, str]:
    """The dates among labelled cells; without labels the first is taken for the day of posting."""
    found = [(label, cell) for label, cell in cells if _DATE.match(cell)]
    closing = [cell for label, cell in found if _CLOSING.search(label)]
    posted = [cell for label, cell in found if _POSTING.search(label)]
    if not any(label for label, _ in found):
        closing = posted[1:2]
    named = {"raw_date_posted": posted[:1], "raw_valid_through": closing[:1]}
    return {name: cell for name, cells in named.items() for cell in cells}


def texts(record: Mapping[str, str]) -> str:
    """The texts of a detail page as HTML, in its order: the marked ones, and the two that may be plain."""
    named = {"description", "qualification"}
    return html([value for name, value in record.items() if is_html(value) or name in named])


def html(values: list[str]) -> str:
    """Encoded values, some of them HTML, one after another; each occurs twice (for printing)."""
    parts = [decode(v) if is_html(v) else escape(decode(v)) for v in values if v]
    return "\n".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def cell_places(cell: str) -> list[str]:
    """The places of a location cell: a JSON array as text, or plain text."""
    quoted = js_array(cell, r"\A\s*")
    places = [cell] if quoted is None else quoted
    return [text for place in places if (text := line(place))]


def _sections(stream: str) -> list[list[str]]:
    return [part.split("!|!") for part in re.split(r"!\$!|!%24!", stream)]


def _split(places: str) -> list[str]:
    """Several places in one value: "US-TX-Dallas, US-TX-Austin", but not "Washington, DC"."""
    parts = places.split(", ")
    return parts if all("-" in part for part in parts) else [places]


def _js_character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _JS_LETTERS.get(found[3], found[3])


def _character(found: re.Match[str]) -> str:
    """escape() writes UTF-16 units, or Latin-1 bytes; a server may have written UTF-8."""
    run = found[0].lower()
    if run[1] == "u":
        return bytes.fromhex(run.replace("%u", "")).decode("utf-16-be", "replace")
    code = bytes.fromhex(run.replace("%", ""))
    try:
        return code.decode()
    except UnicodeDecodeError:
        return code.decode("latin-1")
