"""The pages: an event graph as one HTML file to browse."""

from kg.views.page import network_page, write_page

__all__ = ["network_page", "write_page"]
