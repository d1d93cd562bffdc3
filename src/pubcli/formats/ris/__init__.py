"""RIS, for Zotero, EndNote and Mendeley."""
