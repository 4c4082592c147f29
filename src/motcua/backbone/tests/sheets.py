"""What stands on a paper, read as a reader's eye does: only what is on the sheet."""

from pypdfium2 import PdfDocument


def letters_of(pdf: bytes) -> str:
    """Return the letters of a PDF without spaces; none of them is outside its page."""
    said = ""
    with PdfDocument(pdf) as made:
        for page in made:
            wide, high = page.get_size()
            words = page.get_textpage()
            for place in range(words.count_chars()):
                letter = words.get_text_range(place, 1)
                left, bottom, right, top = words.get_charbox(place)
                on_it = 0 <= left <= right <= wide and 0 <= bottom <= top <= high
                assert on_it or letter.isspace(), (letter, left, right, wide)
                said += letter
    return "".join(said.split())
