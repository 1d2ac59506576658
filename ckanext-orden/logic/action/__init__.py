"""Actions of the front door; each has an auth function of the same name."""

from .search import orden_autocomplete, package_search

__all__ = ["orden_autocomplete", "package_search"]
