"""The pages of sources: what the desk knows of an address, proposes for it, and found when it looked."""
