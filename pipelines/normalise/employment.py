"""Text -> schema.org's employment types, the contract's end, the hours. Pure.

https://schema.org/employmentType as Google narrows it down: a closed vocabulary. It has no word for
a permanent contract, so that is kept apart (`parse_contract`), and none for hours (`parse_hours`).
What says nothing of these (Casual, Postdoc, Mid-Career) is left to the raw text.
"""

from __future__ import annotations

import re

from crawler.posting import Contract

_LIMITED = (
    r"fixed[\s_-]*term|limited[\s_-]*term|term[\s_-]*limited|limited[\s_-]*duration|time[\s_-]*"
    r"limited|temporary|temp|seasonal|locum|secondment|short[\s_-]*term|"
    r"(?<!long[\s_-])(?<!mid[\s_-])term(?![\s_-]*(?:time|dates?))|"
    r"\d+[\s-]*(?:months?|years?)[\s-]*(?:fixed|contract|term)|"
    r"befristete?[rs]?|cdd|dur[ée]e d[ée]termin[ée]e|temporaire|temporal|tempor[áa]rio|temporanea?|"
    r"(?:tempo |a )?determinato|duraci[óo]n determinada|prazo determinado|termo certo|a termo|"
    r"tijdelijke?|(?<!on)bepaalde tijd|visstid\w*|tidsbegr[äæ]ns\w*|tidsbegränsad|vikariat|"
    r"midlertidig\w*|vikar\w*|m[äa][äa]r[äa]aikai\w*|na czas określony"
)
_PERMANENT = (
    r"permanent|tenured|regular(?!\s*(?:hours|work|shift|business))|indefinite(?:ly)?|open[\s_-]*ended|ongoing|on-going|continuing|"
    r"unlimited|unbefristete?[rs]?|nicht befristet|festanstellung|cdi|"
    r"dur[ée]e ind[ée]termin[ée]e|indefinid[oa]|fij[oa]|indeterminato|sem termo|efetivo|"
    r"vaste?(?: (?:baan|dienst|aanstelling|contract))?|onbepaalde tijd|tillsvidare\w*|"
    r"fast(?![\s-]*paced)|fastansat|fastansættelse|fastansettelse|vakituinen|vakinainen|"
    r"toistaiseksi|na czas nieokreślony"
)
# In the order in which they are written. Several languages, whole words.
WORDS: dict[str, str] = {
    "FULL_TIME": (
        r"full[\s_-]*time|\Afull\Z|vollzeit\w*|temps (?:plein|complet)|"
        r"(?:tiempo|jornada) complet[ao]|voltijds?|fulltid|heltids?\w*|fuldtid\w*|"
        r"tempo pieno|(?:tempo|período) integral|kokoaika\w*|"
        r"kokop[äa]iv[äa]\w*|t[äa]ysiaika\w*|pełny etat"
    ),
    "PART_TIME": (
        r"part[\s_-]*time|half[\s_-]*time|\Apart\Z|teilzeit\w*|halbtags|temps partiel|mi-temps|"
        r"(?:tiempo|jornada) parcial|media jornada|deeltijds?|deltids?\w*|tempo parziale|"
        r"tempo parcial|osa-aika\w*|niepełny etat"
    ),
    "CONTRACTOR": (
        r"contractor|contractual|contract|freelance[rs]?|freiberuflich\w*|consultancy|zzp|"
        r"ind[ée]pendante?"
    ),
    "TEMPORARY": _LIMITED,
    "INTERN": (
        r"interns?|internships?|co-?op|prakti[ck]um|praktikant\w*|praktik|werkstudent\w*|"
        r"working[\s_-]student|(?<!early[\s_-])stage|stagiaire|alternance|pr[áa]cticas|pasant[íi]a|"
        r"becari[oa]|tirocinio|est[áa]gio|harjoittelu\w*|harjoittelija"
    ),
    "VOLUNTEER": r"volunteer(?:ing)?|voluntary|ehrenamt\w*|b[ée]n[ée]vol\w*|voluntari[oa](?:do)?",
    "PER_DIEM": r"per[\s_-]*diem|prn",
    "OTHER": r"other",
}


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE)


_PATTERNS = {word: _whole(pattern) for word, pattern in WORDS.items()}
_ENDS, _STAYS = _whole(_LIMITED), _whole(_PERMANENT)
# "Fixed-Term/Contract", "Temporary contract", "12-month contract": no contractor's contract.
_NO_CONTRACTOR = re.compile(
    rf"((?:{_LIMITED}|{_PERMANENT}|employment|work|training|apprenticeship|hours?)[\s/_-]*)"
    r"contract(?:ual)?\b|\bcontract(?=\s*(?:type|of employment|length|duration|:))|"
    r"(\d+[\s-]*(?:months?|years?)[\s-]*)contract\b",
    re.IGNORECASE,
)
_TO_STAY = re.compile(
    r"(?:temp(?:orary)?|contract|fixed[\s_-]*term)[\s_-]*(?:to|or|/)[\s_-]*(?:perm(?:anent)?|hire)",
    re.IGNORECASE,
)


