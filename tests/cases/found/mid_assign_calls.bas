' The function assigns to the string that MID$ changes: its text is the one that is changed.
S$ = "abc"
MID$(S$, 1, 1) = F$
PRINT S$
SUB F$
  S$ = "xyz"
  RETURN "Q"
END SUB
