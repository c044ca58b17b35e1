"""Search: the labels of the graph in one small index that forgives typing errors."""
