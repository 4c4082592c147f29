"""
What lint finds in a pack, by subject; each check yields flaws with their place and their cure.

`schema` looks at the shape of the files and at words; the others only at packs of the right shape.
"""
