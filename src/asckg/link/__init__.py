"""Linking: external tables matched to the graph, decisions kept, and both queried together."""
