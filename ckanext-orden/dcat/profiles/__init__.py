"""The RDF profile `orden_dcat`: ckanext-dcat's DCAT-AP 3 profile, made to conform, with ODPO's own terms."""

from .orden import OrdenProfile

__all__ = ["REVISION", "OrdenProfile"]

REVISION = 3
"""Raise it when the same dataset gives other triples: those that are kept are then made again."""
