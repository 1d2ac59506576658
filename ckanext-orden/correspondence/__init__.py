"""What rooms share in which strangers and providers write to each other: forms, secret links, recipients, mails."""
