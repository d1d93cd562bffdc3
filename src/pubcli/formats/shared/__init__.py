"""Parts that several formats share.

collect        turn what readers yield into validated records; only this module does that
leftovers      the fields of a record that a reader has not used yet
kinds          kinds of publications, and the types that formats have for them
crosswalk      the names, in each format, of fields that a paper does not have
theses         degrees, and the names of theses in each format
export         values of papers as writers need them
notes          fields from notes, identifiers, dates and addresses, as readers need them
lines, json_stream, xml_stream   split files into pieces with line numbers
"""
