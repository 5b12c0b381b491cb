"""Papers: what the office hands out, as content, as HTML and as PDF.

sheet.py       the content of the evidence sheet, in codes and days, with its hash
evidence.py    from the proof of a limit to that content
words.py       the words and days of a paper in its language
page.py        content to HTML
pdf.py         HTML to PDF, every glyph there and every font embedded
tables.py      tables as CSV and XLSX

Pure but for the templates of this room and the fonts of the machine; who asks keeps the bytes.
"""
