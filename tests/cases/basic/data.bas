DATA 1, 2.5, "three", -4
READ A
READ B#
READ C$
READ D
FORMAT "% & $ %", A, B#, C$, D
RESTORE
READ A
> A
