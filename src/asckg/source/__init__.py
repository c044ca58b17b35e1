"""A copy of a source document, read into sections, paragraphs and sentences that the graph points to."""
