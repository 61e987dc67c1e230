"""Theme × language × definition becomes pages.

What a merchant or a designer decided is HTML; what only a customer's request decides is a node.
"""
