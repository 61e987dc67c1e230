"""What a merchant asks of us, without HTTP: the API and the verbs at the command line share it."""
