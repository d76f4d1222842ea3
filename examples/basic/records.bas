'$DIALECT: 'QB'
' Records, a SUB that sorts them in place, and PRINT USING.
TYPE Planet
  Title AS STRING * 8
  Radius AS SINGLE
  Moons AS INTEGER
END TYPE
DECLARE SUB SortByRadius (P() AS Planet, N AS INTEGER)
CONST Count = 5
DIM Planets(1 TO Count) AS Planet
FOR I% = 1 TO Count
  READ Title$, Planets(I%).Radius, Planets(I%).Moons
  Planets(I%).Title = Title$
NEXT
SortByRadius Planets(), Count
FOR I% = 1 TO Count
  PRINT USING "\      \ #####.# km ### moons"; Planets(I%).Title; Planets(I%).Radius; Planets(I%).Moons
NEXT
DATA Earth, 6371, 1, Mars, 3389.5, 2, Jupiter, 69911, 95, Mercury, 2439.7, 0, Venus, 6051.8, 0
END

SUB SortByRadius (P() AS Planet, N AS INTEGER)
  DIM I AS INTEGER, J AS INTEGER
  FOR I = 1 TO N - 1
    FOR J = I + 1 TO N
      IF P(J).Radius < P(I).Radius THEN SWAP P(I), P(J)
    NEXT J
  NEXT I
END SUB
