"""Audits: pages that somebody handed over, fetched and looked at by a worker, and what is to be done on them."""
