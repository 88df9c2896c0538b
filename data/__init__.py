"""What is kept: the ledger, the editions, and the way from a file into them."""
