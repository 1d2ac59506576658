"""What the demo world is made of."""

from dataclasses import dataclass, field
from typing import Any

Spec = str | int | list[str | int]
"""What a column's cells hold: a list to choose from, `int LOW HIGH`, `dec LOW HIGH`, `date`, `month`, `time`."""


@dataclass(frozen=True)
class Kind:
    """A kind of data: how its datasets are worded and what its tables hold."""

    name: str
    titles: list[str]
    notes: list[str]
    tags: list[str]
    theme: str
    frequency: list[str]
    dept: str
    columns: list[str]
    formats: list[str]
    fields: dict[str, Spec] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    table: str = ""
    ngsi: str = ""
    access: str = "PUBLIC"
    personal: str = ""
    license: str = ""


@dataclass(frozen=True)
class Organization:
    """A body that publishes data; `code` is its 全国地方公共団体コード, empty for a company."""

    name: str
    title: str
    kind: str
    romaji: str
    code: str = ""
    kana: str = ""
    county: str = ""
    tier: str = ""
    latitude: float = 34.6937
    longitude: float = 135.5023
    about: str = ""

    @property
    def host(self) -> str:
        """A host name that can never exist."""
        return f"{self.romaji}.example.jp"

    @property
    def prefecture(self) -> str:
        """The prefecture's name."""
        return "奈良県" if self.code.startswith("29") else "大阪府"

    @property
    def phone(self) -> str:
        """A telephone number in an exchange that is never given out."""
        area = "06" if self.latitude > 34.6 else "072"
        return f"{area}-0000-{int(self.code or 9000) % 10000:04d}"


@dataclass(frozen=True)
class Resource:
    """A file of a dataset."""

    path: str
    title: str
    format: str
    media_type: str
    year: int
    modified: str
    encoding: str = "utf-8-sig"
    upload: bool = False

    @property
    def filename(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Dataset:
    """A dataset: `name` is its key in the whole demo, `terms` CADDE's trading keys."""

    source: str
    organization: Organization
    kind: Kind
    name: str
    title: str
    notes: str
    tags: list[str]
    frequency: str
    license: str
    issued: str
    modified: str
    year: int
    access: str = "PUBLIC"
    terms: dict[str, str] = field(default_factory=dict)
    resources: tuple[Resource, ...] = ()

    def record(self) -> dict[str, Any]:
        """What tests name a dataset by."""
        return {"name": self.name, "title": self.title, "kind": self.kind.name, "organization": self.organization.name}
