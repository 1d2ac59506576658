"""Web doors of the DCAT room."""

from .documents import orden_dcat_documents
from .forms import orden_dcat_forms
from .offers import orden_dcat_offers
from .ontology import orden_dcat_ontology
from .quality import orden_dcat_quality
from .validator import orden_dcat

__all__ = [
    "orden_dcat",
    "orden_dcat_documents",
    "orden_dcat_forms",
    "orden_dcat_offers",
    "orden_dcat_ontology",
    "orden_dcat_quality",
]
