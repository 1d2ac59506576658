"""Vectors of meaning: what they are made of, and that they are made once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from ckanext.orden.model import OrdenMeaning
from ckanext.orden.search import encoders, meaning
from ckanext.orden.search.encoders import Vectors

pytestmark = [pytest.mark.ckan_config("ckan.plugins", "orden"), pytest.mark.usefixtures("with_plugins", "clean_db")]
SHELTERS = {"title": "指定避難所一覧", "tags": ["防災"], "notes": "災害時に開設する。", "organization_title": "豊中市"}


class Counting:
    """An encoder that tells how often it was asked."""

    nearest, answers, convinces, related, same = 0.2, 0.34, 0.45, 0.5, 0.9

    def __init__(self, name: str = "counting-1") -> None:
        self.name = name
        self.asked: list[Sequence[str]] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked.append(texts)
        return np.eye(len(texts), 512, dtype=np.float32)


def test_it_says_what_the_dataset_is_and_what_is_said_of_it() -> None:
    assert meaning.texts(SHELTERS) == ("指定避難所一覧 防災", "豊中市 指定避難所一覧。防災。災害時に開設する。")


def test_only_the_beginning_of_a_long_description_counts() -> None:
    long = {**SHELTERS, "notes": "あ" * 5000}
    assert meaning.texts(long) == meaning.texts({**long, "notes": "あ" * 6000})


def test_full_width_letters_are_letters() -> None:
    assert meaning.texts({"title": "ＡＥＤ設置場所"}) == meaning.texts({"title": "AED設置場所"})


def test_the_same_texts_are_encoded_once() -> None:
    counting = Counting()
    first = meaning.of_dataset(counting, SHELTERS)
    assert meaning.of_dataset(counting, {**SHELTERS, "metadata_modified": "2026-11-30"}) == first
    assert len(counting.asked) == 1
    meaning.of_dataset(counting, {**SHELTERS, "title": "避難所"})
    assert len(counting.asked) == 2


def test_many_are_made_together_and_equal_those_made_alone() -> None:
    encoder = encoders.encoder()
    assert encoder
    datasets = [SHELTERS, {"title": "公園一覧"}, {**SHELTERS, "title": "AED設置箇所"}, SHELTERS]
    together = meaning.of_datasets(encoder, datasets)
    alone = [meaning.of_dataset(encoder, dataset) for dataset in datasets]
    assert np.allclose(together, alone, atol=1)
    counting = Counting()
    assert len(meaning.of_datasets(counting, datasets)) == 4
    assert [len(texts) for texts in counting.asked] == [6]
    assert meaning.of_datasets(counting, []) == []


def test_many_take_what_is_kept() -> None:
    counting = Counting()
    kept = meaning.of_dataset(counting, SHELTERS)
    assert meaning.of_datasets(counting, [SHELTERS]) == [kept]
    assert len(counting.asked) == 1


def test_another_encoder_makes_its_own() -> None:
    first, second = Counting("one-1"), Counting("one-2")
    meaning.of_dataset(first, SHELTERS)
    meaning.of_dataset(second, SHELTERS)
    assert len(second.asked) == 1


def test_what_was_kept_may_be_lost(clean_db: None) -> None:
    counting = Counting()
    kept = meaning.of_dataset(counting, SHELTERS)
    OrdenMeaning.clear()
    assert meaning.of_dataset(counting, SHELTERS) == kept


@pytest.mark.parametrize("words", ["避難所", "evacuation shelter", "대피소", "避难所", "🙂", " ", "a" * 5000])
def test_any_query_is_a_vector_of_bytes(words: str) -> None:
    encoder = encoders.encoder()
    assert encoder
    vector = meaning.of_query(encoder, words)
    assert (len(vector), min(vector) >= -128, max(vector) <= 127) == (512, True, True)
    assert np.linalg.norm(vector) == pytest.approx(meaning.SCALE, rel=0.01)


def test_bytes_keep_how_near_texts_are() -> None:
    encoder = encoders.encoder()
    assert encoder
    exact = encoder.encode(["地震のとき水をもらえる場所", "応急給水拠点一覧"])
    kept = np.array([meaning.of_query(encoder, text) for text in ("地震のとき水をもらえる場所", "応急給水拠点一覧")])
    near = kept[0] @ kept[1] / (np.linalg.norm(kept[0]) * np.linalg.norm(kept[1]))
    assert near == pytest.approx(float(exact[0] @ exact[1]), abs=0.003)


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("車いすで入れるトイレ", "多目的トイレ一覧", "農業委員会名簿"),
        ("kindergarten", "幼稚園一覧", "下水道台帳"),
        ("버스 시간표", "市バス時刻表", "食中毒発生状況"),
    ],
)
def test_things_that_mean_the_same_are_nearer(asked: str, near: str, far: str) -> None:
    encoder = encoders.encoder()
    assert encoder
    query, *titles = encoder.encode([asked, near, far])
    assert query @ titles[0] > query @ titles[1] + 0.2
