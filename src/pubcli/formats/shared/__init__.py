"""What several formats need.

collect      what readers return -> validated records: the only place where that happens
kinds        the types of publications, and what each format calls them
crosswalk    the names that formats have for fields beyond those of a paper
theses       degrees, and what formats call a thesis
export       values of a paper as writers need them
notes        what pubcli itself writes into notes, and reads from them
lines, json_stream, xml_stream   files -> numbered pieces, without holding a file as a whole
"""
