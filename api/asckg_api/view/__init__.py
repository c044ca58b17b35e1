"""What pages and maps share: addresses, rendering, and what they read of the graph."""
