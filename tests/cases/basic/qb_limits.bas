' run: dialect=qb
' Numbers and arguments that are too large or too small, and what takes any type.
ON ERROR GOTO oops
x& = 3000000000
PRINT CLNG(3000000000#)
x& = -2147483648: PRINT x&; &HFFFFFFFF; &HFFFF; 3000000000
PRINT INSTR(0, "a", "a"); INSTR(2, "aa", "a")
ERROR 0
ERROR 256
d# = 1: a$ = "x"
PRINT LEN(x&); LEN(x%); LEN(d#); FRE("") > 0; FRE(a$) > 0
PRINT VAL("&HFFFFF")
PSET (1, 2), 3
CIRCLE (1, 2), 3, , , 4
VIEW (1, 2)-(3, 4): PRINT "seen"
READ q$, p, r$: PRINT q$; p; r$
DATA &H-5, 7%, 7%%&
END
oops: PRINT "error"; ERR: RESUME NEXT
