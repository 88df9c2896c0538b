"""The product against the machine: processes killed, several at once."""
