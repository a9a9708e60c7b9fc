"""Training and evaluation: data sets, the feature cache, the loops and the metrics."""
