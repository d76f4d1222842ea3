'$DIALECT: 'QB'
' run: stdin=look\ntake\skey\nnorth\neast\neast\nlook\nwest\nwest\nnorth\ntake\slamp\ntake\skey\nsouth\ne\ne\nopen\schest\ntake\scrown\ninventory\nsing\nw\nw\ns\ndrop\scrown\n
' A text adventure. Bring the crown home: north, south, east, west (or n, s, e, w), look,
' take THING, drop THING, open THING, inventory, quit.
CONST Places = 5, Things = 4, Carried = -1, Hidden = 0
CONST Garden = 1, Cellar = 5, Lamp = 1, KeyRing = 2, Chest = 3, Crown = 4
TYPE Place
  Title AS STRING * 16
  North AS INTEGER
  South AS INTEGER
  East AS INTEGER
  West AS INTEGER
END TYPE
TYPE Thing
  Title AS STRING * 8
  At AS INTEGER
END TYPE
DIM SHARED Map(1 TO Places) AS Place, Item(1 TO Things) AS Thing
DIM SHARED Here AS INTEGER

FOR I% = 1 TO Places
  READ Title$, Map(I%).North, Map(I%).South, Map(I%).East, Map(I%).West
  Map(I%).Title = Title$
NEXT
FOR I% = 1 TO Things
  READ Title$, Item(I%).At
  Item(I%).Title = Title$
NEXT
DATA the garden, 2, 0, 0, 0, the hall, 3, 1, 4, 0, the kitchen, 0, 2, 0, 0
DATA the library, 0, 0, 5, 2, the cellar, 0, 0, 0, 4
DATA lamp, 3, key, 1, chest, 5, crown, 0

Here = Garden
Describe
DO
  LINE INPUT "> "; Order$
  Order$ = LCASE$(LTRIM$(RTRIM$(Order$)))
  Blank% = INSTR(Order$ + " ", " ")
  Noun$ = LTRIM$(MID$(Order$, Blank% + 1))
  Orders% = Orders% + 1
  SELECT CASE LEFT$(Order$, Blank% - 1)
  CASE "n", "north"
    Walk Map(Here).North
  CASE "s", "south"
    Walk Map(Here).South
  CASE "e", "east"
    Walk Map(Here).East
  CASE "w", "west"
    Walk Map(Here).West
  CASE "look"
    Describe
  CASE "take"
    Move Noun$, Here, Carried
  CASE "drop"
    Move Noun$, Carried, Here
  CASE "open"
    Unlock Noun$
  CASE "inventory"
    PRINT "You carry:"; Contents$(Carried)
  CASE "quit"
    EXIT DO
  CASE ELSE
    PRINT "I do not know how to "; Order$; "."
  END SELECT
LOOP UNTIL Item(Crown).At = Garden
IF Item(Crown).At = Garden THEN PRINT "The crown is home, after"; Orders%; "orders. Well done!"
END

SUB Describe
  PRINT "You are in "; RTRIM$(Map(Here).Title); "."
  IF Dark% THEN
    PRINT "It is too dark to see anything."
  ELSEIF Contents$(Here) <> " nothing" THEN
    PRINT "Here is:"; Contents$(Here)
  END IF
END SUB

SUB Walk (Target%)
  IF Target% = 0 THEN
    PRINT "You cannot go there."
  ELSE
    Here = Target%
    Describe
  END IF
END SUB

SUB Move (Noun$, Source%, Target%)
  N% = Find%(Noun$, Source%)
  IF N% = 0 THEN
    PRINT "You see no "; Noun$; " that you could have."
  ELSEIF N% = Chest THEN
    PRINT "The chest is too heavy."
  ELSE
    Item(N%).At = Target%
    PRINT "Done."
  END IF
END SUB

SUB Unlock (Noun$)
  IF Find%(Noun$, Here) <> Chest THEN
    PRINT "That does not open."
  ELSEIF Item(KeyRing).At <> Carried THEN
    PRINT "It is locked, and you have no key."
  ELSEIF Item(Crown).At = Hidden THEN
    Item(Crown).At = Here
    PRINT "The lid creaks. There is a crown in the chest!"
  ELSE
    PRINT "It is open."
  END IF
END SUB

' The number of the thing with this name, if it is at that place and can be seen.
FUNCTION Find% (Noun$, Where%)
  FOR I% = 1 TO Things
    IF RTRIM$(Item(I%).Title) = Noun$ AND Item(I%).At = Where% THEN
      IF Where% = Carried OR NOT Dark% THEN Find% = I%
    END IF
  NEXT
END FUNCTION

' What is at this place, each behind a blank.
FUNCTION Contents$ (Where%)
  List$ = ""
  FOR I% = 1 TO Things
    IF Item(I%).At = Where% THEN List$ = List$ + " " + RTRIM$(Item(I%).Title)
  NEXT
  IF List$ = "" THEN List$ = " nothing"
  Contents$ = List$
END FUNCTION

FUNCTION Dark%
  Dark% = Here = Cellar AND Item(Lamp).At <> Carried AND Item(Lamp).At <> Here
END FUNCTION
