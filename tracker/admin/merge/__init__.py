"""Two people at one page: what each saw and typed, what is merged, what is asked."""
