"""The editor's desk: what ``saig serve`` shows of the notes while they are written (decision
49)."""
