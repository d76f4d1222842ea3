'$DIALECT: 'QB'
' The Mandelbrot set in characters.
DEFSNG A-Z
CONST Shades$ = " .:-=+*#%@"
FOR Y = -12 TO 12
  FOR X = -39 TO 39
    CA = X * .0458
    CB = Y * .08333
    A = CA
    B = CB
    N% = 0
    DO
      T = A * A - B * B + CA
      B = 2 * A * B + CB
      A = T
      N% = N% + 1
    LOOP UNTIL A * A + B * B > 4 OR N% = 27
    PRINT MID$(Shades$, N% \ 3 + 1, 1);
  NEXT X
  PRINT
NEXT Y
