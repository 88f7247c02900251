"""The command line: what each command takes and gives, how options are read, and where the text goes."""
