"""Labelled facts of a posting's page -> fields: tenants have many names for the same thing.

For platforms whose pages say `Closing Date: ...` under labels that each employer words for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# The first that matches a whole label decides. A review date is no deadline, and the number of a
# position (in the budget) not that of its posting.
LABELS = {
    "requisition_id": r"(?:job|posting|requisition|req|role|ref(?:erence)?|vacancy)\.? ?"
    r"(?:opening |posting |requisition |req )?(?:id|number|no\.?|#)",
    "raw_date_posted": r"(?:date )?posted(?: date| on| since)?|date opened"
    r"|(?:job |posting )?open(?:ing)? date|posting (?:open |begin |start )?date",
    "raw_valid_through": r"(?:job |posting )?clos(?:es|e date|ing date|ing)|final date|apply by"
    r"|posting (?:end|close) date|(?:application )?deadline(?: date)?|date closed",
    "raw_workplace": r"on-?site or remote|modes? of work|remote(?: work)?(?: eligib\w+)?"
    r"|work(?:place)? (?:arrangement|mode|modality|location type)",
    "raw_location": r"(?:(?:primary|job|work|position|posting) )?location(?:s|\(s\))?|campus|city"
    r"|location of (?:position|job)",
    "raw_employment_type": r"employment (?:type|status)|(?:job|position|appointment|worker) type"
    r"|full ?(?:time)?/part ?time|full[ -]or[ -]part[ -]time|regular/temporary",
    "unit": r"(?:hiring |home )?(?:department|dept\.?|division|unit|school|college)(?: name)?"
    r"|business (?:unit|area)",
    "raw_salary": r".*(?:salary|pay range|pay rate|hiring range|compensation|stipend).*",
}
LABEL, SHORT = 50, 200  # what is longer is a sentence with a colon, or an essay about pay


def fields_by_label(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Fields of `Posting`, as far as labels say what their values are; values stay as written."""
    found: dict[str, list[str]] = {}
    for label, value in pairs:
        text = " ".join(label.split()).rstrip(" :*").lower()
        if len(text) > LABEL or len(value) > SHORT:
            continue
        for name, pattern in LABELS.items():
            if re.fullmatch(pattern, text):
                if value and value not in found.get(name, ()):
                    found.setdefault(name, []).append(value)
                break
    fields: dict[str, Any] = {"raw_location": found.pop("raw_location", [])}
    for name, values in found.items():
        # A minimum and a maximum may stand apart, hours and duration too; of two dates the first
        # is the posting's.
        between = {"raw_salary": " - ", "raw_employment_type": ", "}.get(name)
        fields[name] = between.join(values) if between else values[0]
    return {name: value for name, value in fields.items() if value}
