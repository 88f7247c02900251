"""Words, colours, tables, pictures, downloads."""
