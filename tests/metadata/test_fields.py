from ckanext.orden.metadata import fields


def test_groups_of_fields_do_not_overlap():
    groups = (fields.CORE, fields.DCAT, fields.CADDE, fields.OWN)
    assert sum(map(len, groups)) == len(fields.DATASET)
    assert fields.LISTS <= fields.DATASET
    assert set(fields.SUBFIELDS) <= fields.DATASET
    assert fields.ADDRESSES <= fields.DATASET
    assert fields.RESOURCE_ADDRESSES <= fields.RESOURCE


def test_each_axis_has_its_index_field():
    assert fields.INDEX_FIELDS["openness"] == "vocab_orden_openness"
    assert tuple(fields.INDEX_FIELDS) == fields.AXES
    assert fields.OFFER_INDEX_FIELDS["delivery"] == "vocab_orden_delivery"
