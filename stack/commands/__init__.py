"""The commands, one module each: `arguments` declares, `main` does and returns the exit code."""
