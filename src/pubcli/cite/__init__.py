"""Format references in the styles of journals with citeproc-py, which `pip install 'pubcli[cite]'` installs.

citation  papers -> printed references
styles    corrections where citeproc-py does not follow the Citation Style Language
"""
