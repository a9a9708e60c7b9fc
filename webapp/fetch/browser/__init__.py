"""A page as a browser builds it, where Chromium is installed and the operator wants that.

Chromium never opens a connection. Every request that it makes is paused over its DevTools pipe and answered from
``webapp.fetch`` (``answers``), or refused; whatever might slip past that finds no name server and a dead proxy
(``chromium``). What is refused, and not only vetted: everything but GET, frames, media, WebSockets, workers, popups and
downloads. Pictures are answered with an empty one, since only their addresses are wanted.
"""
