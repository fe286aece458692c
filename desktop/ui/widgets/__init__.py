"""Controls used on more than one screen."""
