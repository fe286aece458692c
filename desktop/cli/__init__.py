"""The laptop from a terminal: what the screens do, for unattended use, for support on the phone and for measuring.

`program` holds the list of commands and loads only the one that was asked for; each command is one file here.
"""
