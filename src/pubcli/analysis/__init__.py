"""Analyse the selected papers: counts, collaborations, networks, topics, and changes over time."""
