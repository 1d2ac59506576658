"""Write the Solr configset: CKAN's own schema plus Japanese, and the texts it reads. Needs no running Solr."""

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from . import eras

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
GENERATED = HERE / "lang"
HIRAGANA = range(ord("ぁ"), ord("ゖ") + 1)
TO_KATAKANA = ord("ァ") - ord("ぁ")


def write(directory: Path) -> None:
    """Write schema.xml, solrconfig.xml and lang/ into `directory`, for a core or `solr zk upconfig`."""
    lang = directory / "lang"
    lang.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "solrconfig.xml", directory / "solrconfig.xml")
    schema(stock_schema()).write(directory / "schema.xml", encoding="utf-8", xml_declaration=True)
    for source in (TEXTS / "userdict.txt", TEXTS / "querystop.txt", *sorted(GENERATED.glob("synonyms_*.txt"))):
        shutil.copyfile(source, lang / source.name)
    for name, rules in mappings().items():
        lines = (f'"{old}" => "{new}"\n' for old, new in rules)
        (lang / f"mapping-{name}.txt").write_text("".join(lines), encoding="utf-8")


def stock_schema() -> Path:
    """The schema of the installed CKAN, found without importing CKAN."""
    spec = find_spec("ckan")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("CKAN is not installed here: its Solr schema is the ground of ours")
    return Path(spec.submodule_search_locations[0]) / "config" / "solr" / "schema.xml"


def schema(stock: Path) -> "ET.ElementTree[ET.Element]":
    """CKAN's schema with our types, fields and copies; every entry of CKAN's stays."""
    tree = ET.parse(stock, ET.XMLParser(target=ET.TreeBuilder(insert_comments=True)))  # noqa: S314 (a file of CKAN's package)
    ours = ET.parse(HERE / "japanese.xml").getroot()  # noqa: S314 (our own file)
    root = tree.getroot()
    for kind in ("types", "fields"):
        _merge(_child(root, kind), _child(ours, kind))
    root.extend(_copy_fields(_child(ours, "copyFields")))
    ET.indent(tree, "  ")
    return tree


def mappings() -> dict[str, Iterable[tuple[str, str]]]:
    """The rules of each mapping char filter by the filter's name."""
    return {
        "variants": [*characters(), *((words[0], words[-1]) for words in _rows("spellings.txt"))],
        "katakana": [(chr(code), chr(code + TO_KATAKANA)) for code in HIRAGANA],
        "years": eras.rules((TEXTS / "eras.txt").read_text(encoding="utf-8")),
    }


def characters() -> Iterator[tuple[str, str]]:
    """Pairs of a variant character and the current one."""
    return ((pair[0], pair[1]) for row in _rows("characters.txt") for pair in row)


@cache
def field_names() -> frozenset[str]:
    """The names of all fields, those of dynamic fields apart."""
    return frozenset(field.attrib["name"] for field in schema(stock_schema()).iterfind("fields/field"))


@cache
def query_stop_words() -> frozenset[str]:
    """Words that say no more than "a dataset"."""
    return frozenset(word for row in _rows("querystop.txt") for word in row)


def vocabulary() -> Iterator[tuple[str, str]]:
    """Words that a misspelt one may mean, each with its reading in katakana (none for Latin letters)."""
    lines = (GENERATED / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    for word, _, reading in (line.partition("\t") for line in lines if not line.startswith("#")):
        yield word, reading
    for surface, _, reading, _ in (row.split(",") for row in _lines("userdict.txt")):
        yield surface, reading.replace(" ", "")


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split() for line in _lines(name))


def _lines(name: str) -> Iterator[str]:
    for line in (TEXTS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _child(element: ET.Element, tag: str) -> ET.Element:
    child = element.find(tag)
    if child is None:
        raise ValueError(f"no <{tag}> in <{element.tag}>: this CKAN's Solr schema has another form")
    return child


def _merge(stock: ET.Element, ours: ET.Element) -> None:
    """Put our entries in the place of those of the same name, and new ones at the end."""
    places = {entry.get("name"): place for place, entry in enumerate(stock) if isinstance(entry.tag, str)}
    for entry in ours:
        place = places.get(entry.get("name"))
        if place is None:
            stock.append(entry)
        else:
            stock[place] = entry


def _copy_fields(ours: ET.Element) -> Iterator[ET.Element]:
    for copy in ours:
        for source in copy.get("from", "").split():
            for target in copy.get("to", "").split():
                yield ET.Element("copyField", {"source": source, "dest": target})
