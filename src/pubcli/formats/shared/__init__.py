"""Parts that several formats share.

collect        turns what readers yield into validated records; only this module does that
leftovers      holds the fields of a record that a reader has not used yet
kinds          maps each kind of paper to its type in every format
crosswalk      translates the names of fields that `Paper` does not have, such as editor
theses         finds the degree of a thesis, and names the degree in each format
export         converts values of papers to the form that writers need
notes          extracts fields of papers from notes, identifiers, dates and addresses
lines, json_stream, xml_stream   split files into pieces with line numbers
html_page      parses HTML; only this module imports the parser
scratch        temporary files for libraries that write only files
visible_text   the lines of text that a browser shows of HTML
"""
