' Writes readings into a file, and reads them back for their mean.
OPEN "/log.txt" FOR OUTPUT AS #1
FOR I = 1 TO 8
  PRINT #1, 20 + I * I MOD 7
NEXT
CLOSE #1
OPEN "/log.txt" FOR INPUT AS #1
N = 0
SUM = 0
WHILE NOT EOF(1)
  INPUT #1, V
  SUM = SUM + V
  N = N + 1
WEND
CLOSE #1
MEAN# = SUM
MEAN# = MEAN# / N
FORMAT "% readings, mean &", N, MEAN#
KILL "/log.txt"
