"""The keys of the cases: made, wrapped, used, destroyed; and the words and bytes they seal."""
