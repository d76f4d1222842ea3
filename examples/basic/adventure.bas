'$DIALECT: 'QB'
' run: stdin=look\nnorth\ntake\ssword\nnorth\nsouth\nsouth\neast\nopen\nquit\n
' A text adventure of four rooms: north, south, east, west, look, take, inventory, quit.
DIM SHARED Room AS INTEGER, HaveLamp AS INTEGER, HaveSword AS INTEGER
DIM SHARED Title$(4), Exits$(4)
FOR I% = 1 TO 4
  READ Title$(I%), Exits$(I%)
NEXT
DATA a dark hall, N2E3, an armoury, S1, a library, W1N4, a treasure chamber, S3
Room = 1
Describe
DO
  LINE INPUT "> "; Order$
  Order$ = LCASE$(LTRIM$(RTRIM$(Order$)))
  PRINT Order$
  SELECT CASE Order$
  CASE "north", "south", "east", "west"
    Walk UCASE$(LEFT$(Order$, 1))
  CASE "look"
    Describe
  CASE "take sword"
    IF Room = 2 AND HaveSword = 0 THEN
      HaveSword = -1
      PRINT "You take the sword."
    ELSE
      PRINT "There is no sword here."
    END IF
  CASE "inventory"
    IF HaveSword THEN PRINT "A sword." ELSE PRINT "Nothing."
  CASE "quit", ""
    EXIT DO
  CASE ELSE
    PRINT "I do not know how to "; Order$; "."
  END SELECT
LOOP
PRINT "Farewell."
END

SUB Describe
  PRINT "You are in "; Title$(Room); "."
  IF Room = 2 AND NOT HaveSword THEN PRINT "A sword leans against the wall."
END SUB

SUB Walk (Direction$)
  At% = INSTR(Exits$(Room), Direction$)
  IF At% = 0 THEN
    PRINT "You cannot go there."
    EXIT SUB
  END IF
  Room = VAL(MID$(Exits$(Room), At% + 1, 1))
  Describe
END SUB
