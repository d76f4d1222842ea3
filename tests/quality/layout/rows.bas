' A map that is seldom looked at is declared first; the rows that are worked on do not all fit the window.
OPTION BASE 0
DIM MAP_(899) AS INTEGER
DIM SCORES(9) AS INTEGER
DIM ROW_(599) AS INTEGER, NEXTROW(599) AS INTEGER
DIM I AS INTEGER, TURN AS INTEGER, SUM AS INTEGER
FOR I = 0 TO 899
  MAP_(I) = (I * 37) MOD 101
NEXT
FOR I = 0 TO 599
  ROW_(I) = MAP_(I)
NEXT
FOR TURN = 0 TO 9
  FOR I = 1 TO 598
    NEXTROW(I) = ((ROW_(I - 1) + ROW_(I)) + ROW_(I + 1)) \ 3
  NEXT
  FOR I = 1 TO 598
    ROW_(I) = NEXTROW(I)
    SUM = SUM + ROW_(I)
  NEXT
  SCORES(TURN) = SUM
NEXT
> SCORES(9)
