"""救济: every proceeding, by what ends next in it."""
