"""A hand at the desk: does what a person does on a page and counts it, so that a test can say how long it takes.

The seconds are those of the keystroke-level model (Card, Moran and Newell, 1980): 0.2 s a key, 1.1 s to point, 0.1 s to
click, 0.4 s to move the hand between mouse and keys, 1.35 s to think before a step. They are reckoned from what was
done, so the speed of the machine does not matter.
"""

import re

KEY, POINT, CLICK, HOME, THINK = 0.2, 1.1, 0.1, 0.4, 1.35
# To the other window, mark the passage by a drag, copy, back, paste.
COPIED = THINK + 2 * (POINT + CLICK) + POINT + 4 * (2 * KEY) + 2 * HOME


class Hand:
    """`seconds` is what the steps on the page would have cost a trained person; reading is not counted."""

    def __init__(self, page):
        self.page = page
        self.seconds = 0.0
        self.steps = 0

    def click(self, what) -> None:
        self._spend(THINK + POINT + CLICK)
        what.click()

    def type(self, field: str, words: str) -> None:
        """Into a field by its label or selector, by the keys."""
        self._spend(THINK + POINT + CLICK + HOME + len(words) * KEY)
        self.page.locator(field).press_sequentially(words)

    def paste(self, field: str, words: str) -> None:
        """A passage copied out of the press release."""
        self._spend(POINT + CLICK + COPIED)
        self.page.locator(field).fill(words)

    def select(self, field: str, value: str) -> None:
        self._spend(THINK + 2 * (POINT + CLICK))
        self.page.locator(field).select_option(value)

    def check(self, label: str) -> None:
        self._spend(POINT + CLICK)
        self.page.get_by_label(label, exact=True).check()

    def suggested(self, field: str, words: str) -> None:
        """The first suggestion for the words in a field that suggests."""
        self._spend(THINK + POINT + CLICK + HOME + (len(words) + 1) * KEY)
        self.page.locator(f"#{field} + .select2").click()
        self.page.locator(".select2-search__field").press_sequentially(words)
        found = self.page.locator(".select2-results__option--highlighted", has_text=re.compile(words, re.IGNORECASE))
        found.wait_for()
        self.page.keyboard.press("Enter")

    def keys(self, combination: str) -> None:
        self._spend(THINK + HOME + 2 * KEY)
        self.page.keyboard.press(combination)

    def _spend(self, seconds: float) -> None:
        self.steps += 1
        self.seconds += seconds
