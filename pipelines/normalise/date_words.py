"""The words that dates are written with, in the languages of the catalogue.

No month name of one of these languages is another month in another of them, so a name tells its
month whatever the site's language is.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

# In order of the year; English also in every abbreviation from three letters on.
MONTH_NAMES = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "at": "jänner feber maerz apr mai jun jul aug sept okt nov dez",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "fr-short": "janv févr mars avr mai juin juil août sept oct nov déc",
    "fr-plain": "janvier fevrier mars avril mai juin juillet aout "
    "septembre octobre novembre decembre",
    "es": "enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre",
    "es-short": "ene feb mar abr may jun jul ago sept oct nov dic",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto "
    "settembre ottobre novembre dicembre",
    "it-short": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "janeiro fevereiro março abril maio junho julho agosto "
    "setembro outubro novembro dezembro",
    "pt-short": "jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "nl-short": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "no-short": "jan feb mars apr mai juni juli aug sep okt nov des",
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu "
    "marraskuu joulukuu",
    "fi-of": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta "
    "elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
}  # fmt: skip
MONTHS = {
    name[:length]: number
    for language, names in MONTH_NAMES.items()
    for number, name in enumerate(names.split(), start=1)
    for length in (range(3, len(name) + 1) if language == "en" else (len(name),))
}

WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:lun|mar|mercre|jeu|vendre|same)di|"
    r"dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|luned[iì]|marted[iì]|"
    r"mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica|(?:maan|dins|woens|donder|vrij|zater|zon)"
    r"dag|(?:mån|man|tis|tirs|ons|tors|fre|lör|lør|sön|søn)dag(?:en)?|"
    r"(?:segunda|terça|quarta|quinta|sexta)-feira|(?:maanan|tiis|keskiviik|tors|perjan|lauan|"
    r"sunnun)(?:tai|ko|tina|taina))\b[.,]?(?:\s+(?:den|le|den\s)\b)?",
    re.IGNORECASE,
)
# What stands before the date: "Closing date: ", "Applications close ", "Posted on ".
LABEL = re.compile(
    r"(?:[^\d:]{2,40}:(?!\d)|(?:(?:the )?(?:applications?|vacancy|advert|job|date|position) )?"
    r"(?:is |was |must be (?:received|submitted) |are due )?"
    r"(?:posted|published|advertised|opened|open|placed|close[sd]?|closing|expires|ends|deadline|"
    r"until|due|apply|updated|reposted|bis|jusqu.au|hasta|tot|till|senest|publiée?|publicado|"
    r"pubblicato|veröffentlicht|ausgeschrieben)(?: date)?(?: (?:on|by|at|before|le|el|am|op|den|il|"
    r"em))?\s*:?)\s+",
    re.IGNORECASE,
)
# A label of another date than that of posting or closing.
ANOTHER_DATE = re.compile(r"\b(?:review|interviews?|starts?|starting|commenc|consider)", re.I)
ARTICLE = re.compile(r"^(?:den|le|el|il|am|the|op|uhr)\s+|\s+uhr$", re.IGNORECASE)
# Times that name no minute, or are told in another way than 23:59; the day is what counts.
LOOSE_TIME = re.compile(
    r"(?:\b(?:at|by|um|à|kl\.?|klo|om|alle|ore|until|before)\s+)?"
    r"(?<![\d.:/-])(?:\d{1,2}(?:[.:]\d{2})?\s*[ap]\.?m\b\.?|midnight|noon|midday|12 noon|"
    r"mitternacht|minuit|\d{1,2}(?:[.:]\d{2})?\s*uhr\b|\d{1,2}\s?h\s?\d{2}\b|"
    r"(?:(?<=kl )|(?<=kl\. )|(?<=klo ))\d{1,2}[.:]\d{2})(?:,?\s+on\b)?",
    re.IGNORECASE,
)
# Abbreviations that are several zones (IST, CST) or a rough one (PT): the day as it is written.
ABBREVIATED_ZONE = re.compile(
    r"\s*[(\[]?\b(?:[A-Z]{1,3}[SD]T|[ECMP]T|A[CEW][SD]?T|NZ[SD]?T|CES?T|EES?T|WES?T|BST|SAST|HKT|"
    r"SGT|(?:US[/ ])?(?:Eastern|Central|Mountain|Pacific)(?: (?:Standard|Daylight))?(?: Time)?"
    r"(?: \(US & Canada\))?|local time|Ortszeit)\b[)\]]?\s*$"
)


# --- told from today -----------------------------------------------------------------------------


class Told(NamedTuple):
    """A date told from today; `day` None when the text only bounds it, or is too coarse."""

    day: date | None


_DAYS = {  # stem of a unit -> days; None: too coarse for a day
    "min": 0, "hour": 0, "h": 0, "hr": 0, "stunde": 0, "heure": 0, "hora": 0, "ora": 0, "ore": 0,
    "uur": 0, "uren": 0, "tim": 0, "tunti": 0, "sec": 0, "sek": 0,
    "day": 1, "d": 1, "tag": 1, "jour": 1, "día": 1, "dia": 1, "giorn": 1, "dag": 1, "päiv": 1,
    "week": 7, "w": 7, "wk": 7, "woche": 7, "semaine": 7, "semana": 7, "settiman": 7, "vecka": 7,
    "vecko": 7, "uge": 7, "uke": 7, "viik": 7, "weken": 7,
    "mo": None, "y": None, "year": None, "yr": None, "jahr": None, "mois": None, "mes": None,
    "mês": None, "an": None,
    "år": None, "jaar": None, "maand": None, "mån": None, "kuuk": None, "vuos": None,
    "año": None, "ano": None,
}  # fmt: skip
_COUNT = r"(?P<count>\d+|an?|one|eine[mr]?|une?|una?|um|uma|een|ett?|en)"
_UNIT = r"(?P<unit>[a-zA-Zäöåêíñ.]+)"
_AGO = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_COUNT}(?P<more>\+?)\s*{_UNIT} (?:ago|fa|geleden|sedan|siden|sitten|atrás)\b",
        rf"\b(?:vor|il y a|hace|há) {_COUNT}(?P<more>\+?) {_UNIT}",
    )
)
_AHEAD = re.compile(
    rf"\b(?:in {_COUNT}(?P<more>\+?) (?P<unit>days?|weeks?|hours?)|"
    r"(?P<left>\d+) (?P<unit_left>days?|weeks?|hours?) (?:left|remaining|to go))\b",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    r"\d\s?\+|\+\s?\d|\b(?:mehr als|über|plus de|más de|meer dan|mer än|mere end|mer enn|più di|"
    r"oltre|mais de|yli|more than|over|at least)\b",
    re.IGNORECASE,
)
_NOW = {
    0: r"just posted|just now|today|heute|aujourd.hui|hoy|hoje|oggi|vandaag|idag|i dag|"
    r"tänään",
    -1: r"yesterday|gestern|hier|ayer|ontem|ieri|gisteren|igår|i går|eilen",
    1: r"tomorrow|morgen|demain|mañana|amanhã|domani|imorgon|i morgen|huomenna",
}
_SAID = (
    r"(?:posted|reposted|published|advertised|updated|closes|closing|ends|expires|due|offre|"
    r"publiée?|publicado|publicada|pubblicato|ausgeschrieben|veröffentlicht|geplaatst|publicerad|"
    r"lagt ud)"
)
_NAMED = {
    days: re.compile(rf"(?:{_SAID}:?\s+)*(?:{words})(?:\s+{_SAID})*[.!]?", re.IGNORECASE)
    for days, words in _NOW.items()
}
_WORDS_AT_MOST = 8


def told_from_today(text: str, today: date) -> Told | None:
    """The day that a text tells from today ("Posted 3 Days Ago"); None when it does not."""
    if re.search(r"\d{4}", text) or len(text.split()) > _WORDS_AT_MOST:
        return None
    for form, sign in ((_AGO[0], -1), (_AGO[1], -1), (_AHEAD, 1)):
        found = form.search(text)
        days = _days_of(found) if found else None
        if found is not None and days is not None:
            coarse = days < 0 or days > 400
            bound = _MORE_THAN.search(text) or found["more"]
            return Told(None if coarse or bound else today + timedelta(days=sign * days))
    if _MORE_THAN.search(text):
        # "vor mehr als 30 Tagen": a bound, whatever the words around it are.
        unit = re.search(rf"\d+\+?\s+{_UNIT}", text)
        return Told(None) if unit and _unit_days(unit["unit"]) is not _UNKNOWN else None
    for days, words in _NAMED.items():
        if words.fullmatch(text):
            return Told(today + timedelta(days=days))
    return None


_UNKNOWN = object()


def _unit_days(word: str) -> object:
    word = word.lower().rstrip(".")
    stems = sorted((stem for stem in _DAYS if _is_form(word, stem)), key=len)
    return _DAYS[stems[-1]] if stems else _UNKNOWN


def _is_form(word: str, stem: str) -> bool:
    return word == stem or (len(stem) >= 2 and word.startswith(stem) and len(word) <= len(stem) + 5)


def _days_of(found: re.Match[str]) -> int | None:
    """Days of "3 weeks"; -1 for units too coarse to name a day; None for no unit of time."""
    named = found.groupdict()
    unit = _unit_days(named.get("unit") or named.get("unit_left") or "")
    if unit is _UNKNOWN:
        return None
    count = named.get("count") or named.get("left") or "1"
    number = int(count) if count.isdigit() else 1
    return number * unit if isinstance(unit, int) else -1
