"""The table of faults as tests: a name begins with its row, `test_B7_…`."""
