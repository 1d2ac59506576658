"""Inquiries: asked, confirmed, answered, agreed on, closed."""
