"""Format references in the styles of journals with citeproc-py (the extra `cite`).

citation  papers -> printed references
styles    corrections where citeproc-py does not follow the Citation Style Language
"""
