"""The parts of a running instance: what each one is, in one module each."""
