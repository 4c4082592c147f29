"""
The language in which a pack asks about answers: small, typed, total. `docs/expressions.md`.

`reading` makes `nodes` of text, `checking` finds flaws by `types` and `functions`, `trees` makes
the typed tree that the page gets too, `evaluating` makes closures of it, `compiling` joins them.
"""
