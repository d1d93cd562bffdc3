"""Numbers and networks as shapes, before a terminal, a page or a picture draws them."""
