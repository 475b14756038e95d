"""What the pages show, gathered from the store: one module for each kind of page, beside those that all of them share.

`asking` puts IRIs into queries and reads rows as text, `thing` is what is known of one IRI, `frame` what surrounds each
page (its address, its data, its citation), `encounters` and `evidence` are lists that many pages have, `drawing` turns
numbers and dates into the geometry of the SVG in the templates.
"""
