"""Small building blocks of a page: a figure, a table, a card."""
