' RETURN and PRINT of a comparison that begins with a parenthesis were taken for an assignment.
A = 2
L = 3
SUB BOTH
  RETURN (A OR L) = L
END SUB
> BOTH()
PRINT (A + 1) = L
