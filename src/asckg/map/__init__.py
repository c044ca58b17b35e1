"""Maps: a query's answer as nodes and edges with positions, drawn and exported in one visual language."""
