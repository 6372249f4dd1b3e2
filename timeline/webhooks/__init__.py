"""What webhooks are told: which changes, in which words. How they are sent is `tracker.webhooks`."""
