"""Any dataset that the schema can hold is written and read back, in all four syntaxes.

Hypothesis also tries the constants of all modules that are loaded: other examples in another order of the tests.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ckanext.dcat.processors import RDFParser
from ckanext.orden.dcat.serializer import Serializer
from ckanext.orden.dcat.syntaxes import SYNTAXES, canonical, document
from ckanext.orden.dcat.validation import RdfLimits, read_rdf
from ckanext.orden.metadata.mapping.losses import losses
from ckanext.orden.metadata.parsing.text import clean, split_list
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from metadata.full import full, leaves_of, not_held

EXAMPLES = 2000
ID = "11111111-1111-4111-8111-111111111111"
NAMESPACE = "https://w3id.org/orden/ns#"
FORMATS = ("ttl", "rdf", "jsonld", "nt")
SITE = "https://www.example.jp/"
WHOLE = full()
TAGS = WHOLE["tags"]

NEEDS = {"hash_algorithm": "hash"}
"""What says nothing without another field, and what DCAT-AP's rules would refuse alone."""

texts = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t"), min_size=1, max_size=40)
    .map(clean)
    .filter(lambda text: text and not text.startswith("site:/"))
)
paths = st.text("abcxyz019._~-一丁龠あア", min_size=1, max_size=8)
words = texts.filter(lambda text: split_list(text) == [text])
dates = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)


def varied(value: Any) -> st.SearchStrategy[Any]:
    """Other values of the same kind: a text, an address, a date; codes and numbers stay what they are."""
    if isinstance(value, dict):
        return record(value)
    if isinstance(value, list):
        return st.tuples(*map(varied, value)).map(list)
    if isinstance(value, str) and value.endswith("の値"):
        return texts
    if isinstance(value, str) and value.startswith(SITE):
        return paths.map(lambda path: f"{value}-{path}")  # one IRI in two places would be one node
    if value in ("2026-04-01", "2027-03-31"):
        return dates
    return st.just(value)


def record(whole: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A record with some of the fields."""
    kinds = {name: words if name == "keyword" else varied(value) for name, value in whole.items()}
    return st.fixed_dictionaries({}, optional=kinds)


def _addresses(file: dict[str, Any], url: str) -> dict[str, str]:
    """A file's main address is where it is fetched from: two of them would be one in RDF."""
    return {"url": url, **({"download_url": url} if "download_url" in file else {})}


def _services(file: dict[str, Any], number: int) -> dict[str, Any]:
    """Services of two files are two, each with an address of its own."""
    services = file.get("access_services") or []
    named = [{**service, "uri": f"{service['uri']}-{number}"} if "uri" in service else service for service in services]
    return {**file, "access_services": named} if named else file


FIELDS = record({name: value for name, value in WHOLE.items() if name not in ("resources", "tags")})
FILES = st.lists(record(WHOLE["resources"][0]), max_size=2)


@st.composite
def datasets(draw: st.DrawFn) -> dict[str, Any]:
    """A stored dataset with up to two files."""
    files = draw(FILES)
    resources = [
        {
            **_services(file, number),
            **_addresses(file, f"{SITE}file-{number}"),
            "id": f"{ID[:-1]}{number + 2}",
            "package_id": ID,
        }
        for number, file in enumerate(files)
    ]
    for name, needed in NEEDS.items():
        for file in resources:
            if needed not in file:
                file.pop(name, None)
    return {**draw(FIELDS), "id": ID, "name": "generated", "title": draw(texts), "tags": TAGS, "resources": resources}


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("with_plugins")
def test_what_is_written_is_read_back(app: Any):
    serializer = Serializer(profiles=["orden_dcat"])
    without_term = not_held("rdf")

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=tuple(HealthCheck.__members__.values()),
    )
    @given(datasets())
    def holds(dataset: dict[str, Any]) -> None:
        serializer.g.remove((None, None, None))  # pyright: ignore[reportArgumentType]
        serializer.graph_from_dataset(dataset)
        triples = serializer.g.serialize(format="nt")
        expected = canonical(triples.encode(), SYNTAXES["nt"])
        written = {ending: document(triples, SYNTAXES[ending], NAMESPACE).encode() for ending in FORMATS}
        for ending, text in written.items():
            assert canonical(text, SYNTAXES[ending]) == expected, ending
        parser = RDFParser(profiles=["orden_dcat"])
        parser.g += read_rdf(written["ttl"], limits=RdfLimits())
        lost = losses("rdf", dataset, next(iter(parser.datasets())))
        assert leaves_of(lost) <= without_term, [(issue.field, issue.value, issue.message["en"]) for issue in lost]

    with app.flask_app.test_request_context():
        holds()
