"""Fetching what a stranger's address names, without becoming that stranger's way into this network.

``Fetcher`` is the only door: ``get`` for pages and pictures, ``post`` for webhooks. ``PoliteFetcher`` stands before it
where many pages of one site are read: it heeds robots.txt and leaves time between requests. Nothing here knows Django
but ``from_settings``.

What an address can teach its giver: an address that is refused and one where nothing answers end in the same error with
the same words, so the answer is no map of this network. Time is not hidden. A refusal comes as soon as the name is
resolved and a closed port one journey later, so a patient stranger can tell "refused" from "silent". Since no packet
ever goes to a refused address, that tells how the name resolves here (which matters where a name server has private
names) and which ranges are refused, never whether anything listens there. Networks that the operator allows hide
nothing: whoever may hand over addresses can see which of their hosts and ports answer.
"""
