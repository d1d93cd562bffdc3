"""Read and write CSL-JSON, which pandoc, Zotero and citeproc use."""
