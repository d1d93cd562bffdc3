"""Answers: rows with named fields, independent of how they are displayed.

answer   rows with their fields and kind, and hints for displaying them
batches  divide rows into batches
derived  fields of papers that follow from others, such as the year
rows     the type of each kind of rows
values   convert values to text, and text back to values
marks    which values are uncertain, and the mark that shows it
"""
