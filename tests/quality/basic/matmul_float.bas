' Twin of matmul_float.c.
OPTION BASE 0
CONST N = 48
DIM A#(2303), B#(2303), C#(2303)
DIM I AS INTEGER, J AS INTEGER, K AS INTEGER, SUM#
FOR I = 0 TO N * N - 1
  A#(I) = (I MOD 17) * 0.25
  B#(I) = (I MOD 13) - 6.0
NEXT
FOR I = 0 TO N - 1
  FOR J = 0 TO N - 1
    SUM# = 0.0
    FOR K = 0 TO N - 1
      SUM# = SUM# + A#(I * N + K) * B#(K * N + J)
    NEXT
    C#(I * N + J) = SUM#
  NEXT
NEXT
SUM# = 0.0
FOR I = 0 TO N * N - 1
  SUM# = SUM# + C#(I)
NEXT
> INT(SUM#)
