"""The pages as a part of the installation: where they are served, by what certificate."""
