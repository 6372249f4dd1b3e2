"""The registry of formats: one row each. A format takes entries and gives bytes."""
