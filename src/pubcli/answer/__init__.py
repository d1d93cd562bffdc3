"""Answers: rows with named fields, before anything decides how they look.

answer  rows with their fields and kind, and hints for displaying them
rows    the type of each kind of rows
values  a value as text, and back
marks   which values are uncertain, and the mark that shows it
"""
