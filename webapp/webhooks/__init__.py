"""Webhooks: programs of a site are told what happened there, by signed requests to addresses that its owners gave.

What is to be told is written in the transaction of what happened (``tell``), so nothing is lost, and nothing is told
that was rolled back. The fetch worker takes what is due (``claim``), hands it over (``send``) and writes what came of
it (``settle``). A receiver may get a delivery twice, and in another order.
"""
