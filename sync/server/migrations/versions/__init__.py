"""One file a step, numbered; a published step is never edited."""
