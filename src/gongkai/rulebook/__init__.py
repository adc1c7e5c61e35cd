"""Law as data: every value dated and cited. A new place, or next year's form, goes here and nowhere else."""
