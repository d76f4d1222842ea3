' Blinks an LED on pin 5, three times.
CONST LED = 5
FOR I = 1 TO 3
  SETPIN LED
  WAIT 20
  CLEARPIN LED
  WAIT 20
  FORMAT "blink %", I
NEXT
