"""The files of a query: one file a format here, one row each in `registry.FORMATS`.

A format is a function that takes an `Extract` and gives the file's bytes, or pieces of them where a file may be of any
length.
"""
