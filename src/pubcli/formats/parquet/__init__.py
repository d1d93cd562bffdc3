"""Write Apache Parquet, the columnar format of data frames and lakes. DuckDB writes it, from lines of JSON.

Modules:
write   an answer -> the bytes of a Parquet file
"""
