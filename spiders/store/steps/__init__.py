"""The steps that lead to the tables of the store, a file each; `schema` takes them.

A step once released is never changed: add another.
"""

from __future__ import annotations

from spiders.store.steps import first, fourth, second, third

STEPS: tuple[tuple[str, ...], ...] = (first.STEP, second.STEP, third.STEP, fourth.STEP)
