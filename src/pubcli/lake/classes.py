"""Find out which arXiv classes the categories of selected papers of a lake mean."""

from __future__ import annotations

from pubcli.biblio import arxiv_categories
from pubcli.lake.literals import texts
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pubcli.lake.corpus import LakeCorpus
    from pubcli.query.expression import Expression


def classes_by_category(lake: LakeCorpus, where: Expression | None) -> Callable[[str | None], list[str]]:
    """Return a function that takes a category code and returns the possible arXiv classes.

    If selected papers with this code state their classes, the function returns only these. For None, it returns none.
    The words of the expression have been replaced by their variants.
    """
    chosen = lake.select(where).statement("p.category AS category, p.classes AS classes")
    rows = lake.run(
        f"SELECT DISTINCT category, class FROM (SELECT category, UNNEST(classes) AS class FROM ({chosen}) AS s) AS c "
        f"WHERE UPPER(category) IN ({texts(sorted(arxiv_categories.ambiguous()))}) ORDER BY category, class"
    )
    stated: dict[str, list[str]] = {}
    for category, name in rows:
        stated.setdefault(category, []).append(name)
    return lambda code: stated.get(code, list(arxiv_categories.classes(code))) if code else []
