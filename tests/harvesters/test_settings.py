"""The configuration of a source is checked key by key."""

import pytest
from ckanext.orden.harvesters.protocols.ckan_api import CkanHarvester, api
from ckanext.orden.harvesters.settings import parse


@pytest.mark.parametrize(
    "config", [None, "", "{}", '{"rows": 100}', '{"remote_orgs": "create", "fq": "organization:270008"}']
)
def test_good_configuration_is_taken(config):
    assert isinstance(parse(config, CkanHarvester.SETTINGS), dict)


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("{", "not valid JSON"),
        ("[]", "must be a JSON object"),
        ("1", "must be a JSON object"),
        ('{"row": 1}', "Unknown key 'row'. Known keys: fq, full_days, incremental, private, remote_orgs, rows."),
        ('{"rows": 0}', "'rows' must be a whole number from 1 to 1000."),
        ('{"rows": true}', "'rows' must be a whole number"),
        ('{"rows": "5"}', "'rows' must be a whole number"),
        ('{"remote_orgs": "all"}', '\'remote_orgs\' must be one of "create", "ignore".'),
        ('{"fq": " "}', "'fq' must be a text."),
        ('{"incremental": 1}', "'incremental' must be true or false."),
    ],
)
def test_bad_configuration_is_refused_with_a_sentence(config, says):
    with pytest.raises(ValueError) as caught:
        parse(config, CkanHarvester.SETTINGS)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://data.example.jp/ckan",
        "https://data.example.jp/ckan/",
        "https://data.example.jp/ckan/api/3/action/package_search?rows=1",
        "https://data.example.jp/ckan/api/3",
        "https://data.example.jp/ckan/api",
    ],
)
def test_any_address_of_a_ckan_site_leads_to_its_actions(url):
    assert api(url) == "https://data.example.jp/ckan/api/3/action"
