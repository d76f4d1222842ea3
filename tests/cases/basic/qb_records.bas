OPTION DIALECT QB
DECLARE SUB Bump (N%, S$)
DECLARE FUNCTION Fact& (N%)
TYPE Point
  X AS INTEGER
  Y AS SINGLE
  Nm AS STRING * 5
END TYPE
DIM P AS Point, Q(1 TO 3) AS Point
DIM SHARED Total AS LONG
CONST Max = 3
P.X = 7: P.Y = 1.5: P.Nm = "abcdefg"
PRINT P.X; P.Y; "["; P.Nm; "]"
FOR I% = 1 TO Max
  Q(I%).X = I% * 10
  Q(I%).Nm = "n" + LTRIM$(STR$(I%))
NEXT I%
Q(2) = P
PRINT Q(1).X; Q(2).X; Q(3).X; "["; Q(3).Nm; "]"
A% = 5: B$ = "x"
Bump A%, B$
PRINT A%; B$
Bump Q(1).X, B$
PRINT Q(1).X
CALL Bump((A%), B$)
PRINT A%; Total
PRINT Fact&(10)
SELECT CASE A%
CASE 1 TO 5: PRINT "low"
CASE 6, 7: PRINT "six"
CASE IS > 7: PRINT "high"
END SELECT
DO
  K = K + 1
  IF K = 2 THEN EXIT DO
LOOP WHILE K < 10
PRINT K
DIM D(2, 1 TO 3)
D(1, 2) = 4.5
PRINT D(1, 2); LBOUND(D, 2); UBOUND(D, 2)
ShowArr Q()
REDIM R(2) AS INTEGER
R(2) = 9
REDIM PRESERVE R(4) AS INTEGER
PRINT R(2); UBOUND(R)
PRINT USING "##.##"; 3.14159
SWAP Q(1), Q(2)
PRINT Q(1).X
W$ = "hello": MID$(W$, 2, 3) = "EYX": PRINT W$
PRINT UCASE$("abc"); INSTR("hello", "l"); LEN(P)
PRINT 7 / 2; 7 \ 2; 5 MOD 3; -7 \ 2; 2 ^ .5
PRINT 32767 + 1
END
SUB Bump (N%, S$)
  N% = N% + 1
  S$ = S$ + "!"
  Total = Total + 1
END SUB
FUNCTION Fact& (N%)
  IF N% < 2 THEN
    Fact& = 1
  ELSE
    Fact& = N% * Fact&(N% - 1)
  END IF
END FUNCTION
SUB ShowArr (A() AS Point)
  FOR J = LBOUND(A) TO UBOUND(A)
    PRINT A(J).X;
  NEXT
  PRINT
END SUB
