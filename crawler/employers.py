"""Names of employers, for comparison. Pure."""

from __future__ import annotations

import re
import unicodedata

# Letters that are no other letter with a mark, and apostrophes, which join.
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "'": "", "’": ""})
_LEGAL_FORMS = re.compile(r"\b(?:inc|ltd|llc|plc|gmbh|corp|corporation|company|co)\b")
# Forms that are words elsewhere count at the end only, one after another ("Pty Ltd", "AG & Co KG").
_LEGAL_END = re.compile(
    r"(?:\s(?:and|ab|ag|aps|as|asa|bv|ev|incorporated|kg|kgaa|limited|llp|lp|mbh|nv|oy|oyj|pbc|pte"
    r"|pty|sa|sarl|sas|se|spa|srl))+$"
)
# Words that one writer leaves out and another exchanges ("University at/of Buffalo").
_FILLERS = re.compile(r"\b(?:the|of|at)\b")
_SPELLINGS = {
    "centre": "center", "dept": "department", "inst": "institute", "intl": "international",
    "lab": "laboratory", "laboratories": "laboratory", "labs": "laboratory", "natl": "national",
    "saint": "st", "tech": "technology", "univ": "university",
}  # fmt: skip
_SPELLED = re.compile(rf"\b(?:{'|'.join(_SPELLINGS)})\b")


def employer_key(name: str | None) -> str:
    """An employer's name for comparison; equal keys are one employer, as far as names tell.

    No case, accents, punctuation, brackets, legal form; one spelling of what has several
    ("Univ.", "Laboratories", "Centre"). What remains keeps its order: York University is not the
    University of York.
    """
    words = re.sub(r"[^\w\s]", " ", plain_name(name or "").replace(".", ""))
    words = _SPELLED.sub(lambda word: _SPELLINGS[word[0]], _LEGAL_FORMS.sub(" ", words))
    key = " ".join(_FILLERS.sub(" ", words).split())
    return _LEGAL_END.sub("", key) or key


def plain_name(name: str) -> str:
    """Lower case without accents, apostrophes and bracketed remarks, as far as letters allow."""
    said = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)", " ", name).casefold())
    said = "".join(c for c in said if not unicodedata.combining(c)).translate(LETTERS)
    return said.replace("&", " and ").strip()
