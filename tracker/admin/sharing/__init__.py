"""The pages of sharing: embeds under a name, webhooks, and what came of telling them."""
