"""Analyse the selected papers: their numbers, their authors, their topics, and changes over time."""
