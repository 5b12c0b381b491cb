"""What an office is told of its cases: lists, figures, papers, readings."""
