"""
Red tape: what a pack asks that it need not ask, named with its place, its weight and its cure.

Pure: a pack goes in, findings come out. A false accusation costs more than a miss, so every check
recognises only what it is sure of; `docs/redtape.md` says how.
"""
