SUB DIVIDE A, B
  > A / B
END SUB
DIVIDE 6, 3
DIVIDE 6, 0
> "not here"
