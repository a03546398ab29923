"""Training of the reader that ships with the project: `python -m qa.training --help`."""
