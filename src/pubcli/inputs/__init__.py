"""Read bytes from files, folders, globs, standard input and the sample page.

sources   a name -> its bytes, with their as-of date
encoding  bytes that are not the text of a page -> an error with advice
"""
