"""What is printed: provisional certificates and lists."""
