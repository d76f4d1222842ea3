' Counts the words of a text, with strings that are made and dropped a thousand times.
T$ = "the quick brown fox jumps over the lazy dog and the dog sleeps"
DIM W$(20)
DIM C(20)
KINDS = 0

SUB COUNTED WORD$
  LOCAL I
  FOR I = 1 TO KINDS
    IF W$(I) = WORD$ THEN
      C(I) = C(I) + 1
      RETURN
    END IF
  NEXT
  KINDS = KINDS + 1
  W$(KINDS) = WORD$
  C(KINDS) = 1
END SUB

FOR ROUND_ = 1 TO 100
  REST$ = T$ + " "
  DO
    P = INSTR(REST$, " ")
    IF P = 0 THEN EXIT DO
    COUNTED LEFT$(REST$, P - 1)
    REST$ = MID$(REST$, P + 1)
  LOOP
NEXT
FOR I = 1 TO KINDS
  IF C(I) > 100 THEN FORMAT "$: %", W$(I), C(I)
NEXT
FORMAT "% different words", KINDS
