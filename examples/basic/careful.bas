'$DIALECT: 'QB'
' Errors that the program catches: ON ERROR, RESUME NEXT, ERR and ERL.
ON ERROR GOTO Handler
DIM Table(5)
FOR I = 4 TO 7
  Table(I) = I
NEXT
PRINT 10 \ Zero%
OPEN "/nowhere.txt" FOR INPUT AS #1
PRINT "caught"; Count; "errors"
END
Handler:
Count = Count + 1
PRINT "error"; ERR
RESUME NEXT
