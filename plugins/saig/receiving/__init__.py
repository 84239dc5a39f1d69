"""Handles pushes to a bare repository: checks them before they are accepted, publishes them after.

Commits are checked and built by separate processes, which run code of the repository. The code here
only writes the files of a commit to a folder, runs Saig on it, and reports to the pusher.
"""
