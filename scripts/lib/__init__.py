"""The parts behind `make run` and `make test`: one duty per file, standard library only."""
