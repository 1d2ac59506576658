"""The demo's offers: without errors, of every kind of data, in all price modes."""

from ckanext.orden.metadata.offers import check, price_modes

from demo.content import private_kinds, read
from demo.offers import offers
from demo.world import world

EVERY = [(name, offer) for name, made in offers().items() for offer in made]


def test_every_offer_is_without_errors_and_warnings():
    found = {(name, issue.code, issue.field) for name, offer in EVERY for issue in check(offer).report.issues}
    assert found == set()


def test_every_private_kind_has_an_offer_and_every_offer_a_dataset():
    assert {kind for kind, products in read("offers").items() if products} == set(private_kinds())
    assert set(offers()) <= {dataset.name for dataset in world().of("companies")}
    assert len(offers()) == sum(map(len, read("offers").values()))


def test_all_price_modes_are_there_with_and_without_a_price_one_or_several():
    assert {offer["price_mode"] for _, offer in EVERY} == set(price_modes())
    assert any(offer.get("kind") == "teaser" and "price" not in offer for _, offer in EVERY)
    assert any(len(made) > 2 for made in offers().values())
    assert any({"free", "subscription"} <= {offer["price_mode"] for offer in made} for made in offers().values())


def test_titles_tell_the_offers_of_a_dataset_apart():
    for made in offers().values():
        assert len({offer["title"]["ja"] for offer in made}) == len(made)
