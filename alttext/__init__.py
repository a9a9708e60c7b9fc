"""Decided alt texts for the pages of a Django project: a middleware, a template tag and a filter.

The texts come from a Captioner, over its API or in the same project. Nothing else of this repository is needed, and
nothing here knows it. See docs/serving.md.
"""
