"""The product against the machine, in its own processes: commands, the demonstration, real figures, kills."""
