"""The commands of `payung`."""
