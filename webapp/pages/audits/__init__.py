"""Audits in the browser: a page is handed over, its report read, its pictures described, and the result taken away."""
