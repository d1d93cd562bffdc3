"""Rows with named fields: what every question returns, before anything decides how it looks.

answer  rows, their fields, and hints for displaying them
values  a value as text, and back
marks   what is uncertain about a value, and the mark that shows it
"""
