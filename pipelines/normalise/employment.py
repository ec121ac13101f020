"""Text -> schema.org's employment types. Pure.

https://schema.org/employmentType as Google narrows it down: a closed vocabulary. What says nothing
about it (Permanent, Casual, Continuing) is left to the raw text; nothing is guessed.
"""

from __future__ import annotations

import re

# In the order in which they are written. Several languages, whole words.
WORDS: dict[str, str] = {
    "FULL_TIME": r"full[\s_-]*time|vollzeit|temps plein|tiempo completo|voltijds?|heltid",
    "PART_TIME": r"part[\s_-]*time|teilzeit|temps partiel|tiempo parcial|deeltijds?|deltid",
    "CONTRACTOR": r"contractor|contractual|contract|freelance|consultancy",
    "TEMPORARY": (
        r"temporary|temp|fixed[\s_-]*term|limited[\s_-]*term|term[\s_-]*limited|befristet|"
        r"seasonal|locum|secondment"
    ),
    "INTERN": r"intern|internship|co-?op|praktikum|werkstudent",
    "VOLUNTEER": r"volunteer",
    "PER_DIEM": r"per[\s_-]*diem|prn",
    "OTHER": r"other",
}
_PATTERNS = {
    word: re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE)
    for word, pattern in WORDS.items()
}
# "Fixed-Term/Contract", "Fixed Term Contract", "Temporary contract", "Permanent contract": there
# the contract is no contractor's.
_NO_CONTRACTOR = re.compile(
    r"(?:fixed[\s_-]*term|limited[\s_-]*term|temporary|permanent|employment)[\s/]*contract(?:ual)?",
    re.IGNORECASE,
)


def parse_employment(text: str | None) -> str | None:
    """The types a text names, comma-separated in schema.org's order, or None."""
    if not text:
        return None
    told = _NO_CONTRACTOR.sub(lambda found: re.sub(r"(?i)contract\w*", "", found.group()), text)
    found = [word for word, pattern in _PATTERNS.items() if pattern.search(told)]
    if found == ["OTHER"] and told.strip().lower() != "other":
        return None  # "Other academic staff" is no type
    return ", ".join(word for word in found if word != "OTHER" or len(found) == 1) or None
