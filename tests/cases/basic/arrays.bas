DIM A(5), B#(2, 3)
FOR I = 1 TO 5
  A(I) = I * I
NEXT
> A(1) + A(5)
> UBOUND(A)
> LBOUND(A)
FOR I = 1 TO 2
  FOR J = 1 TO 3
    B#(I, J) = I + J / 10.0
  NEXT
NEXT
> B#(2, 3)
> B#(1, 1)
N = 4
DIM C(N * 2)
C(8) = 7
> C(8) + C(1)
> UBOUND(C)
A(A(2)) = 50
> A(4)
SWAP A(1), A(5)
FORMAT "% %", A(1), A(5)
