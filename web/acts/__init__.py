"""What a person does in a case: a form for each act, what it would bring about, and its answer."""
