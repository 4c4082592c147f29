"""
Draw one page of a PDF, in a process of its own: the PDF on stdin, a JPEG on stdout.

Run as a script, with nothing of the portal imported. PDFium is memory-safe only as far as its
authors have found; so a hostile file meets a process that holds no secret, may open no file for
writing, and is ended when it takes too much memory or time. Forms and scripts are not loaded.
"""

import resource
import sys
from io import BytesIO

import pypdfium2

LONGEST_SIDE = 1600
"""Pixels of the longer side of a page: enough to read small print on a form."""
MOST_SCALE = 4.0
MEMORY = 1_000_000_000
SECONDS = 10


def main(page: int) -> None:
    """Draw the page of that number, from 1 on; any failure ends the process with an error."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    drawn = document[page - 1]
    scale = min(LONGEST_SIDE / max(drawn.get_size()), MOST_SCALE)
    picture = drawn.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    made = BytesIO()
    picture.save(made, "JPEG", quality=82, progressive=True)
    sys.stdout.buffer.write(made.getvalue())


if __name__ == "__main__":
    main(int(sys.argv[1]))
