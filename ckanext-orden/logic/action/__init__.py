"""Actions of the front door; each has an auth function of the same name."""

from .figures import orden_figures_show
from .report import orden_report_show, orden_report_update
from .search import orden_autocomplete, package_search
from .search_words import orden_search_words_show, orden_search_words_update
from .search_log import orden_search_log_list

__all__ = [
    "orden_autocomplete",
    "orden_figures_show",
    "orden_report_show",
    "orden_report_update",
    "orden_search_words_show",
    "orden_search_words_update",
    "orden_search_log_list",
    "package_search",
]
