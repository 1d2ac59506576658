"""Which listed file is which stored one."""

from __future__ import annotations

from ckanext.orden.metadata.mapping.pairs import pair

SITE = "https://odpo.example.jp"


def file(url: str, **values: str) -> dict[str, str]:
    return {"url": url, **values}


def found(wanted: list[dict[str, str]], existing: list[dict[str, str]], *, by_name: bool = True) -> list[str | None]:
    return [old["id"] if old else None for _, old in pair(wanted, existing, SITE, by_name=by_name)]


def test_address_decides_before_id_and_name():
    existing = [
        file("https://a.jp/1", id="one", name="名", format="CSV", orden_file_id="1"),
        file("https://a.jp/2", id="two", name="名", format="CSV", orden_file_id="2"),
    ]
    wanted = [file("https://a.jp/2", name="名", format="CSV", orden_file_id="1"), file("https://a.jp/1")]
    assert found(wanted, existing) == ["two", "one"]


def test_new_address_is_found_by_the_providers_id_and_then_by_name_and_format():
    existing = [
        file("https://a.jp/1", id="one", name="甲", format="CSV", orden_file_id="1"),
        file("https://a.jp/2", id="two", name="乙", format="CSV"),
    ]
    wanted = [file("https://b.jp/2", name="乙", format="CSV"), file("https://b.jp/1", orden_file_id="1")]
    assert found(wanted, existing) == ["two", "one"]
    assert found(wanted, existing, by_name=False) == [None, None]


def test_files_without_names_and_ids_are_not_taken_for_each_other():
    assert found([file("https://b.jp/1")], [file("https://a.jp/1", id="one")]) == [None]


def test_uploaded_file_is_known_by_its_address_only():
    upload = file(f"{SITE}/dataset/a/download/1.csv", id="up", name="名", format="CSV", url_type="upload")
    assert found([file("https://a.jp/1.csv", name="名", format="CSV")], [upload]) == [None]
    assert found([file("site:/dataset/a/download/1.csv")], [upload]) == ["up"]


def test_same_address_twice_is_paired_in_order():
    existing = [file("https://a.jp/1", id="one"), file("https://a.jp/1", id="two")]
    assert found([file("https://a.jp/1")] * 3, existing) == ["one", "two", None]
