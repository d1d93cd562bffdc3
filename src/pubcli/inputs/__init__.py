"""Bytes that pubcli reads: files, folders, globs, standard input and the sample page.

sources   a name -> its bytes, with the day they were captured
encoding  which character encoding the bytes are in
"""
