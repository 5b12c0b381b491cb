"""A second count of the law, day by day: slow, simple, and sharing no code with `domain/`.

days.py      which days are worked, by the notices
statutes.py  the figures of the reply clock, beside their articles
counting.py  one count: a walk from day 0
reply.py     the events of a request
answer.py    what `yishen due` would answer
periods.py   the named periods, in every version
whole.py     a whole case: reply, remedies, orders to reply anew
lives.py     whole cases at random
cases.py     questions at random
compare.py   the only module that knows the product: both answers to a question
shrink.py    the least question on which they differ
run.py       many questions from a seed
long.py      a million of them

What no text and no reading of the house settles is left out of the comparison
(`statutes.UnsettledError`).
"""
