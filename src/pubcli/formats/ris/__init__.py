"""Read and write RIS, which Zotero, EndNote and Mendeley use."""
