"""What readers of a site say of its texts: a public page for a picture, and reports that reach its reviewers."""
