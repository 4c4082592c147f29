"""
A bank to try payments with: a web site of its own, another process, another database.

``client`` is our side of it and the only part the portal imports; the rest is the bank, which
knows nothing of Django or of the portal's tables. They share a key and a message format only.
"""
