"""What the product costs, measured against the obvious way of doing the same: `python -m tests.bench --list`.

Nothing here asserts a time; every comparison first asserts that both sides give equal numbers.
"""
