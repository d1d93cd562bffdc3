"""Read text that was copied from web pages in a browser: one package for each supported site.

paperfeed  the profile page of a site that shows arXiv papers as a feed
"""
