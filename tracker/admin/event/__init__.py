"""What editors do with one event: its form with texts, rows and dates, and the list of events."""
