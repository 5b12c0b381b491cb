"""The command line: one command per act, lists, and what runs the office.

`app` builds and runs · `command` declares · `words` speaks · `show` prints · `fail` says no ·
`act_table` which command does which act. Texts are in `texts/*/cli.toml`; nothing here decides.
"""
