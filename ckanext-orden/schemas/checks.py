"""What must be right in `ckan.plugins` before the site starts."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from ckan.exceptions import CkanConfigurationException

log = logging.getLogger(__name__)

SCHEMAS = {
    "scheming.dataset_schemas": "ckanext.orden.schemas:dataset.yaml",
    "scheming.organization_schemas": "ckanext.orden.schemas:organization.yaml",
    "scheming.presets": "ckanext.orden.schemas:presets.yaml",
}
"""What each option of ckanext-scheming holds unless the site says otherwise."""
NAME = "orden_schema"
BEFORE = ("orden",)
BEFORE_IF_ON = ("orden_market",)
"""Its offers are there when the axes are derived."""
AFTER = ("scheming_datasets", "scheming_organizations")


def check_plugins(plugins: Sequence[str]) -> None:
    """One sentence that says how to mend it when a plugin is missing or stands in the wrong place."""
    if NAME not in plugins:
        return
    missing = [name for name in (*BEFORE, *AFTER) if name not in plugins]
    if missing:
        raise CkanConfigurationException(
            f"The option ckan.plugins turns on {NAME} without {' and '.join(missing)}: add it, so that the order is "
            f"“{' '.join((*BEFORE, NAME, *AFTER))}”."
        )
    before = [*BEFORE, *(name for name in BEFORE_IF_ON if name in plugins)]
    order = [name for name in plugins if name in (*before, NAME, *AFTER)]
    place = order.index(NAME)
    wrong = [name for name in before if order.index(name) > place] + [n for n in AFTER if order.index(n) < place]
    if wrong:
        raise CkanConfigurationException(
            f"The option ckan.plugins has {NAME} on the wrong side of {' and '.join(wrong)}: put them in the order "
            f"“{' '.join((*before, NAME, *AFTER))}”."
        )


def warn_of_other_schemas(config: Mapping[str, str]) -> None:
    """Says in the log when the site has taken our schema out: axes and rules then miss their fields."""
    for option, ours in SCHEMAS.items():
        if ours not in config[option].split():
            log.warning("The option %s does not name %s: axes and rules may not find their fields.", option, ours)
