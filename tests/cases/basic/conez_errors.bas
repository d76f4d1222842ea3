ON ERROR GOTO HANDLER
X = 0
> 10 / X
> "after"
FAILS 3
> "end"
GOSUB SUBR
ON 2 GOTO L1, L2
L1: > "l1"
L2: > "l2"
PRINT 1; -2; 3.5, "z"
DIM A$(3)
A$(1) = "p" + "q"
REDIM B(2)
B(1) = 5
REDIM PRESERVE B(4)
> B(1)
FOR I = 1 TO 3
  IF I = 2 THEN CONTINUE FOR
  > I
NEXT
DO WHILE I < 6
  I = I + 1
LOOP
> I
T& = 9999999999
FORMAT "% & $ %", 1, 2.5, "s", T&
BYE
HANDLER:
FORMAT "error % in line %", ERR, ERL
RESUME NEXT
SUBR:
> "sub"
RETURN
SUB FAILS N
  DIM Z(2)
  N = N \ (N - 3)
END SUB
