"""Offers of data: what one costs, what one may do with it, which states it goes through, where it is sold."""

from .cheapest import cheapest
from .check import Checked, check
from .fields import PRIVATE, Field, fields, fields_of, price_modes
from .markets import JDEX, Market, Markets, link_problem, market_problems
from .offer import Link, Offer, Price, Values, values_of
from .prices import currency_name, price_bands, price_details, price_line
from .states import TRANSITIONS, Role, State, Taken, Transition, move, possible
from .telling import Compared, Line, compared, label_of, terms_told, told
from .terms import Term, label, term_for, terms
from .wording import LOCALES, duration_in

__all__ = [
    "JDEX",
    "LOCALES",
    "PRIVATE",
    "TRANSITIONS",
    "Checked",
    "Compared",
    "Field",
    "Line",
    "Link",
    "Market",
    "Markets",
    "Offer",
    "Price",
    "Role",
    "State",
    "Taken",
    "Term",
    "Transition",
    "Values",
    "cheapest",
    "check",
    "compared",
    "currency_name",
    "duration_in",
    "fields",
    "fields_of",
    "label",
    "label_of",
    "link_problem",
    "market_problems",
    "move",
    "possible",
    "price_bands",
    "price_details",
    "price_line",
    "price_modes",
    "term_for",
    "terms",
    "terms_told",
    "told",
    "values_of",
]
