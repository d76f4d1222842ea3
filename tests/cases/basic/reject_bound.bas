DIM A(10)
A(0) = 1
