' strings do not leak
A$ = ""
FOR I = 1 TO 2000
  B$ = "n" + STR$(I) + UPPER$("abc") + MID$("hello", 2, 3)
  A$ = LEFT$(B$, 3) + RIGHT$(B$, 2)
  IF B$ + "x" = "y" THEN > "never"
  SELECT CASE LOWER$(B$)
    CASE "a" + "b"
      > "no"
  END SELECT
  C$ = F$(B$)
NEXT
> A$
> C$
SUB F$ S$
  LOCAL T$
  T$ = S$ + "!"
  IF LEN(T$) > 1000 THEN RETURN "long"
  RETURN T$
END SUB
