' A constant that fits no integer is an error only where the program gets there.
A = 1
IF A = 2 THEN PRINT INT(0.5 + 2147483647)
PRINT "on"
