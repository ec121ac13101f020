"""Language: which one a text is written in, as ISO 639-1.

Told from the text where there is enough of it: sites often state the language of their frame. The
model is py3langid's (Lui and Baldwin 2012, langid.py), kept to the languages of the catalogue.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Languages in which the catalogue's employers advertise, and their neighbours; a model that may
# answer any of its 150 takes lists of software for one of the smallest.
LANGUAGES = (
    "ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "gl",
    "he", "hr", "hu", "is", "it", "ja", "ko", "lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro",
    "ru", "sk", "sl", "sr", "sv", "tr", "uk", "zh",
)  # fmt: skip
NORWEGIAN = {"nb": "no", "nn": "no"}
READ = 800  # characters, from the middle of a text: its start and end are names and addresses
LEAST = 80  # letters; less is a title, and told wrong too often
_CODE = re.compile(r"[a-z]{2}(?=[-_]|$)")


def language(text: str | None, said: str | None = None) -> str | None:
    """The language of `text`, else the one a site said ("en-US", "de_DE"), else None."""
    stated = _CODE.match((said or "").strip().lower())
    text = text or ""
    start = max(0, (len(text) - READ) // 2)
    part = text[start : start + READ]
    if sum(letter.isalpha() for letter in part) < LEAST:
        return stated[0] if stated else None
    code: str = _identifier().classify(part)[0]
    return NORWEGIAN.get(code, code)


@cache
def _identifier() -> Any:
    """The model, read once a process (0.1 s) and only when a text is asked about."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in LANGUAGES if code in identifier.labels])
    return identifier
