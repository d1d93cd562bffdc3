"""Parts that several formats share.

collect        turn what readers yield into validated records; only this module does that
leftovers      the fields of a record that a reader has not used yet
kinds          kinds of publications, and the types that formats have for them
crosswalk      the names that each format has for fields that papers in pubcli lack, such as editor
theses         the degrees of theses, and their names in each format
export         values of papers in the form that writers need
notes          fields that readers extract from notes, identifiers, dates and addresses
lines, json_stream, xml_stream   split files into pieces with line numbers
"""
