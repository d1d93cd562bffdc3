"""The overview of sites is complete."""

from pubcli import sites
from repository import SOURCE


def test_the_docstring_of_sites_names_every_site() -> None:
    packages = {path.parent.name for path in (SOURCE / "sites").glob("*/__init__.py")}
    lines = (sites.__doc__ or "").splitlines()[1:]
    assert packages == {line.split()[0] for line in lines if line}
