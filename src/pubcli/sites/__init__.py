"""Pages of web sites, as their text is copied from a browser: one package for each site that can be read.

paperfeed  the profile page of a paper feed over arXiv
"""
