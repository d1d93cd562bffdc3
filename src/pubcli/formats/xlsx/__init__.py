"""Write workbooks of Excel (Office Open XML).

Modules:
write   an answer -> the bytes of a workbook with one sheet
"""
