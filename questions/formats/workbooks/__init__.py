"""XLSX workbooks, on openpyxl, which reads with defusedxml."""
