"""After the reply: which remedies are open and until when, and the limits of proceedings.

terms.py       the closed sets of words
organ.py       what is known of the organ
law.py         which court, which order, which periods: data in force by date
counting.py    one limit, with stops and the proof
paths.py       what is open to the applicant
proceeding.py  one reconsideration, suit or complaint as it stands
"""
