"""A case: its facts, its state, and the rules that lead from one to the next.

`people` who acts · `facts` what can happen · `act` one command and one event · `state` where a
case stands · `table` who may do what when · `decide` and `evolve` · `tasks` what waits for whom.
"""
