"""Format references in the styles of journals with citeproc-py, which `pip install 'pubcli[cite]'` installs.

citation       papers -> printed references
year_suffixes  adds letters to years: 2001a, 2001b
installed      the names of the installed styles
styles         classes that replace those of citeproc-py where it does not follow the Citation Style Language
"""
