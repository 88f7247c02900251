"""The page to hand over: one file that opens without network and prints to one sheet of paper, two with the assumptions."""
