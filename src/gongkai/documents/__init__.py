"""Files in, files out: readers turn any format into blocks and then into a report, writers turn a report into files."""
