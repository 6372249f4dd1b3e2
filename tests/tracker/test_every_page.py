"""The tables of `tests/every_page.py` against the resolver: who adds an address says what it is."""

from tests import every_page


def test_every_address_of_the_site_stands_in_a_table_of_pages_or_is_for_programs():
    tables = (every_page.PUBLIC, every_page.FRAGMENTS, every_page.FRAMES, every_page.ONCE, every_page.ACCOUNTS)
    named = [route for table in tables for route in table]
    assert len(named) == len(set(named))
    assert sorted(set(every_page.routes()) - set(named) - every_page.FOR_PROGRAMS) == []
    assert sorted(set(named) - set(every_page.routes())) == []
