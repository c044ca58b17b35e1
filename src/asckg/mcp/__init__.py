"""The graph for language-model clients: search, open, ask and cite, over the Model Context Protocol."""
