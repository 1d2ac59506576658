"""The whole demo world: 55 organisations, 578 datasets, 2,143 files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .content import companies, private_kinds
from .formats import FORMATS
from .model import Dataset, Kind, Organization, Resource
from .plan import EXPECTED, PREFECTURE, TOYONAKA, file_counts, kinds_of, public_bodies, source_of
from .seed import number, pick
from .terms import MODES, trading

PUBLIC_LICENCES = [
    *["CC-BY-4.0"] * 14,
    *["PDL-1.0"] * 4,
    "CC-BY-2.1-JP",
    "CC0-1.0",
    "GJSTU-2.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
]
LIVE = {"常時", "1時間ごと", "3時間毎", "半日毎", "毎日"}
"""How often data changes that is worth an API; a list of files has no place for one."""
UPLOADED = {"naniwa-mihon-mobility-probe-car-sample", "midosuji-people-lab-people-flow-free"}
"""Two datasets whose PDF the provider uploads instead of linking it."""


@dataclass(frozen=True)
class World:
    """Everything that the demo publishes."""

    organizations: tuple[Organization, ...]
    datasets: tuple[Dataset, ...]

    def of(self, source: str) -> list[Dataset]:
        """The datasets that one source carries."""
        return [dataset for dataset in self.datasets if dataset.source == source]

    def files(self) -> Iterator[tuple[Dataset, Resource]]:
        """Every file with its dataset."""
        for dataset in self.datasets:
            for resource in dataset.resources:
                yield dataset, resource


@lru_cache(maxsize=1)
def world() -> World:
    """The demo world, always the same."""
    bodies = list(public_bodies())
    bare = [_public(body, kind) for body in bodies for kind in kinds_of(body)] + list(_products())
    counts: dict[str, int] = {}
    for source, expected in EXPECTED["sources"].items():
        names = [dataset.name for dataset in bare if dataset.source == source]
        counts |= file_counts(names, expected["resources"])
    datasets = [replace(dataset, resources=_files(dataset, counts[dataset.name])) for dataset in bare]
    return World((*bodies, *companies().values()), tuple(datasets))


def _public(body: Organization, kind: Kind) -> Dataset:
    name = f"{body.name}_{kind.name}"
    return Dataset(
        source=source_of(body),
        organization=body,
        kind=kind,
        name=name,
        license=kind.license or pick(PUBLIC_LICENCES, name, "licence"),
        access=kind.access,
        terms=_stated(body, kind),
        **_words(body, kind, name),
    )


def _stated(body: Organization, kind: Kind) -> dict[str, str]:
    """Of the public bodies only the prefecture says which class of personal data its datasets hold."""
    if body.code != PREFECTURE:
        return {}
    return {"privacy_policy_contains_personal_data": kind.personal or "非個人情報"}


def _products() -> Iterator[Dataset]:
    for kind, given in private_kinds().values():
        for product, title, notes, frequency, mode, price, personal in given["products"]:
            owner = companies()[given["owner"]]
            name = f"{owner.name}-{kind.name}-{product}".replace("_", "-")
            worded = replace(
                kind, titles=[title], notes=[f"{notes}（デモ用の架空のデータです。）"], frequency=[frequency]
            )
            yield Dataset(
                source="companies",
                organization=owner,
                kind=worded,
                name=name,
                license=MODES[mode].license,
                access=MODES[mode].access,
                terms=trading(mode, price, personal, name),
                **_words(owner, worded, name),
            )


def _words(body: Organization, kind: Kind, name: str) -> dict:
    year = pick([2024, 2024, 2023], name, "year")
    filled = {"place": body.title, "nendo": f"令和{year - 2018}年度", "year": year}
    optional = [tag for tag in kind.tags[2:] if number(0, 3, name, tag) > 0]
    place = [body.title] if number(0, 1, name, "place tag") else []
    return {
        "title": pick(kind.titles, name, "title").format(**filled),
        "notes": pick(kind.notes, name, "notes").format(**filled),
        "tags": [*kind.tags[:2], *optional, *place],
        "frequency": pick(kind.frequency, name, "frequency"),
        "year": year,
        "issued": f"{number(2019, 2023, name, 'issued')}-04-{number(1, 28, name, 'issued day'):02d}",
        "modified": _modified(name),
    }


def _modified(name: str) -> str:
    month = number(0, 10, name, "modified")
    year, month = (2024, 4 + month) if month < 9 else (2025, month - 8)
    return f"{year}-{month:02d}-{number(1, 19, name, 'modified day'):02d}"


def _files(dataset: Dataset, count: int) -> tuple[Resource, ...]:
    live = dataset.frequency in LIVE and not dataset.source.endswith("-list")
    formats = [name for name in dataset.kind.formats if live or name != "NGSI"]
    past = "CSV" if "CSV" in formats else formats[0]
    wanted = [(name, dataset.year) for name in formats]
    wanted += [(past, dataset.year - back) for back in range(1, count + 1)]
    if dataset.name in UPLOADED:
        wanted.sort(key=lambda file: file != ("PDF", dataset.year))
    return tuple(_file(dataset, name, year) for name, year in wanted[:count])


def _file(dataset: Dataset, format_name: str, year: int) -> Resource:
    shape = FORMATS[format_name]
    label = f"令和{year - 2018}年度" if year > 2018 else f"平成{year - 1988}年度"
    past = "" if year == dataset.year else f"_{year}"
    back = dataset.year - year
    return Resource(
        path=f"{dataset.organization.name}/sample_{dataset.name}{past}.{shape.extension}",
        title=f"{dataset.title.split('（令和')[0]}_{label}（{shape.label}）",
        format=format_name,
        media_type=shape.media_type,
        year=year,
        modified=f"{int(dataset.modified[:4]) - back}{dataset.modified[4:]}",
        encoding=_encoding(dataset, past),
        upload=dataset.name in UPLOADED and format_name == "PDF",
    )


def _encoding(dataset: Dataset, past: str) -> str:
    old = bool(past) and (dataset.organization.code == TOYONAKA or number(0, 5, dataset.name, past) == 0)
    return "cp932" if old else "utf-8-sig"
