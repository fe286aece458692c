"""The small parts screens are made of: each knows the theme it is given and nothing about officers."""
