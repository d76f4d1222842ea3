' Every kind of loop.
FOR I = 1 TO 3 : > I : NEXT
FOR I = 3 TO 1 STEP -1
  > I
NEXT I
FOR I = 5 TO 4
  > 99
NEXT
FOR X# = 0 TO 1 STEP 0.5
  > X#
NEXT
FOR I = 1 TO 2
  FOR J = 1 TO 2
    FORMAT "% %", I, J
  NEXT
NEXT
N = 0
WHILE N < 3
  N = N + 1
WEND
> N
DO WHILE N > 0
  N = N - 1
LOOP
> N
DO UNTIL N = 2
  N = N + 1
LOOP
> N
DO
  N = N * 2
LOOP WHILE N < 10
> N
DO
  N = N - 5
LOOP UNTIL N < 0
> N
DO
  N = N + 1
  IF N = 5 THEN EXIT DO
LOOP
> N
FOR I = 1 TO 10
  IF I = 4 THEN EXIT FOR
NEXT
> I
