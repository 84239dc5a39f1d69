"""A press release, a web page or a Word file → the draft of a note (``saig import``)."""
