"""Read text that was copied from web pages in a browser: one package for each supported site.

paperfeed  the profile page of a paper feed over arXiv
"""
