"""Procurement records of other systems, joined into projects and their payments."""
