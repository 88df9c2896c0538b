"""The sub-commands of cakupan.py."""
