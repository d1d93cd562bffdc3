"""References in the styles of journals, made by citeproc-py (the extra `cite`).

citation  papers -> printed references
styles    what citeproc-py leaves out of the Citation Style Language
"""
