' LOCAL: a number begins with the value that its caller sees, a string empty.
X = 7
S$ = "outer"
P
> X
PRINT S$
> FACT(5)
SUB P
  LOCAL X, S$
  > X
  > "[" + S$ + "]"
  X = 3
  S$ = "inner"
  Q
  > X
END SUB
SUB Q
  LOCAL X
  > X
  X = 9
END SUB
' Each call begins with the depth of the one before.
FUNCTION FACT(N)
  LOCAL D
  D = D + 1
  IF N < 2 THEN RETURN D * 1000 + 1
  RETURN N * FACT(N - 1) MOD 1000 + 1000 * D
END FUNCTION
