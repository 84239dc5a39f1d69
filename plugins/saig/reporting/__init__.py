"""The editors' report: what of the notes needs somebody, and by when (``saig report``)."""
