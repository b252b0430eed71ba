"""Feeling first, then the matter: what a reading of a turn says, and the one form in which texts are matched.

Plain texts in, frozen readings out; no network, no clock, no Django. The rules that fill the readings are not here yet.
"""
