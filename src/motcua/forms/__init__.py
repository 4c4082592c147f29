"""What is asked of people: fields, pages, answers, and the language of conditions."""
