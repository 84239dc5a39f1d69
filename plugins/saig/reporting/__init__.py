"""The editors' report: what of the notes needs somebody, and by when (contract §6, ``saig report``)."""
