"""What is computed: pure functions on an edition, no screen, no SQL text."""
