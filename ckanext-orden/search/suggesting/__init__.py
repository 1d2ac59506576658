"""What somebody may mean who is typing."""
