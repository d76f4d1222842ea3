' run: dialect=qb
' SEEK and LOC count records, bytes and blocks; EOF comes with a read behind the end.
ON ERROR GOTO oops
OPEN "rec.dat" FOR RANDOM AS #1 LEN = 4
FOR i% = 1 TO 3: PUT #1, i%, i%: NEXT
PRINT LOC(1); SEEK(1); LOF(1); EOF(1)
SEEK #1, 2: GET #1, , x%: PRINT x%; LOC(1); SEEK(1)
CLOSE #1
OPEN "rec.dat" FOR RANDOM AS #1 LEN = 2
KILL "rec.dat"
DO: GET #1, , x%: IF EOF(1) THEN EXIT DO
n% = n% + 1: LOOP
PRINT n%; x%; LOC(1); LOF(1)
GET #1, 0, x%
PUT #1, 8, x%: PRINT LOF(1); EOF(1)
CLOSE
OPEN "bin.dat" FOR BINARY AS #1
a$ = "hello": PUT #1, , a$: a$ = "you": PUT #1, 7, a$
PRINT LOC(1); SEEK(1); LOF(1)
b$ = SPACE$(4): GET #1, 1, b$: PRINT b$; LEN(b$); LOC(1)
SEEK #1, 1
DO UNTIL EOF(1): c$ = c$ + INPUT$(1, 1): LOOP
PRINT "["; c$; "]"
CLOSE
OPEN "bin.dat" FOR OUTPUT AS #1
OPEN "bin.dat" FOR OUTPUT AS #2
PRINT #1, STRING$(300, "x");
PRINT LOC(1); SEEK(1)
GET #1, 1, x%
CLOSE
NAME "bin.dat" AS "rec.dat"
NAME "none.dat" AS "other.dat"
OPEN "q" FOR OUTPUT AS #1: PRINT #1, CHR$(34); "ab"; CHR$(34); "cd,ef": CLOSE
OPEN "q" FOR INPUT AS #1: INPUT #1, a$, b$, c$: PRINT a$; "/"; b$; "/"; c$: RESET
PRINT EOF(1)
KILL "q"
END
oops: PRINT "error"; ERR: RESUME NEXT
