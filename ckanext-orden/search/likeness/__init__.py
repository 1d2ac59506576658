"""Datasets like another one, and those that may be one."""
