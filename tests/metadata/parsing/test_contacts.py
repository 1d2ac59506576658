import pytest
from ckanext.orden.metadata.parsing.contacts import contact_line, contact_of


@pytest.mark.parametrize(
    ("line", "contact"),
    [
        ("環境課 美化推進係 kankyo@city.example.jp", {"name": "環境課 美化推進係", "email": "kankyo@city.example.jp"}),
        ("環境課（kankyo@city.example.jp）", {"name": "環境課", "email": "kankyo@city.example.jp"}),
        ("kankyo@city.example.jp、環境課", {"name": "環境課", "email": "kankyo@city.example.jp"}),
        ("ｋａｎｋｙｏ＠city.example.jp", {"email": "kankyo@city.example.jp"}),
        ("Parks Office <mailto:parks@example.jp>", {"name": "Parks Office", "email": "parks@example.jp"}),
        ("広報課 https://www.example.jp/form?id=1", {"name": "広報課", "url": "https://www.example.jp/form?id=1"}),
        ("公園課 koen@", {"name": "公園課", "email": "koen@"}),
        ("危機管理課 06-1234-5678", {"name": "危機管理課 06-1234-5678"}),
        ("危機管理課　防災係", {"name": "危機管理課　防災係"}),
        (
            "広報 a@example.jp https://example.jp/",
            {"name": "広報", "email": "a@example.jp", "url": "https://example.jp/"},
        ),
        ("", {}),
        (None, {}),
    ],
)
def test_one_line_is_read_as_name_address_and_page(line: object, contact: dict[str, str]):
    assert contact_of(line) == contact


@pytest.mark.parametrize(
    "contact",
    [
        {"name": "環境課 美化推進係", "email": "kankyo@example.jp", "url": "https://example.jp/form"},
        {"name": "環境課"},
        {},
    ],
)
def test_a_contact_comes_back_from_its_line(contact: dict[str, str]):
    assert contact_of(contact_line(contact)) == contact
