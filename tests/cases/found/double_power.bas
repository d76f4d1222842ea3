'$DIALECT: 'QB'
' Powers of doubles were singles, STATIC arrays were cleared by each call, and records of a file
' all lay at its beginning.
PRINT 2# ^ .5#
Count: Count: Count
PRINT
OPEN "/r" FOR RANDOM AS #1 LEN = 2
FOR I% = 1 TO 3: PUT #1, I%, I%: NEXT
GET #1, 2, J%
PRINT J%; LOF(1)
SUB Count
  STATIC A(2) AS INTEGER
  A(1) = A(1) + 1
  PRINT A(1);
END SUB
