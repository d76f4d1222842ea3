' A LOCAL without a value begins with the outer one, so it has that one's type.
A = 7
B = 3
X# = 0.75
SUB T Q
  LOCAL B
  B = X# + X#
  > B
  A = B
END SUB
SUB U Q
  LOCAL C
  C = X# + X#
  > C
END SUB
SUB V Q
  LOCAL B
  SWAP A, B
  > A
  > B
END SUB
T 1
U 1
V 1
> B
> A
