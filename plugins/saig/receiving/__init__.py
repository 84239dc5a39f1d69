"""What is pushed to a bare repository: checked before it is accepted, published after.

Each tree is checked and built by its own code, in processes of their own. What stands here only
lays it out, runs it, and tells the pusher.
"""
