"""The language of a description."""

from __future__ import annotations

import pytest

from pipelines.language import language

TEXTS = {
    "en": "You will lead a small team of engineers and advise researchers who move their programs "
    "from workstations to the cluster of the university.",
    "de": "Sie leiten ein kleines Team und beraten Forschende, die ihre Programme vom Arbeitsplatz "
    "auf den Rechencluster der Universität bringen wollen.",
    "fr": "Vous dirigez une petite équipe et conseillez les chercheurs qui veulent porter leurs "
    "programmes sur le calculateur de l'université.",
    "nl": "Je leidt een klein team en adviseert onderzoekers die hun programma's op de "
    "rekencluster van de universiteit willen laten draaien.",
    "sv": "Du leder en liten grupp och ger råd till forskare som vill flytta sina program till "
    "universitetets beräkningskluster.",
    "ja": "あなたは小さなチームを率い、研究者が大学の計算機クラスタへプログラムを移す際に"
    "助言を行います。"
    "また、毎日の運用と利用者への教育、新しい設備の計画も担当します。研究室と協力して働いてください。お待ちしています。",
    "ar": "سوف تقود فريقًا صغيرًا من المهندسين وتقدم المشورة للباحثين الذين ينقلون "
    "برامجهم إلى الحاسوب العنقودي في الجامعة كل يوم.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_the_text_tells(code: str) -> None:
    assert language(TEXTS[code]) == code
    assert language(TEXTS[code], "en-US") == code, "sites state the language of their frame"


@pytest.mark.parametrize(
    ("said", "code"),
    [("en-US", "en"), ("de_DE", "de"), ("FR", "fr"), ("English", None), ("", None), (None, None)],
)
def test_a_short_text_leaves_it_to_the_site(said: str | None, code: str | None) -> None:
    assert language("HPC Engineer (m/w/d)", said) == code
    assert language(None, said) == code
