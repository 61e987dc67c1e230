"""A stage on which customers walk through a definition: real pages, a real biller, a bank that moves no money.

What is said on it are sentences in the customer's words, one file for each behaviour.
"""
