"""Systems side by side: measured on the same photographs, in one table, with the curves of their training."""
