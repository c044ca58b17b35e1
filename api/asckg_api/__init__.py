"""The HTTP layer: pages, maps and SPARQL over one graph."""
