"""Build and keep a lake: papers and an inverted index in Parquet files, for collections too large for one database.

`tables` has the columns of the files, and `manifest` lists the files of a lake. Only this package and the modules that
ask a lake import DuckDB.
"""
