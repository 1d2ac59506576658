"""Pages of the front door: those that CKAN's own views cannot make, and the operator's."""

from .duplicates import orden_duplicates
from .pages import blueprint
from .searches import orden_search_log
from .words import orden_words

__all__ = ["blueprint", "orden_duplicates", "orden_search_log", "orden_words"]
