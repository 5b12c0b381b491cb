"""Part 5: an invented county with six organs and about two hundred cases around today, in every
state, lived by the rules alone and entered into the register as if they had been lived here.

    words.py         the county as it is written down: people, words, plans (starter/data)
    days.py          the cases to come, and when each step of their plans was done
    people.py        who does it
    county_case.py   a case while it is lived
    facts.py         what a step says
    life.py          a case lived to this moment
    paper.py         small files, made here
    filing.py        cases into the register
    look.py          how the county stands
"""
