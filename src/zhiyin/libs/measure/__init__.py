"""How satisfied customers are, how sure that is, and what to improve first.

Plain arrays in, frozen results out: every estimate carries its interval and its n. Rows are respondents, columns
attributes, `nan` is a missing answer or "does not apply". Nothing here reads a clock, a file of settings or Django.

from zhiyin.libs.measure import index
index.satisfaction_index(importance, performance).index      # Estimate(value=81.3, low=79.9, high=82.7, n=412, …)
"""
