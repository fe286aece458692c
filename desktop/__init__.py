"""The laptop: encrypted store, paper, background work and screens."""
