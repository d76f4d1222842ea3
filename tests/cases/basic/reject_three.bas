A = 1 +
B = 2
NOSUCHSUB 5
FOR I = 1 TO 3
  C$ = I
NEXT
> B
