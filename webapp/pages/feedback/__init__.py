"""Pages for the readers of a site, and what its reviewers do with what readers say."""
