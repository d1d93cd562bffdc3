"""Groups of options that several commands share."""

import pytest

from pubcli.cli.options import Filters


@pytest.mark.parametrize(
    ("filters", "description"),
    [
        (Filters(), ""),
        (Filters(words=["privacy", "-federated"]), "privacy -federated"),
        (Filters(words=["x"], category=["LG", "OC"], year="2019.."), "x, category LG, category OC, year 2019.."),
        (Filters(code=True), "with code"),
        (Filters(code=False, author=["Lowy"]), "author Lowy, without code"),
    ],
)
def test_the_description_of_filters_names_each_word_and_option(filters: Filters, description: str) -> None:
    assert filters.description() == description
