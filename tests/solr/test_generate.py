"""The generated synonym files belong to their source, and a running core reads them as they were meant."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden.solr import build, generate


def test_a_group_makes_each_word_find_the_others() -> None:
    spelt = {"ごみ": "ごみ", "廃棄物": "廃棄 物"}
    assert (
        generate.synonyms("ごみ|0.8, 廃棄物 # waste\n", spelt)
        == "ごみ => ごみ, 廃棄|0.5 物|0.5\n廃棄 物 => 廃棄 物, ごみ|0.8\n"
    )


def test_an_arrow_goes_one_way() -> None:
    assert generate.synonyms("shelter => 避難所|0.9", {"shelter": "shelter", "避難所": "避難 所"}) == (
        "shelter => shelter, 避難|0.9 所|0.9\n"
    )


def test_a_particle_is_typed_and_not_looked_for() -> None:
    spelt, kept = {"ごみの日": "ごみ の 日", "収集日": "収集 日"}, {"ごみの日": "ごみ 日", "収集日": "収集 日"}
    assert generate.synonyms("収集日, ごみの日", spelt, kept) == (
        "ごみ の 日 => ごみ 日, 収集|0.5 日|0.5\n収集 日 => 収集 日, ごみ|0.5 日|0.5\n"
    )


def test_a_word_has_room_for_its_nearest_only() -> None:
    far = ", ".join(f"語{number}|0.3" for number in range(20))
    spelt = {term: term for term in ["町", "市", *(f"語{number}" for number in range(20))]}
    rule = generate.synonyms(f"町 => {far}, 市|0.9", spelt)
    assert rule.startswith("町 => 町, 市|0.9, 語0|0.3")
    assert rule.count("|") == generate.MOST_TOKENS


def test_a_short_reading_does_not_stand_for_its_homophones() -> None:
    lines = (build.GENERATED / "synonyms_yomi.txt").read_text(encoding="utf-8").splitlines()
    # 公園 and 公演 are both コウエン.
    assert not [line for line in lines if " コウエン|" in line]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("学童", "放課後児童クラブ"),
        ("特養", "特別養護老人ホーム"),
        ("国保", "国民健康保険"),
        ("捨てたい", "分別"),
        ("어린이집", "保育園"),
        ("쓰레기", "ごみ"),
        ("대피소", "避難所"),
        ("垃圾分類", "分別"),
        ("nursing homes", "老人ホーム"),
        ("布施市", "東大阪"),
    ],
)
@pytest.mark.usefixtures("ckan_config")
def test_a_visitors_word_means_what_offices_call_it(typed: str, meant: str) -> None:
    core = generate.Core(tk.config["solr_url"])
    rules = (build.GENERATED / "synonyms_ja.txt").read_text(encoding="utf-8").splitlines()
    key = f"{core.tokens(typed)} => "
    [rule] = [rule for rule in rules if rule.startswith(key)]
    without_weights = " ".join(token.partition("|")[0] for token in rule.replace(",", " ,").split())
    assert core.indexed(meant) in without_weights.split(" , ")


@pytest.mark.parametrize(("typed", "other"), [("幼稚園", "保育園"), ("豊中", "吹田"), ("市", "町"), ("施設", "学校")])
@pytest.mark.usefixtures("ckan_config")
def test_what_people_hold_apart_stays_apart(typed: str, other: str) -> None:
    core = generate.Core(tk.config["solr_url"])
    rules = (build.GENERATED / "synonyms_ja.txt").read_text(encoding="utf-8").splitlines()
    key, meant = f"{core.tokens(typed)} => ", core.indexed(other)
    assert not [rule for rule in rules if rule.startswith(key) and meant in rule]


def test_a_word_without_a_form_makes_no_rule() -> None:
    assert generate.synonyms("park, 公園", {"park": "", "公園": "コウエン"}) == ""


@pytest.mark.usefixtures("ckan_config")
def test_the_committed_files_are_those_the_core_gives() -> None:
    files = generate.files(generate.Core(tk.config["solr_url"]))
    assert files == {path.name: path.read_text(encoding="utf-8") for path in build.GENERATED.iterdir()}
