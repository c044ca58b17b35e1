"""What keeps queries from reaching other machines."""
