' Twin of mandelbrot.c.
CONST SIDE = 40
CONST MOST = 60
DIM INSIDE AS INTEGER, TOTAL AS INTEGER, PX AS INTEGER, PY AS INTEGER, N AS INTEGER
DIM CX#, CY#, X#, Y#, NEXTX#
FOR PY = 0 TO SIDE - 1
  FOR PX = 0 TO SIDE - 1
    CX# = -2.0 + (3.0 * PX) / SIDE
    CY# = -1.5 + (3.0 * PY) / SIDE
    X# = 0.0
    Y# = 0.0
    N = 0
    DO WHILE N < MOST
      IF (X# * X#) + (Y# * Y#) >= 4.0 THEN EXIT DO
      NEXTX# = ((X# * X#) - (Y# * Y#)) + CX#
      Y# = ((2.0 * X#) * Y#) + CY#
      X# = NEXTX#
      N = N + 1
    LOOP
    IF N = MOST THEN INSIDE = INSIDE + 1
    TOTAL = TOTAL + N
  NEXT
NEXT
> INSIDE * 100000 + TOTAL
