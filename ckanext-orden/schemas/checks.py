"""What must be right in `ckan.plugins` before the site starts."""

from __future__ import annotations

from collections.abc import Sequence

from ckan.exceptions import CkanConfigurationException

NAME = "orden_schema"
BEFORE = ("orden",)
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
    order = [name for name in plugins if name in (*BEFORE, NAME, *AFTER)]
    place = order.index(NAME)
    wrong = [name for name in BEFORE if order.index(name) > place] + [n for n in AFTER if order.index(n) < place]
    if wrong:
        raise CkanConfigurationException(
            f"The option ckan.plugins has {NAME} on the wrong side of {' and '.join(wrong)}: put them in the order "
            f"“{' '.join((*BEFORE, NAME, *AFTER))}”."
        )
