' Primes below 1000 by the sieve of Eratosthenes. The array is static and lies in fast memory.
DIM S(1000)
LIMIT_ = 1000
FOR I = 2 TO LIMIT_
  S(I) = 1
NEXT
FOR I = 2 TO 31
  IF S(I) THEN
    FOR J = I * I TO LIMIT_ STEP I
      S(J) = 0
    NEXT
  END IF
NEXT
COUNT = 0
FOR I = 2 TO LIMIT_
  COUNT = COUNT + S(I)
NEXT
FORMAT "% primes below %", COUNT, LIMIT_
