FOR I = 1 TO 3
  > I
WHILE I < 3
  > I
