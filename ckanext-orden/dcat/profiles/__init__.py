"""The RDF profile `orden_dcat`: ckanext-dcat's DCAT-AP 3 profile, made to conform, with ODPO's own terms."""

from .orden import OrdenProfile

__all__ = ["OrdenProfile"]
