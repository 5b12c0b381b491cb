"""`yishen due`: due dates without engine or register, in bulk or one at a time.

fields.py    readers of JSON fields, each naming what is wrong with which
request.py   one request line -> the clock -> its answer
period.py    one period line -> its count
line.py      one line of input -> one answer, whatever the line holds
command.py   the command: batch on standard input, or one case by options
table.py     the answer for people
"""
