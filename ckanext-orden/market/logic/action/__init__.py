"""Actions of the market; each has an auth function of the same name."""

from .inquiries import (
    orden_market_inquiry_agree,
    orden_market_inquiry_answer,
    orden_market_inquiry_ask,
    orden_market_inquiry_close,
    orden_market_inquiry_confirm,
    orden_market_inquiry_create,
    orden_market_inquiry_link_create,
    orden_market_inquiry_list,
    orden_market_inquiry_show,
)
from .links import (
    orden_market_click_create,
    orden_market_link_list,
    orden_market_link_show,
)
from .machine import (
    orden_market_offer_read,
    package_create,
    package_update,
)
from .markets import (
    orden_market_market_create,
    orden_market_market_delete,
    orden_market_market_list,
    orden_market_market_show,
    orden_market_market_update,
)
from .offers import (
    orden_market_offer_create,
    orden_market_offer_discard,
    orden_market_offer_history,
    orden_market_offer_list,
    orden_market_offer_publish,
    orden_market_offer_recall,
    orden_market_offer_resume,
    orden_market_offer_return,
    orden_market_offer_revise,
    orden_market_offer_show,
    orden_market_offer_submit,
    orden_market_offer_suspend,
    orden_market_offer_update,
    orden_market_offer_validate,
    orden_market_offer_withdraw,
)
from .search import (
    orden_market_offer_search,
)
from .tables import (
    orden_market_offer_export,
    orden_market_offer_import,
)

__all__ = [
    "orden_market_click_create",
    "orden_market_inquiry_agree",
    "orden_market_inquiry_answer",
    "orden_market_inquiry_ask",
    "orden_market_inquiry_close",
    "orden_market_inquiry_confirm",
    "orden_market_inquiry_create",
    "orden_market_inquiry_link_create",
    "orden_market_inquiry_list",
    "orden_market_inquiry_show",
    "orden_market_link_list",
    "orden_market_link_show",
    "orden_market_market_create",
    "orden_market_market_delete",
    "orden_market_market_list",
    "orden_market_market_show",
    "orden_market_market_update",
    "orden_market_offer_create",
    "orden_market_offer_discard",
    "orden_market_offer_export",
    "orden_market_offer_history",
    "orden_market_offer_import",
    "orden_market_offer_list",
    "orden_market_offer_publish",
    "orden_market_offer_read",
    "orden_market_offer_recall",
    "orden_market_offer_resume",
    "orden_market_offer_return",
    "orden_market_offer_revise",
    "orden_market_offer_search",
    "orden_market_offer_show",
    "orden_market_offer_submit",
    "orden_market_offer_suspend",
    "orden_market_offer_update",
    "orden_market_offer_validate",
    "orden_market_offer_withdraw",
    "package_create",
    "package_update",
]
