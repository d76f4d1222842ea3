REM MID$'s operands are worked out in their order, before the call changes A
A = 10
S$ = "Zz"
SUB CHANGE$ N
  A = N
  RETURN "a"
END SUB
MID$(S$, 2, A - 9) = CHANGE$(0)
> S$
> A
