"""Ask questions of the plain text of a publication profile page."""

__version__ = "0.1.0"
