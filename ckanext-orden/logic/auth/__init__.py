"""Auth functions of the front door."""

from .duplicates import orden_duplicate_update, orden_duplicates_list, orden_duplicates_update
from .figures import orden_figures_show
from .organizations import orden_organization_figures_show
from .related import orden_related_list
from .report import orden_report_show, orden_report_update
from .search import orden_autocomplete, orden_search_marks_list
from .search_log import orden_search_log_list
from .search_words import orden_search_words_show, orden_search_words_update

__all__ = [
    "orden_autocomplete",
    "orden_duplicate_update",
    "orden_duplicates_list",
    "orden_duplicates_update",
    "orden_figures_show",
    "orden_organization_figures_show",
    "orden_related_list",
    "orden_report_show",
    "orden_report_update",
    "orden_search_log_list",
    "orden_search_marks_list",
    "orden_search_words_show",
    "orden_search_words_update",
]
