"""Format references in the styles of journals with citeproc-py, which `pip install 'pubcli[cite]'` installs.

citation  papers -> printed references
styles    classes that replace those of citeproc-py where it does not follow the Citation Style Language
"""
