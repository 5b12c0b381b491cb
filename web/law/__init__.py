"""The law as the engine knows it: statutes, figures and their sources, settings, the tariff."""
