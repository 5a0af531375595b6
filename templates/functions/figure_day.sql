SELECT as_of()
