FOR I = 0 TO 6
  SELECT CASE I
    CASE 0
      > "zero"
    CASE 1, 2
      > "few"
    CASE 3 TO 4
      > "some"
    CASE IS > 5
      > "lots"
    CASE ELSE
      > "five"
  END SELECT
NEXT
A$ = "b"
SELECT CASE A$
  CASE "a"
    > 1
  CASE "b", "c"
    > 2
END SELECT
IF A$ = "b" THEN
  > "then"
ELSEIF A$ = "c" THEN
  > "elseif"
ELSE
  > "else"
END IF
IF A$ = "x" THEN > 1 ELSE > 2
