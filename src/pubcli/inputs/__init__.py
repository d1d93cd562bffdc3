"""Read bytes from files, folders, globs, standard input, the clipboard and the sample page.

selection  find the files that a user names: files, folders, globs
sources    read the bytes of an input, and determine its as-of date
clipboard  read the clipboard with a command of the system
encoding   return an error with advice for bytes that are not the text of a page
recoding   convert text in other encodings to UTF-8
"""
