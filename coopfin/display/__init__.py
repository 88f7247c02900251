"""What is said and drawn of a comparison, as strings: words, colours, the sentence, the picture, the table."""
