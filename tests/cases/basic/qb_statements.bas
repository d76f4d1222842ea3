' run: stdin=hello\sthere\n5,abc\n
' $DIALECT: 'qb'
DEFINT A-Z
DIM SHARED G
DIM A(10)
A(0) = 5
PRINT A(0); 10 / 4; 7 \ 2
FOR I = 1 TO 3: PRINT I; : NEXT I
PRINT
F! = 2.5
PRINT CINT(F!); CINT(3.5); INT(-2.5); FIX(-2.5)
PRINT "a" + "b"; LEN("abc"); CHR$(65); ASC("B")
LINE INPUT "line? "; L$
PRINT "["; L$; "]"
INPUT "two: ", N, S$
PRINT N; S$
ON ERROR GOTO Oops
PRINT 1 / 0
PRINT "resumed"
ON ERROR GOTO 0
OPEN "/t.txt" FOR OUTPUT AS #1
PRINT #1, "one"; 2; "three"
WRITE #1, 4, "five,six", 7.5
CLOSE #1
OPEN "/t.txt" FOR INPUT AS #1
LINE INPUT #1, Z$
PRINT Z$
INPUT #1, P, Q$, R!
PRINT P; Q$; R!
PRINT EOF(1)
CLOSE
STATICTEST
STATICTEST
PRINT TestFn(3), FNdbl(4)
DEF FNdbl (N) = N * 2
GOTO skip
PRINT "not"
skip:
PRINT "done"
PRINT -5 MOD 3; 2 ^ 3 ^ 2; -2 ^ 2; NOT 1 = 2
WHILE K < 3
  K = K + 1
WEND
PRINT K
SELECT CASE "b"
CASE "a" TO "c": PRINT "ac"
END SELECT
IF K = 3 THEN
  PRINT "three"
ELSEIF K = 4 THEN
  PRINT "four"
ELSE
  PRINT "other"
END IF
END
Oops:
PRINT "error"; ERR
RESUME NEXT
SUB STATICTEST
  STATIC C
  C = C + 1
  PRINT "called"; C
END SUB
FUNCTION TestFn (N)
  TestFn = N * N
END FUNCTION
