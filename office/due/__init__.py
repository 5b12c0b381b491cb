"""Due dates without engine or register: a line of JSON in, its answer out.

fields.py    readers of JSON fields, each naming what is wrong with which
request.py   one request line -> the clock
in_words.py  what it comes to -> the answer
period.py    one period line -> its count
line.py      one line of input -> one answer, whatever the line holds
"""
