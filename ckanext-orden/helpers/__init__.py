"""Template functions: they only format what actions, views and finished actions hand over; none queries or writes."""

from .access import (
    orden_access,
    orden_file_url,
    orden_is_api,
    orden_is_sample,
    orden_market_url,
    orden_offered_price,
    orden_offers,
)
from .axes import orden_axes, orden_axes_strip, orden_axis_facets
from .examples import orden_examples
from .facets import orden_other_facets
from .languages import orden_lang, orden_language, orden_languages, orden_text
from .links import (
    orden_facet_url,
    orden_here,
    orden_host,
    orden_page_url,
    orden_pages,
    orden_safe_url,
    orden_search_url,
    orden_sorted_url,
)
from .look import orden_icon, orden_menu, orden_static
from .marks import orden_marked, orden_marked_excerpt, orden_marks, orden_why
from .match import orden_literal_url, orden_match, orden_meant
from .organizations import (
    orden_criterion,
    orden_lacking,
    orden_organization_figures,
    orden_organization_kind,
    orden_other_names,
)
from .related import orden_related
from .terms import (
    orden_facet_word,
    orden_formats,
    orden_frequency,
    orden_licence,
    orden_place,
    orden_themes,
    orden_trade,
    orden_usage_period,
)
from .words import (
    orden_date,
    orden_excerpt,
    orden_number,
    orden_prose,
    orden_quantity,
    orden_size,
    orden_time,
    orden_updated,
)

__all__ = [
    "orden_access",
    "orden_axes",
    "orden_axes_strip",
    "orden_axis_facets",
    "orden_criterion",
    "orden_date",
    "orden_examples",
    "orden_excerpt",
    "orden_facet_url",
    "orden_facet_word",
    "orden_file_url",
    "orden_formats",
    "orden_frequency",
    "orden_here",
    "orden_host",
    "orden_icon",
    "orden_is_api",
    "orden_is_sample",
    "orden_lacking",
    "orden_lang",
    "orden_language",
    "orden_languages",
    "orden_licence",
    "orden_literal_url",
    "orden_marked",
    "orden_marked_excerpt",
    "orden_market_url",
    "orden_marks",
    "orden_match",
    "orden_meant",
    "orden_menu",
    "orden_number",
    "orden_offered_price",
    "orden_offers",
    "orden_organization_figures",
    "orden_organization_kind",
    "orden_other_facets",
    "orden_other_names",
    "orden_page_url",
    "orden_pages",
    "orden_place",
    "orden_prose",
    "orden_quantity",
    "orden_related",
    "orden_safe_url",
    "orden_search_url",
    "orden_size",
    "orden_sorted_url",
    "orden_static",
    "orden_text",
    "orden_themes",
    "orden_time",
    "orden_trade",
    "orden_updated",
    "orden_usage_period",
    "orden_why",
]