def parse_employment(text: str | None) -> str | None:
    """The types a text names, comma-separated in schema.org's order, or None."""
    if not text:
        return None
    told = _NO_CONTRACTOR.sub(
        lambda found: found[1] or (f"{found[2]}fixed-term" if found[2] else ""), text
    )
    found = [word for word, pattern in _PATTERNS.items() if pattern.search(told)]
    if found == ["OTHER"] and told.strip().lower() != "other":
        return None  # "Other academic staff" is no type
    return ", ".join(word for word in found if word != "OTHER" or len(found) == 1) or None


def parse_contract(text: str | None) -> Contract | None:
    """Whether the contract a text names has an end; None when it says neither or both."""
    if not text or _TO_STAY.search(text):
        return None
    ends, stays = _ENDS.search(_STAYS.sub(" ", text)), _STAYS.search(text)
    if bool(ends) == bool(stays):
        return None
    return "fixed_term" if ends else "permanent"


# --- hours ---------------------------------------------------------------------------------------

_NUMBER = r"(?<![\d.,/-])(?P<{name}>\d{{1,3}}(?:[.,]\d{{1,3}})?)"
_HOUR = r"(?:hours?|hrs?|h|stunden|std|uur|uren|timmar|timer|heures|ore|horas|tuntia|t)\.?"
_WEEK = (
    r"(?:weekly|weeks?|wk|w|woche|wöchentlich|vecka|veckan|uke|uken|uge|ugen|semaine|settimana|"
    r"semana|viikossa|viikko)"
)
_WEEKLY = re.compile(
    _NUMBER.format(name="hours")
    + rf"\s*-?\s*(?:{_HOUR}[\s,-]*(?:per|/|an?|pro|par|each|in der|i|por|alla|pr\.?|p\.?)?\s*"
    rf"(?:working\s+)?{_WEEK}\b|hpw\b)"
    r"|\b(?:hours|hrs)(?: of work)? (?:per|a|/) week\s*[:=]?\s*"
    + _NUMBER.format(name="labelled").replace("(?<![\\d.,/-])", ""),
    re.IGNORECASE,
)
_HOURS_ALONE = re.compile(
    _NUMBER.format(name="hours") + r"\s*(?:hours?|hrs?)\b(?!\s*(?:/|per|a|each)?\s*[a-z])", re.I
)
_SHARE = re.compile(
    r"(?<![\d.,-])(?P<share>[01][.,]\d{1,3}|\.\d{1,3}|1)\s*(?:FTE|full[\s-]time equivalent)\b"
    r"|\b(?:FTE|full[\s-]time equivalent)\s*(?:of|:|=|\()?\s*(?P<after>[01][.,]\d{1,3}|1\b)"
    r"|\((?P<bare>0[.,]\d{1,3})\)"
    r"|(?<![\d.,-])(?P<percent>\d{2,3})\s*%(?!\s*(?:[-–]|to|bis|à)\s*\d)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*%?\s*(?:[-–]|to|bis|à)\s*\d+(?:[.,]\d+)?\s*(?:%|h|FTE|std|uur)", re.I)
WEEK = (2, 60)  # hours that somebody works in a week


def parse_hours(text: str | None, *, about_hours: bool = True) -> float | None:
    """Hours a week, or the share of a full post as 1 or less, whichever a text states.

    37.5 is hours a week, 0.6 is six tenths of a full post. A choice ("80-100 %") is None.
    `about_hours` False: the text is about something else (pay, a title), so that a bare percentage
    or a number of hours without its week says nothing.
    """
    if not text or _RANGE.search(text):
        return None
    weekly = _WEEKLY.search(text)
    if weekly is None and about_hours:
        weekly = _HOURS_ALONE.search(text)
    if weekly is not None:
        said = weekly["hours"] or weekly.groupdict().get("labelled") or ""
        hours = float(said.replace(",", "."))
        return hours if WEEK[0] <= hours <= WEEK[1] else None
    for found in _SHARE.finditer(text):
        if found["percent"]:
            share = float(found["percent"]) / 100
            if not about_hours and not re.match(r"\s*FTE", text[found.end() :], re.IGNORECASE):
                continue
        else:
            said = found["share"] or found["after"] or found["bare"]
            share = float(said.replace(",", "."))
        if 0.05 <= share <= 1:
            return share
    return None
