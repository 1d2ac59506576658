"""The RDF profile of orden, writing and reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.dcat.profiles import EuropeanDCATAP3Profile
from ckanext.dcat.utils import catalog_uri, publisher_uri_organization_fallback, resource_uri
from rdflib import FOAF, RDF, XSD, Graph, Literal, URIRef

from ... import config
from ...metadata import addresses, vocabularies
from ...metadata.vocabularies import Licence
from ..namespaces import DCAT, DCT, PREFIXES
from ..offers import Shown, shown
from .catalog import CatalogFacts, add_catalog
from .distributions import add_distribution, add_licence
from .finish import finish, merge
from .offers import access_right, add_offers
from .own_terms import add_dataset_terms, add_resource_terms, add_services, add_source
from .places import add_municipality, add_places
from .prepare import prepared, utc_moment
from .publishers import organization_as_agent
from .reading import completed

Dict = dict[str, Any]
DCAT_AP = URIRef("https://semiceu.github.io/DCAT-AP/releases/3.0.1/")


class OrdenProfile(EuropeanDCATAP3Profile):
    """DCAT-AP 3.0.1 that conforms: ckanext-dcat's profile drafts each dataset, ours completes and mends the draft."""

    def graph_from_catalog(self, catalog_dict: Dict | None, catalog_ref: URIRef) -> None:
        given = catalog_dict or {}
        self._bind_prefixes()
        facts = CatalogFacts(
            title=given.get("title") or tk.config["ckan.site_title"] or "CKAN",
            description=given.get("description") or tk.config.get("ckan.site_description") or "",
            homepage=given.get("homepage") or f"{config.site_url()}/",
            language=self._language(),
            publisher_name=config.dcat_publisher_name(),
            publisher_uri=config.dcat_publisher_uri(),
            modified=_last_change(),
            distributions=given.get("distributions") or (),
        )
        draft = Graph("SimpleMemory", bind_namespaces="none")
        add_catalog(draft, catalog_ref, facts)
        merge(self.g, finish(draft, facts.language))

    def graph_from_dataset(self, dataset_dict: Dict, dataset_ref: URIRef) -> None:
        page, self.g = self.g, Graph("SimpleMemory", bind_namespaces="none")
        try:
            self._draft(dataset_dict, dataset_ref)
            clean = finish(self.g, self._language())
        finally:
            self.g = page
        self._bind_prefixes()
        merge(page, clean)
        self._link_to_catalog(clean)

    def parse_dataset(self, dataset_dict: Dict, dataset_ref: URIRef) -> Dict:
        parsed = super().parse_dataset(dataset_dict, dataset_ref)
        result = completed(parsed, self.g, dataset_ref, config.dcat_namespace())
        dataset_dict.clear()  # ckanext-dcat's parser keeps the dict that it gave, not the one returned
        dataset_dict.update(result)
        return dataset_dict

    def _draft(self, dataset_dict: Dict, ref: URIRef) -> None:
        ns = config.dcat_namespace()
        given = _absolute(dataset_dict, config.site_url())
        dataset = prepared(given)
        offers = tuple(shown(dataset_dict))
        dataset["access_rights"] = dataset.get("access_rights") or _access_right(offers)
        dataset["publisher"] = dataset["publisher"][:1] or self._organization(dataset)
        super().graph_from_dataset(dataset, ref)
        self.g.set((ref, DCT.identifier, Literal(str(dataset.get("identifier") or dataset.get("id") or ref))))
        add_dataset_terms(self.g, ns, ref, given)
        add_offers(self.g, ns, ref, given, offers)
        add_places(self.g, ref, dataset_dict.get("spatial_coverage") or [])
        add_municipality(self.g, ns, ref, dataset.get("orden_municipality") or "")
        self._add_record(dataset_dict, ref)
        add_source(self.g, ref, given)
        licence, text = _licence(dataset), dataset.get("orden_license_text") or ""
        add_licence(self.g, [ref], licence, text)
        for resource in dataset_dict.get("resources") or ():
            self._add_resource(_absolute(resource, config.site_url()), dataset, ref, (licence, text))

    def _add_resource(
        self, resource: Dict, dataset: Dict, dataset_ref: URIRef, terms: tuple[Licence | None, str]
    ) -> None:
        owner = dataset.get("name") or dataset.get("id")
        ref = URIRef(resource_uri({"package_id": dataset.get("id"), **resource}))
        page = f"{config.site_url()}/dataset/{owner}/resource/{resource.get('id')}"
        add_distribution(self.g, dataset_ref, ref, resource, page)
        add_resource_terms(self.g, config.dcat_namespace(), ref, resource)
        add_services(self.g, config.dcat_namespace(), (dataset_ref, ref), resource)
        add_source(self.g, ref, resource)
        own = resource.get("license") or ""
        licence, text = (vocabularies.licence_for(own), own) if own else terms
        add_licence(self.g, [ref], licence, text)

    def _organization(self, dataset: Dict) -> list[Dict]:
        organization = dataset.get("organization")
        if not organization:
            return []
        return [organization_as_agent(organization, publisher_uri_organization_fallback(dataset) or "")]

    def _add_record(self, dataset: Dict, ref: URIRef) -> None:
        """When the description was made and changed: that is the record's, not the data's."""
        record = URIRef(f"{ref}#record")
        changed = utc_moment(dataset.get("metadata_modified"))
        if not changed:
            return
        self.g.add((record, RDF.type, DCAT.CatalogRecord))
        self.g.add((record, FOAF.primaryTopic, ref))
        self.g.add((record, DCT.modified, Literal(changed, datatype=XSD.dateTime)))
        self.g.add((record, DCT.conformsTo, DCAT_AP))
        made = utc_moment(dataset.get("metadata_created"))
        if made:
            self.g.add((record, DCT.issued, Literal(made, datatype=XSD.dateTime)))

    def _link_to_catalog(self, clean: Graph) -> None:
        catalog = URIRef(catalog_uri())
        if (catalog, RDF.type, DCAT.Catalog) not in self.g:
            return
        for kind, link in ((DCAT.CatalogRecord, DCAT.record), (DCAT.DataService, DCAT.service)):
            for node in clean.subjects(RDF.type, kind):
                self.g.add((catalog, link, node))

    def _bind_prefixes(self) -> None:
        for prefix, namespace in {**PREFIXES, "orden": config.dcat_namespace()}.items():
            self.g.bind(prefix, namespace, replace=True)

    def _language(self) -> str:
        """The site's language as BCP 47 tag."""
        language = vocabularies.language_for(tk.config["ckan.locale_default"])
        return language.tag if language else "en"


def _last_change() -> str | None:
    """When the description of a dataset was last changed."""
    query = {"sort": "metadata_modified desc", "rows": 1, "fl": ["metadata_modified"], "facet": "false"}
    found = tk.get_action("package_search")({"ignore_auth": True}, query)["results"]
    return found[0]["metadata_modified"] if found else None


def _licence(dataset: Dict) -> Licence | None:
    return vocabularies.licence_for(dataset.get("license_id") or "")


def _access_right(offers: Sequence[Shown]) -> str:
    right = vocabularies.access_right_for(access_right(offers))
    return right.iri if right else ""


def _absolute(data: Dict, site_url: str) -> Dict:
    """Top-level addresses as they work from anywhere."""
    return {
        key: addresses.absolute(value, site_url) if isinstance(value, str) else value for key, value in data.items()
    }
