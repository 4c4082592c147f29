"""
Papers people hand in and papers they are given.

PostgreSQL is the only store: a paper is written in the transaction that uses it, is never
without its row nor a row without its paper, and is saved with every backup and replica. Content
lies in a table of its own, out of line and uncompressed, so that lists never touch it; at
20 MB a file and a few files a dossier this holds for a province. A national archive would put an
object store behind ``content_for_room``, the one door through which content is read.
"""
