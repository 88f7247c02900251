"""What people write, read strictly: tables, numbers, files."""
