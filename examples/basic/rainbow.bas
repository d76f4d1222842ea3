' A rainbow that walks once around the LEDs of channel 1, one step in 20 ms.
N = GETMAXLED()
IF N < 1 THEN
  > "no LEDs"
  BYE
END IF
DIM R(N)
DIM G(N)
DIM B(N)

SUB WHEEL POS
  ' A color of the wheel: three ramps of 85 steps.
  LOCAL P
  P = POS MOD 255
  IF P < 85 THEN RETURN (255 - P * 3) * 65536 + P * 3 * 256
  IF P < 170 THEN
    P = P - 85
    RETURN (255 - P * 3) * 256 + P * 3
  END IF
  P = P - 170
  RETURN P * 3 * 65536 + 255 - P * 3
END SUB

FOR STEP_ = 0 TO 254 STEP 15
  FOR I = 1 TO N
    C = WHEEL(I * 255 \ N + STEP_)
    R(I) = C \ 65536
    G(I) = C \ 256 AND 255
    B(I) = C AND 255
  NEXT
  SETLEDRGB(R, G, B)
  WAIT(20)
NEXT
SETLEDCOL(0, 0, 0)
FORMAT "rainbow over % LEDs", N
