"""Records that are wrong, moved, doubled or huge among good ones, in each dialect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from ckanext.orden.harvesters.protocols import action_api, dcat_rdf

from .dialects import CKAN, CKAN_IN_FULL, DATA_JSON, DCAT, DIALECTS, LIST, PAGED, Entry, Page
from .publisher import Publisher, entry, on_page
from .whole import assert_whole, codes

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "impatient")
in_each_dialect = pytest.mark.parametrize("dialect", DIALECTS, ids=str)
in_each_paged_dialect = pytest.mark.parametrize("dialect", PAGED, ids=str)


@in_each_dialect
def test_unchanged_records_in_another_order_write_nothing(publish, dialect):
    catalogue = publish(dialect)
    catalogue.publisher.entries.reverse()
    run = catalogue.night()
    assert_whole(run, catalogue.publisher.titles)
    assert run.counts["unchanged"] == len(catalogue.publisher.entries)
    catalogue.assert_recovers()


@in_each_dialect
def test_byte_order_mark_changes_nothing(publish, dialect):
    catalogue = publish(dialect)
    catalogue.publisher.fault = lambda publisher, number: publisher.reply(b"\xef\xbb\xbf" + publisher.page(number))
    run = catalogue.night()
    assert_whole(run, catalogue.publisher.titles)
    assert run.counts["unchanged"] == len(catalogue.publisher.entries)
    catalogue.assert_recovers()


@in_each_dialect
@pytest.mark.parametrize("encoding", ["cp932", "euc-jp"])
def test_old_encoding_is_read_in_a_list_and_refused_elsewhere(publish, dialect, encoding):
    catalogue = publish(dialect)
    catalogue.publisher.fault = lambda publisher, number: publisher.reply(
        publisher.page(number).decode().encode(encoding)
    )
    for _ in range(2):
        ends = "finished" if dialect is LIST else "failed"
        assert_whole(catalogue.night(), catalogue.publisher.titles, ends=ends)
    assert catalogue.assert_recovers().counts["unchanged"] == len(catalogue.publisher.entries)


@in_each_dialect
def test_record_without_a_title_is_its_own_error_and_keeps_its_dataset(publish, dialect):
    catalogue = publish(dialect)
    titles = catalogue.publisher.titles
    good = catalogue.publisher.entries[1]
    catalogue.publisher.entries[1] = replace(good, title="")
    for _ in range(2):
        run = catalogue.night()
        assert_whole(run, titles, ends="errors")
        assert run.counts["errors"] == 1
    catalogue.publisher.entries[1] = good
    assert catalogue.assert_recovers().counts["unchanged"] == len(titles)


@pytest.mark.parametrize("dialect", [CKAN, DATA_JSON, DCAT], ids=str)
def test_record_without_an_identifier_is_an_error_and_stops_deletions(publish, dialect):
    catalogue = publish(dialect)
    titles = catalogue.publisher.titles
    good = catalogue.publisher.entries[1]
    catalogue.publisher.entries[1] = replace(good, id="", title="名札のない一覧")
    for _ in range(3):
        run = catalogue.night()
        assert_whole(run, titles, ends="errors")
        assert "unnamed" in codes(run)
    catalogue.publisher.entries[1] = good
    assert catalogue.assert_recovers().counts["unchanged"] == len(titles)


@in_each_dialect
def test_catalogue_that_shrinks_by_half_loses_nothing(publish, dialect):
    catalogue = publish(dialect, 24)
    titles, entries = catalogue.publisher.titles, list(catalogue.publisher.entries)
    del catalogue.publisher.entries[12:]
    assert_whole(catalogue.night(), titles, ends="errors")
    held = catalogue.night()
    assert_whole(held, titles, ends="held")
    assert held.counts["held"] == 12
    catalogue.publisher.entries[:] = entries
    assert catalogue.assert_recovers().counts["unchanged"] == 24


@in_each_dialect
def test_catalogue_cut_off_at_a_line_end_loses_nothing(publish, dialect):
    catalogue = publish(dialect, 24)
    titles = catalogue.publisher.titles

    def cut(publisher: Publisher, number: int):
        lines = publisher.page(number).splitlines(keepends=True)
        whole = [n for n, line in enumerate(lines) if line.rstrip().endswith(b".")] if dialect is DCAT else []
        return publisher.reply(b"".join(lines[: whole[len(whole) // 2] + 1 if whole else len(lines) // 2]))

    catalogue.publisher.fault = on_page(None, cut)
    ends = ["errors", "held"] if dialect is LIST else ["failed", "failed"]
    for end in ends:
        assert_whole(catalogue.night(), titles, ends=end)
    assert catalogue.assert_recovers().counts["missing"] == 0


def doubled(entries: Sequence[Entry], at: int, **values: str) -> list[Entry]:
    """The entries with the first once more."""
    return [*entries[:at], replace(entries[0], **values), *entries[at:]]


SHARED = [(CKAN, 1), (CKAN_IN_FULL, 5), (DATA_JSON, 1), (DATA_JSON, 5), (DCAT, 5)]
"""Not in a list, where rows of one identifier are one dataset, nor in a page of RDF, where all statements are one, nor
over the pages of a CKAN that lists ids and stamps."""


@pytest.mark.parametrize(("dialect", "at"), SHARED, ids=str)
def test_identifier_that_two_records_share_is_an_error_and_the_first_is_taken(publish, dialect, at):
    catalogue = publish(dialect)
    titles, entries = catalogue.publisher.titles, list(catalogue.publisher.entries)
    catalogue.publisher.entries[:] = doubled(entries, at, notes="別のデータです。")
    for _ in range(2):
        run = catalogue.night()
        assert_whole(run, titles, ends="errors")
        assert run.counts["errors"] == 1
    catalogue.publisher.entries[:] = entries
    assert catalogue.assert_recovers().counts["unchanged"] == len(titles)


@pytest.mark.parametrize("dialect", [CKAN, LIST, DATA_JSON], ids=str)
def test_very_same_record_twice_is_taken_once(publish, dialect):
    catalogue = publish(dialect)
    titles, entries = catalogue.publisher.titles, list(catalogue.publisher.entries)
    catalogue.publisher.entries[:] = doubled(entries, 1)
    run = catalogue.night()
    assert_whole(run, titles)
    assert run.counts["unchanged"] == len(titles)
    catalogue.publisher.entries[:] = entries
    catalogue.assert_recovers()


LONG = {"notes of 90,000 characters": {"notes": "長" * 90_000}, "title of 20,000 characters": {"title": "長" * 20_000}}


@in_each_dialect
@pytest.mark.parametrize("text", LONG)
def test_long_text_harms_neither_its_neighbours_nor_the_index(publish, dialect, text):
    catalogue = publish(dialect)
    catalogue.publisher.change(1, **LONG[text])
    run = catalogue.night()
    assert_whole(run, catalogue.publisher.titles)
    assert (run.counts["updated"], run.counts["unchanged"]) == (1, 5)
    assert catalogue.assert_recovers().counts["unchanged"] == 6


@in_each_dialect
def test_control_characters_harm_nothing(publish, dialect):
    catalogue = publish(dialect)
    catalogue.publisher.change(1, notes="一覧\x0b\u2028です\ufeff。", title="新しい\u200b題名")
    run = catalogue.night()
    assert run.state in ("finished", "errors")
    catalogue.publisher.entries[1] = entry(1)
    catalogue.assert_recovers()


@pytest.mark.long
def test_thousand_titles_that_sound_alike_become_a_thousand_datasets(publish):
    catalogue = publish(DATA_JSON, 1001, harvested=False)
    for number in range(1001):
        catalogue.publisher.change(number, title="避難所一覧")
    assert_whole(catalogue.night(), catalogue.publisher.titles)
    assert catalogue.assert_recovers().counts["unchanged"] == 1001


@in_each_paged_dialect
def test_page_that_leads_to_itself_ends_the_run_as_failed(publish, dialect):
    catalogue = publish(dialect)
    first = catalogue.publisher.entries[:3]

    def circle(publisher: Publisher, _number: int):
        body = dialect.write(Page(first, 900, f"{publisher.url}?page=2"))
        return publisher.reply(body.encode())

    catalogue.publisher.fault = circle
    for _ in range(2):
        assert_whole(catalogue.night(), catalogue.publisher.titles, ends="failed")
    catalogue.assert_recovers()


@in_each_paged_dialect
def test_pages_without_end_end_the_run_as_failed(publish, dialect, monkeypatch):
    monkeypatch.setattr(action_api, "MOST_RECORDS", 15)
    monkeypatch.setattr(dcat_rdf, "MOST_PAGES", 4)
    catalogue = publish(dialect)

    def more(publisher: Publisher, number: int):
        entries = [entry(n) for n in range((number - 1) * 3, number * 3)]
        page = Page(entries, number * 3 + 3, f"{publisher.url}?page={number + 1}")
        return publisher.reply(dialect.write(page).encode())

    catalogue.publisher.fault = more
    reached = 12
    titles = sorted(entry(number).title for number in range(reached))
    for _ in range(2):
        assert_whole(catalogue.night(), titles, ends="failed")
    catalogue.publisher.entries[:] = map(entry, range(reached))
    catalogue.assert_recovers()


def moving(after: Sequence[Entry]):
    """A publisher whose catalogue becomes another one as soon as it has given a page."""

    def answer(publisher: Publisher, number: int):
        page = publisher.healthy(number)
        publisher.entries[:] = after
        return page

    return answer


@pytest.mark.parametrize("dialect", [CKAN, CKAN_IN_FULL, DCAT], ids=["ckan", "ckan in full", "dcat"])
def test_record_that_is_removed_between_two_pages_moves_others_and_loses_none(publish, dialect):
    catalogue = publish(dialect)
    titles, entries = catalogue.publisher.titles, list(catalogue.publisher.entries)
    catalogue.publisher.fault = moving(entries[1:])
    run = catalogue.night()
    assert_whole(run, titles, ends="finished" if dialect is CKAN_IN_FULL else run.state)
    catalogue.publisher.entries[:] = entries
    assert catalogue.assert_recovers().counts["unchanged"] == len(titles)


@in_each_paged_dialect
def test_record_that_is_inserted_between_two_pages_moves_others_and_doubles_none(publish, dialect):
    catalogue = publish(dialect)
    entries = list(catalogue.publisher.entries)
    catalogue.publisher.fault = moving([entry(99), *entries])
    run = catalogue.night()
    assert_whole(run, sorted(each.title for each in entries), ends=run.state)
    catalogue.publisher.entries[:] = [entry(99), *entries]
    assert catalogue.assert_recovers().counts["added"] == 1


@in_each_paged_dialect
def test_page_that_a_cache_repeats_is_noticed(publish, dialect):
    catalogue = publish(dialect)
    catalogue.publisher.fault = on_page(
        2, lambda publisher, _number: publisher.reply(publisher.page(2, entries=publisher.entries[:3]))
    )
    for _ in range(2):
        assert_whole(catalogue.night(), catalogue.publisher.titles, ends="failed")
    catalogue.assert_recovers()


@in_each_paged_dialect
def test_catalogue_with_fewer_records_than_it_says_is_not_taken_for_whole(publish, dialect):
    catalogue = publish(dialect)
    catalogue.publisher.fault = on_page(
        2, lambda publisher, _number: publisher.reply(publisher.page(2, entries=publisher.entries[3:4]))
    )
    for _ in range(2):
        assert_whole(catalogue.night(), catalogue.publisher.titles, ends="failed")
    catalogue.assert_recovers()
