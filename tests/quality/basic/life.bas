' Twin of life.c, with a grid of integers.
OPTION BASE 0
DIM G(1, 33, 49) AS INTEGER
DIM X AS INTEGER, Y AS INTEGER, N AS INTEGER, FROM_ AS INTEGER, TO_ AS INTEGER
DIM SEED AS INTEGER, ALIVE AS INTEGER, GENERATION AS INTEGER
SEED = 99
FOR Y = 1 TO 32
  FOR X = 1 TO 48
    SEED = (SEED * 1664525) + 1013904223
    ' The top two bits are clear.
    IF SEED >= 0 AND SEED < 1073741824 THEN G(0, Y, X) = 1 ELSE G(0, Y, X) = 0
  NEXT
NEXT
FOR GENERATION = 0 TO 19
  FROM_ = GENERATION AND 1
  TO_ = 1 - FROM_
  FOR Y = 1 TO 32
    FOR X = 1 TO 48
      N = G(FROM_, Y - 1, X - 1) + G(FROM_, Y - 1, X) + G(FROM_, Y - 1, X + 1) + G(FROM_, Y, X - 1) + G(FROM_, Y, X + 1) + G(FROM_, Y + 1, X - 1) + G(FROM_, Y + 1, X) + G(FROM_, Y + 1, X + 1)
      IF N = 3 THEN
        G(TO_, Y, X) = 1
      ELSEIF N = 2 THEN
        G(TO_, Y, X) = G(FROM_, Y, X)
      ELSE
        G(TO_, Y, X) = 0
      END IF
    NEXT
  NEXT
NEXT
ALIVE = 0
FOR Y = 1 TO 32
  FOR X = 1 TO 48
    ALIVE = ALIVE + (G(0, Y, X) * (X + Y))
  NEXT
NEXT
> ALIVE
