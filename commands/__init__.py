"""Sub-commands of the shell's door, one module each; cakupan.py puts them together."""
