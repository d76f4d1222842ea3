' Twin of matmul_int.c.
OPTION BASE 0
CONST N = 48
DIM A(47, 47) AS INTEGER, B(47, 47) AS INTEGER, C(47, 47) AS INTEGER
DIM I AS INTEGER, J AS INTEGER, K AS INTEGER, SUM AS INTEGER, TRACE AS INTEGER
FOR I = 0 TO N - 1
  FOR J = 0 TO N - 1
    A(I, J) = I * 3 + J
    B(I, J) = I - J * 2
  NEXT
NEXT
FOR I = 0 TO N - 1
  FOR J = 0 TO N - 1
    SUM = 0
    FOR K = 0 TO N - 1
      SUM = SUM + A(I, K) * B(K, J)
    NEXT
    C(I, J) = SUM
  NEXT
NEXT
TRACE = 0
FOR I = 0 TO N - 1
  TRACE = TRACE + (C(I, I) XOR C(I, N - 1 - I))
NEXT
> TRACE
