"""The program that draws pages of one document. It runs behind walls, knows nothing of the house
and trusts nothing it reads."""
