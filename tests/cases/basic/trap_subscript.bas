DIM A(5)
FOR I = 1 TO 9
  A(I) = I
NEXT
