"""How fast it is, measured beside a peer in the same run. Nothing in the test suite depends on these."""
