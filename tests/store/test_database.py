"""Opening and closing databases."""

import gc
import warnings

from pubcli.store.database import Store


def test_a_store_that_is_not_closed_causes_no_warning() -> None:
    with warnings.catch_warnings(record=True) as messages:
        warnings.simplefilter("always")
        store = Store()
        del store
        gc.collect()

    assert [str(warning.message) for warning in messages if "Store" in str(warning.message)] == []
