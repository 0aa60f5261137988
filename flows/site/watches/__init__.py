"""Watches: named questions of a home that every run asks again, and that tell what is new."""
