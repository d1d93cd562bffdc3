"""CSL-JSON, for pandoc, Zotero and citeproc."""
