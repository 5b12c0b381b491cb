"""Documents shown as images of their pages, drawn behind walls."""
