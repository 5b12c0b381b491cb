"""Papers: what the office hands out, as content, as HTML and as PDF.

evidence.py    the evidence sheet of one limit: its content, in codes and days, with its hash
words.py       the words and days of a paper in its language
page.py        content to HTML
pdf.py         HTML to PDF, every glyph there and every font embedded

Pure but for the templates of this room and the fonts of the machine; who asks keeps the bytes.
"""
