"""Exports: the graph in the formats of other programs, each complete or not made."""

from asckg.export.form import FORMS, Form, Order, export

__all__ = ["FORMS", "Form", "Order", "export"]
