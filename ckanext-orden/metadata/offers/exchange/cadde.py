"""CADDE's trading keys made of offers (CADDE 4.0, items 13010 to 13150).

The keys are fields of the dataset, with the values that its schema stores and `mapping.cadde` hands on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ....types import Issue, Text
from ...mapping.draft import without_empty
from ..fields import fields
from ..markets import Markets
from ..offer import Offer, values_of
from ..problems import problem
from ..terms import OTHER, remark_of, term_for
from ..values import WORLD
from ..wording import duration_in
from . import price_range
from .cadde_reading import JAPAN, KEYS, LENGTHS, REMARKED, UNLIMITED, read
from .losses import NAMES, losses, normal

_LENGTH = re.compile(r"P(\d+)([YMD])")
_SEPARATORS = re.compile(r"\s*[;,、；，]\s*")
_PAID = "有償"
_FREE = "無償"


@dataclass(frozen=True)
class Written:
    """The keys, and what they could not hold (`offer.lossy`, `offer.differs`)."""

    keys: dict[str, str]
    issues: tuple[Issue, ...] = ()


def write(offer: Offer, markets: Markets, policy_url: str = "", page: str = "") -> Written:
    """The keys of one offer, and what they do not hold (`keys_of`)."""
    keys = keys_of(offer, policy_url, page)
    return Written(keys, losses("cadde", values_of(offer), normal(read(keys, markets).values, markets)))


def write_all(offers: Sequence[Offer], markets: Markets, page: str) -> Written:
    """The keys of a dataset with several offers, what these do not hold and in what they differ (`keys_of_all`)."""
    keys, differing = keys_of_all(offers, page)
    written = [write(offer, markets, page=page) for offer in offers]
    return Written(keys, (*_without_repeats(written), *map(_differs, differing)))


def keys_of(offer: Offer, policy_url: str = "", page: str = "") -> dict[str, str]:
    """The keys of one offer; `policy_url` is the address of its policy, `page` where it stands without a market."""
    return without_empty(
        {
            "fee": _FREE if offer.price_mode == "free" else _PAID,
            "sales_info_url": offer.links[0].url if offer.links else page,
            "pricing_price_range": price_range.write(offer),
            "pricing_notices_of_price": _in_japanese(offer.price_note),
            "trading_policy_contract_type": _written("contract", offer.contract),
            "trading_policy_nda": "" if offer.nda is None else "求める" if offer.nda else "求めない",
            "trading_policy_use_application": ",".join(_written("use", use) for use in offer.allowed_use),
            "scope_of_disclosure": _written("disclosure", offer.disclosure),
            "terms_of_use_permissible_region": ",".join(map(_region, offer.regions)),
            "terms_of_use_notices": _in_japanese(offer.notices),
            "usage_license_period": _period(offer.licence_term),
            "warranty_express_warranty": ",".join(_written("warranty", value) for value in offer.warranty),
            "warranty_legal_compliance": _region(offer.law),
            "haspolicy_url": policy_url,
        }
    )


def keys_of_all(offers: Sequence[Offer], page: str) -> tuple[dict[str, str], list[str]]:
    """What all offers agree on, every price, and 有償 where any is paid; and the keys in which they differ.

    Such a condition is left out: readers would take it for the condition of all. `page` is where all offers stand.
    """
    written = [keys_of(offer, page=page) for offer in offers]
    said = {key: _distinct(one.get(key, "") for one in written) for key in KEYS}
    agreed = {key: texts[0] for key, texts in said.items() if len(texts) == 1}
    keys = without_empty({**agreed, **_summed({key: texts for key, texts in said.items() if len(texts) > 1}, page)})
    return keys, [key for key in KEYS if key not in agreed and key not in keys]


def _summed(differing: Mapping[str, Sequence[str]], page: str) -> dict[str, str]:
    """The keys that say something true of all offers though these differ."""
    sums = {
        "fee": _PAID,
        "sales_info_url": page,
        "pricing_price_range": "／".join(filter(None, differing.get("pricing_price_range", ()))),
    }
    return {key: text for key, text in sums.items() if key in differing}


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _without_repeats(written: Iterable[Written]) -> tuple[Issue, ...]:
    return tuple({(issue.code, issue.field): issue for one in written for issue in one.issues}.values())


def _differs(key: str) -> Issue:
    return problem("differs", KEYS[key], label=fields()[KEYS[key]].label, target=NAMES["cadde"])


def _in_japanese(texts: Text) -> str:
    """The text that Japanese readers get: their own, else the first."""
    return texts.get("ja") or next(iter(texts.values()), "")


def _written(vocabulary: str, value: str) -> str:
    """CADDE's word for a value; what it has no word for stands as その他(…), in which commas would part it."""
    if not value:
        return ""
    remark, found = remark_of(value), term_for(vocabulary, value)
    if remark is None and found and found.cadde:
        return found.cadde
    words = remark or (found.label["ja"] if found else value)
    return REMARKED.format(_SEPARATORS.sub("・", words))


def _region(code: str) -> str:
    known = {"": "", WORLD: UNLIMITED, "JP": JAPAN, OTHER: "その他"}
    return known.get(code, REMARKED.format(code))


def _period(term: str) -> str:
    """The last day as it is, a length of time after the purchase in CADDE's JSON, else in words."""
    match = _LENGTH.fullmatch(term)
    if not match:
        return duration_in("ja", term)
    period = {"referenceDate": "purchasedDay", "value": int(match[1]), "unit": LENGTHS[match[2]]}
    return json.dumps({"expirationPeriodType": "period", "period": period}, ensure_ascii=False)
