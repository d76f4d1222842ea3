' The library: what the host lacks, in BASIC. A program gets only the procedures that it reaches.
'
' Its dialect: names are local, parameters are values, names without suffix are 32-bit integers,
' ! is a single, # a double, & 64 bits; `/` and INT truncate; a name that is nothing else is a host
' import. A procedure returns what RETURN says.

' --- Numbers as text ----------------------------------------------------------------------------

' `>`: %g, but whole numbers in full.
SUB LIB_SHOW! X!
  IF X! = FLOOR(X!) AND ABS(X!) < 1E15 THEN
    N& = X!
    PRINT_I64 N&
  ELSE
    PRINT_F32 X!
  END IF
END SUB

SUB LIB_SHOW# X#
  IF X# = TRUNC(X#) AND ABS(X#) < 1E15 THEN
    N& = X#
    PRINT_I64 N&
  ELSE
    PRINT_F64 X#
  END IF
END SUB

' PRINT: a blank or a minus, then the digits.
SUB LIB_TEXT32$ N
  IF N < 0 THEN RETURN BASIC_STR_FROM_INT$(N)
  RETURN " " + BASIC_STR_FROM_INT$(N)
END SUB

SUB LIB_TEXT64$ N&
  IF N& < 0 THEN RETURN BASIC_STR_FROM_I64$(N&)
  RETURN " " + BASIC_STR_FROM_I64$(N&)
END SUB

SUB LIB_TEXT7$ X!
  RETURN LIB_DIGITS$(LIB_SEVEN$(X!), 7, "E")
END SUB

SUB LIB_SEVEN$ X!
  D# = X!
  RETURN SPRINTF$("%.6e", D#)
END SUB

' Six digits; with an exponent there is always a point (ECMA-55 14.4).
SUB LIB_TEXT6$ X#
  RETURN LIB_DIGITS$(SPRINTF$("%.5e", X#), 6, "E")
END SUB

SUB LIB_TEXT16$ X#
  RETURN LIB_DIGITS$(LIB_SHORT$(X#), 16, "D")
END SUB

' Sixteen digits; the last is 0 when fifteen are enough to know the number.
SUB LIB_SHORT$ X#
  T$ = SPRINTF$("%.14e", X#)
  P = BASIC_STR_INSTR(T$, "e", 1)
  IF P = 0 THEN RETURN T$
  IF SCAN#(T$) = X# THEN RETURN LEFT$(T$, P - 1) + "0" + MID$(T$, P, 9)
  RETURN SPRINTF$("%.15e", X#)
END SUB

' T$ is [-]d.ddde[+-]xx with P digits.
SUB LIB_DIGITS$ T$, P, L$
  A = ADDRESS(T$)
  S$ = " "
  IF PEEK(A) = 45 THEN
    S$ = "-"
    A = A + 1
  END IF
  IF PEEK(A) > 57 THEN RETURN S$ + TEXTAT$(A)
  E = BASIC_STR_TO_INT(LIB_DECIMAL$(TEXTAT$(A + P + 2)))
  IF PEEK(A + P + 2) = 45 THEN E = -E
  M$ = TEXTAT$(A)
  M$ = LEFT$(M$, 1) + MID$(M$, 3, P - 1)
  N = P
  WHILE N > 1 AND BASIC_STR_ASC(MID$(M$, N, 1)) = 48
    N = N - 1
  WEND
  M$ = LEFT$(M$, N)
  IF BASIC_STR_ASC(M$) = 48 THEN RETURN " 0"
  IF E >= 0 AND E < P THEN
    IF N <= E + 1 THEN RETURN S$ + M$ + STRING$(E + 1 - N, 48)
    RETURN S$ + LEFT$(M$, E + 1) + "." + MID$(M$, E + 2, P)
  END IF
  IF E < 0 AND N - E - 1 <= P THEN RETURN S$ + "." + STRING$(-E - 1, 48) + M$
  IF N > 1 OR STRICT THEN M$ = LEFT$(M$, 1) + "." + MID$(M$, 2, P)
  X$ = "+"
  IF E < 0 THEN
    X$ = "-"
    E = -E
  END IF
  IF E < 10 THEN X$ = X$ + "0"
  RETURN S$ + M$ + L$ + X$ + BASIC_STR_FROM_INT$(E)
END SUB

' A number without its sign and leading zeros, which the host would take for octal.
SUB LIB_DECIMAL$ T$
  A = ADDRESS(T$)
  IF PEEK(A) = 45 OR PEEK(A) = 43 THEN A = A + 1
  WHILE PEEK(A) = 48 AND PEEK(A + 1) <> 0
    A = A + 1
  WEND
  RETURN TEXTAT$(A)
END SUB

' VAL: always a double.
SUB LIB_VAL# T$
  RETURN LIB_SANE#(LIB_PARSED#(T$, 4))
END SUB

' What INPUT and READ make of a text: a single where it has no more digits than one.
SUB LIB_ENTERED# T$
  RETURN LIB_SANE#(LIB_PARSED#(T$, 0))
END SUB

' Blanks skipped, a sign, digits, a point, an exponent, or &H and &O. What is too large is infinite.
' DOUBLED: a double, however few its digits; 4 until a `D` or `#` says so.
SUB LIB_PARSED# T$, DOUBLED
  A = ADDRESS(T$)
  WHILE PEEK(A) = 32 OR PEEK(A) = 9
    A = A + 1
  WEND
  S# = 1
  C = PEEK(A)
  IF C = 45 THEN S# = -1
  IF C = 45 OR C = 43 THEN A = A + 1
  IF PEEK(A) = 38 THEN
    C = PEEK(A + 1) OR 32
    R = 16
    A = A + 2
    IF C = 111 THEN
      R = 8
    ELSEIF C < 104 THEN
      R = 8
      A = A - 1
    END IF
    V# = 0
    DO
      C = LIB_DIGIT(PEEK(A))
      IF C >= R THEN EXIT DO
      V# = V# * R + C
      A = A + 1
    LOOP
    IF BARE AND V# > 65535 THEN X = RAISE(6)
    IF V# > 32767 AND V# < 65536 THEN V# = V# - 65536
    RETURN S# * V#
  END IF
  M# = 0
  E = 0
  P = 0
  DO
    C = PEEK(A)
    IF C >= 48 AND C <= 57 THEN
      IF M# < 1D17 THEN
        M# = M# * 10 + (C - 48)
        E = E - P
      ELSE
        E = E + 1 - P
      END IF
    ELSEIF C = 46 AND P = 0 THEN
      P = 1
    ELSEIF C <> 32 THEN
      EXIT DO
    END IF
    A = A + 1
  LOOP
  DOUBLED = DOUBLED OR C = 35
  C = C OR 32
  IF C = 101 OR C = 100 THEN
    X = BASIC_STR_TO_INT(LIB_DECIMAL$(TEXTAT$(A + 1)))
    IF PEEK(A + 1) = 45 THEN X = -X
    E = E + X
    DOUBLED = DOUBLED OR C = 100
  END IF
  IF M# = 0 THEN RETURN 0
  RETURN LIB_WRITTEN#(S#, M#, E, DOUBLED)
END SUB

' The number with this sign, these digits and this power of ten.
SUB LIB_WRITTEN# S#, M#, E, DOUBLED
  RETURN LIB_NEAREST#(S#, M#, E)
END SUB

SUB LIB_NEAREST# S#, M#, E
  ' Both exact: one rounding.
  IF M# <= 9007199254740992# AND E >= -22 AND E < 0 THEN RETURN S# * M# / POW#(10D0, -E * 1D0)
  IF M# <= 9007199254740992# AND E >= 0 AND E <= 22 THEN RETURN S# * M# * POW#(10D0, E * 1D0)
  RETURN S# * SCAN#(SPRINTF$("%.0f", M#) + "e" + BASIC_STR_FROM_INT$(E))
END SUB

SUB LIB_DIGIT C
  IF C >= 48 AND C <= 57 THEN RETURN C - 48
  C = C OR 32
  IF C >= 97 AND C <= 102 THEN RETURN C - 87
  RETURN 99
END SUB

' --- PRINT --------------------------------------------------------------------------------------

' The column, from 0; behind a full line GW-BASIC's cursor stays on its last column.
SUB LIB_CURSOR
  C = CONSOLE_COLUMN()
  IF C > 80 THEN C = (C - 1) MOD 80 + 1
  IF BARE AND C = 80 THEN RETURN 79
  RETURN C
END SUB

' Never a line or more.
SUB LIB_SPC N
  IF N > 0 THEN EMIT BASIC_STR_SPACE$(N MOD 80)
END SUB

' A value, on a new line if it would pass column 80.
SUB LIB_OUT T$
  C = LIB_CURSOR()
  L = C + LEN(T$)
  IF STRICT THEN
    LIB_MARGIN T$, C, L
  ELSE
    IF C > 0 AND L > 80 THEN EMIT "\n"
    EMIT T$
  END IF
END SUB

' ECMA-55 14.4: what is longer than a line is broken after its 80 characters. The blank behind a number
' that fills the line is left out.
SUB LIB_MARGIN T$, C, L
  IF C > 0 AND L = 81 AND PEEK(ADDRESS(T$) + LEN(T$) - 1) = 32 THEN
    T$ = LEFT$(T$, LEN(T$) - 1)
  ELSEIF C > 0 AND L > 80 THEN
    EMIT "\n"
  END IF
  WHILE LEN(T$) > 80
    EMIT LEFT$(T$, 80)
    EMIT "\n"
    T$ = MID$(T$, 81)
  WEND
  EMIT T$
END SUB

' The end of a line. GW-BASIC's cursor goes on by itself after a full line, and then once more.
SUB LIB_EOL
  C = CONSOLE_COLUMN()
  IF BARE AND C > 0 AND C MOD 80 = 0 THEN EMIT "\n"
  EMIT "\n"
END SUB

SUB LIB_ZONE W
  C = LIB_CURSOR()
  N = (C \ W + 1) * W
  IF N + W > 80 THEN
    EMIT "\n"
  ELSE
    EMIT BASIC_STR_SPACE$(N - C)
  END IF
END SUB

SUB LIB_TAB N
  IF N < 1 THEN
    IF STRICT THEN LIB_COMPLAIN "TAB argument out of range"
    N = 1
  END IF
  N = (N - 1) MOD 80
  C = LIB_CURSOR()
  IF C > N THEN
    EMIT "\n"
    C = 0
  END IF
  EMIT BASIC_STR_SPACE$(N - C)
END SUB

SUB LIB_POS N
  RETURN LIB_CURSOR() + 1
END SUB

' PRINT USING: the literal text in front of the field at AT, and the value in it.
SUB LIB_USING$ F$, AT, V$
  T$ = LIB_BEFORE$(F$, AT)
  S = LIB_FIELDFROM(F$, AT)
  C = BASIC_STR_ASC(MID$(F$, S, 1))
  IF C = 33 THEN RETURN T$ + LEFT$(V$ + " ", 1)
  IF C = 38 THEN RETURN T$ + V$
  IF C <> 92 THEN X = RAISE(13)
  E = LIB_FIELDEND(F$, S)
  RETURN T$ + LEFT$(V$ + SPACE$(E - S), E - S)
END SUB

SUB LIB_USINGN$ F$, AT, V#, DIGITS
  S = LIB_FIELDFROM(F$, AT)
  C = BASIC_STR_ASC(MID$(F$, S, 1))
  IF C = 33 OR C = 38 OR C = 92 THEN X = RAISE(13)
  RETURN LIB_BEFORE$(F$, AT) + LIB_NUMBER$(MID$(F$, S, LIB_FIELDEND(F$, S) - S), V#, DIGITS)
END SUB

' The next field; behind the last one comes the first again.
SUB LIB_FIELDFROM F$, AT
  S = LIB_FIELDAT(F$, AT)
  IF S <= LEN(F$) THEN RETURN S
  IF AT = 1 THEN X = RAISE(5)
  RETURN LIB_FIELDAT(F$, 1)
END SUB

' What stands before the next field.
SUB LIB_BEFORE$ F$, AT
  S = LIB_FIELDFROM(F$, AT)
  IF S >= AT THEN RETURN LIB_UNESCAPED$(MID$(F$, AT, S - AT))
  RETURN LIB_UNESCAPED$(MID$(F$, AT, 999)) + LIB_UNESCAPED$(LEFT$(F$, S - 1))
END SUB

' Behind the field that was used last.
SUB LIB_USINGNEXT F$, AT
  RETURN LIB_FIELDEND(F$, LIB_FIELDFROM(F$, AT))
END SUB

SUB LIB_USINGREST$ F$, AT
  RETURN LIB_UNESCAPED$(MID$(F$, AT, LIB_FIELDAT(F$, AT) - AT))
END SUB

' Text with `_x` as `x`.
SUB LIB_UNESCAPED$ T$
  P = BASIC_STR_INSTR(T$, "_", 1)
  IF P = 0 THEN RETURN T$
  RETURN LEFT$(T$, P - 1) + MID$(T$, P + 1, 1) + LIB_UNESCAPED$(MID$(T$, P + 2, 999))
END SUB

' Where the next field begins; behind the text when there is none.
SUB LIB_FIELDAT F$, AT
  A = ADDRESS(F$)
  N = LEN(F$)
  I = AT
  WHILE I <= N
    C = PEEK(A + I - 1)
    D = PEEK(A + I)
    IF C = 95 THEN
      I = I + 1
    ELSEIF C = 33 OR C = 38 OR C = 35 THEN
      RETURN I
    ELSEIF C = 92 THEN
      J = I
      DO
        J = J + 1
      LOOP WHILE PEEK(A + J - 1) = 32
      IF PEEK(A + J - 1) = 92 THEN RETURN I
    ELSEIF C = 43 AND (D = 35 OR D = 46 OR D = 36 OR D = 42) THEN
      RETURN I
    ELSEIF C = 46 AND D = 35 THEN
      RETURN I
    ELSEIF C = 36 AND D = 36 THEN
      RETURN I
    ELSEIF C = 42 AND D = 42 THEN
      RETURN I
    END IF
    I = I + 1
  WEND
  RETURN N + 1
END SUB

' Behind the field that begins at S.
SUB LIB_FIELDEND F$, S
  A = ADDRESS(F$) - 1
  I = S
  C = PEEK(A + I)
  IF C = 33 OR C = 38 THEN RETURN S + 1
  IF C = 92 THEN
    DO
      I = I + 1
    LOOP UNTIL PEEK(A + I) = 92
    RETURN I + 1
  END IF
  IF C = 43 THEN I = I + 1
  WHILE PEEK(A + I) = 42 OR PEEK(A + I) = 36
    I = I + 1
  WEND
  WHILE PEEK(A + I) = 35 OR PEEK(A + I) = 44
    I = I + 1
  WEND
  IF PEEK(A + I) = 46 THEN
    I = I + 1
    WHILE PEEK(A + I) = 35
      I = I + 1
    WEND
  END IF
  IF PEEK(A + I) = 94 AND PEEK(A + I + 1) = 94 AND PEEK(A + I + 2) = 94 AND PEEK(A + I + 3) = 94 THEN
    I = I + 4
    IF PEEK(A + I) = 94 THEN I = I + 1
  END IF
  C = PEEK(A + I)
  IF PEEK(A + S) <> 43 AND (C = 43 OR C = 45) THEN I = I + 1
  RETURN I
END SUB

' A number in the field F$, of so many significant digits; 10 are a 32-bit integer's, which with an
' exponent is written as a single is.
SUB LIB_NUMBER$ F$, V#, DIGITS
  A = ADDRESS(F$) - 1
  N = LEN(F$)
  I = 1
  W = 0
  PLUS = 0
  STARS = 0
  DOLLAR = 0
  COMMAS = 0
  IF PEEK(A + 1) = 43 THEN
    PLUS = 1
    I = 2
  END IF
  WHILE PEEK(A + I) = 42 OR PEEK(A + I) = 36
    IF PEEK(A + I) = 42 THEN STARS = 1 ELSE DOLLAR = 1
    W = W + 1
    I = I + 1
  WEND
  WHILE PEEK(A + I) = 35 OR PEEK(A + I) = 44
    IF PEEK(A + I) = 44 THEN COMMAS = 1
    W = W + 1
    I = I + 1
  WEND
  P = 0
  POINT = 0
  IF PEEK(A + I) = 46 THEN
    POINT = 1
    I = I + 1
    WHILE PEEK(A + I) = 35
      P = P + 1
      I = I + 1
    WEND
  END IF
  CARETS = 0
  WHILE PEEK(A + I) = 94
    CARETS = CARETS + 1
    I = I + 1
  WEND
  TAIL = 0
  IF I <= N THEN TAIL = PEEK(A + I)
  IF DIGITS = 10 THEN DIGITS = 7 - 9 * (CARETS = 0)
  NEG = V# < 0
  V# = ABS(V#)
  IF W + P > 24 THEN X = RAISE(5)
  IF CARETS THEN
    S = W
    IF PLUS = 0 AND TAIL = 0 THEN S = W - 1
    T$ = LIB_SCALED$(V#, DIGITS, S, POINT, P, CARETS)
  ELSE
    T$ = LIB_FIXED$(V#, DIGITS, P)
    IF POINT AND P = 0 THEN T$ = T$ + "."
  END IF
  IF COMMAS AND CARETS = 0 THEN T$ = LIB_COMMAS$(T$)
  IF (W = 0 OR DOLLAR) AND LEFT$(T$, 2) = "0." AND (BARE = 0 OR V# = 0 OR LIB_NONZERO(T$)) THEN T$ = MID$(T$, 2, 99)
  IF DOLLAR THEN T$ = "$" + T$
  IF PLUS THEN
    IF NEG THEN T$ = "-" + T$ ELSE T$ = "+" + T$
  ELSEIF TAIL = 0 AND NEG THEN
    T$ = "-" + T$
  END IF
  TOTAL = W + PLUS + POINT + P + CARETS
  IF LEN(T$) < TOTAL AND CARETS AND LEFT$(T$, 1) = "." THEN T$ = "0" + T$
  IF LEN(T$) > TOTAL AND LEFT$(T$, 3) = "-0." THEN T$ = "-" + MID$(T$, 3, 99)
  L = LEN(T$)
  IF L < TOTAL THEN
    IF STARS THEN T$ = STRING$(TOTAL - L, 42) + T$ ELSE T$ = SPACE$(TOTAL - L) + T$
  END IF
  IF L > TOTAL THEN T$ = "%" + T$
  IF TAIL = 43 THEN
    IF NEG THEN T$ = T$ + "-" ELSE T$ = T$ + "+"
  ELSEIF TAIL = 45 THEN
    IF NEG THEN T$ = T$ + "-" ELSE T$ = T$ + " "
  END IF
  RETURN T$
END SUB

' The significant digits of a number that is not negative, and its exponent behind them.
SUB LIB_MANTISSA$ V#, DIGITS
  IF DIGITS = 7 THEN T$ = LIB_SEVEN$(V#) ELSE T$ = LIB_SHORT$(V#)
  RETURN LEFT$(T$, 1) + MID$(T$, 3, 99)
END SUB

SUB LIB_EXPONENT M$, DIGITS
  E = BASIC_STR_TO_INT(LIB_DECIMAL$(MID$(M$, DIGITS + 2, 9)))
  IF MID$(M$, DIGITS + 2, 1) = "-" THEN RETURN -E
  RETURN E
END SUB

' K digits of M$, rounded; one more when a carry has made it longer.
SUB LIB_ROUNDED$ M$, K
  IF K < 0 THEN RETURN "0"
  T$ = "0" + LEFT$(M$, K)
  IF K >= LEN(M$) THEN RETURN M$ + STRING$(K - LEN(M$), 48)
  IF BASIC_STR_ASC(MID$(M$, K + 1, 1)) >= 53 THEN
    A = ADDRESS(T$) + K
    WHILE PEEK(A) = 57
      X = POKE(A, 48)
      A = A - 1
    WEND
    X = POKE(A, PEEK(A) + 1)
  END IF
  IF LEFT$(T$, 1) = "0" THEN RETURN MID$(T$, 2, 99)
  RETURN T$
END SUB

' K digits of a number whose significant digits are M$.
SUB LIB_WORKED$ V#, M$, DIGITS, K
  RETURN LIB_ROUNDED$(LEFT$(M$, DIGITS), K)
END SUB

' P digits behind the point, zeros behind the significant digits.
SUB LIB_FIXED$ V#, DIGITS, P
  M$ = LIB_MANTISSA$(V#, DIGITS)
  IF BASIC_STR_ASC(M$) > 57 THEN RETURN M$
  E = LIB_EXPONENT(M$, DIGITS)
  K = E + 1 + P
  T$ = LIB_WORKED$(V#, M$, DIGITS, K)
  WHILE LEN(T$) < P + 1
    T$ = "0" + T$
  WEND
  IF P = 0 THEN RETURN T$
  RETURN LEFT$(T$, LEN(T$) - P) + "." + MID$(T$, LEN(T$) - P + 1, 99)
END SUB

' Whether a digit is not 0.
SUB LIB_NONZERO T$
  A = ADDRESS(T$)
  WHILE PEEK(A) = 46 OR PEEK(A) = 48
    A = A + 1
  WEND
  RETURN PEEK(A) <> 0
END SUB

' S digits, a point, P digits, and an exponent of C characters. GW-BASIC's 0 has no digit in front of
' the point.
SUB LIB_SCALED$ V#, DIGITS, S, POINT, P, C
  IF S < 0 THEN S = 0
  E = 0
  IF V# > 0 THEN
    M$ = LIB_MANTISSA$(V#, DIGITS)
    IF BASIC_STR_ASC(M$) > 57 THEN RETURN M$
    E = LIB_EXPONENT(M$, DIGITS) - (S - 1)
    M$ = LIB_WORKED$(V#, M$, DIGITS, S + P)
    IF LEN(M$) > S + P AND S + P > 0 THEN E = E + 1
  ELSE
    M$ = STRING$(S + P, 48)
  END IF
  G$ = "+"
  IF E < 0 THEN
    G$ = "-"
    E = -E
  END IF
  X$ = BASIC_STR_FROM_INT$(E)
  WHILE LEN(X$) < C - 2
    X$ = "0" + X$
  WEND
  T$ = LEFT$(M$, S)
  IF BARE AND V# = 0 THEN
    IF POINT OR DIGITS = 7 THEN T$ = "" ELSE T$ = "0"
  END IF
  IF POINT THEN T$ = T$ + "." + MID$(M$, S + 1, P)
  IF DIGITS = 7 THEN RETURN T$ + "E" + G$ + X$
  RETURN T$ + "D" + G$ + X$
END SUB

SUB LIB_COMMAS$ T$
  P = BASIC_STR_INSTR(T$, ".", 1)
  IF P = 0 THEN P = LEN(T$) + 1
  P = P - 3
  WHILE P > 1
    T$ = LEFT$(T$, P - 1) + "," + MID$(T$, P, 99)
    P = P - 3
  WEND
  RETURN T$
END SUB

' --- INPUT --------------------------------------------------------------------------------------

' Asks until the line has the fields that TYPES$ says: `s` for a string, `n` for a number. STAY: the
' cursor remains behind the reply.
SUB LIB_INPUT P$, TYPES$, STAY
  DO
    EMIT P$
    LIB_KEEP LIB_REPLY$(STAY)
    F = LIB_FAULT(LIB_LINE$("", 0), TYPES$)
    IF F = 0 THEN EXIT SUB
    IF STRICT THEN EMIT LIB_WHY$(F)
    EMIT "?Redo from start\n"
  LOOP
END SUB

' Why a reply is refused (ECMA-55 15.5).
SUB LIB_WHY$ F
  IF F = 1 THEN RETURN "Wrong type of data\n"
  IF F = 2 THEN RETURN "Not enough data\n"
  IF F = 3 THEN RETURN "Too much data\n"
  RETURN "Overflow\n"
END SUB

' The line that the fields are taken from.
SUB LIB_KEEP L$
  STATIC LINE$
  LIB_LINE$ L$, 1
END SUB

SUB LIB_LINE$ L$, SET
  STATIC KEPT$
  IF SET THEN KEPT$ = L$
  RETURN KEPT$
END SUB

' What is wrong with a reply: nothing; 1, a field of another type; 2, fewer fields; 3, more; 4, a number
' that is too large, which ECMA-55 asks for again.
SUB LIB_FAULT L$, TYPES$
  N = LEN(TYPES$)
  FOR I = 1 TO N
    IF LIB_STARTOF(L$, I) = 0 THEN RETURN 2
    R$ = LIB_RAW$(L$, I)
    IF MID$(TYPES$, I, 1) = "n" THEN
      IF LIB_ISNUMBER(R$) = 0 THEN RETURN 1
      IF STRICT THEN
        IF ABS(LIB_PARSED#(R$, 0)) > INFINITY# THEN RETURN 4
      END IF
    ELSEIF STRICT THEN
      IF LIB_ISTEXT(R$) = 0 THEN RETURN 1
    END IF
  NEXT
  IF LIB_STARTOF(L$, N + 1) THEN RETURN 3
  RETURN 0
END SUB

' Whether a reply is a number: sign, digits with a point, exponent, suffix; blanks anywhere. Nothing
' is 0.
SUB LIB_ISNUMBER T$
  IF STRICT THEN RETURN LIB_ISCONSTANT(T$)
  C = LIB_VISIBLE(ADDRESS(T$))
  IF PEEK(C) = 38 THEN RETURN 1
  IF PEEK(C) = 45 OR PEEK(C) = 43 THEN C = LIB_VISIBLE(C + 1)
  C = LIB_DIGITS(C)
  IF PEEK(C) = 46 THEN C = LIB_DIGITS(LIB_VISIBLE(C + 1))
  B = PEEK(C) OR 32
  IF B = 101 OR B = 100 THEN
    C = LIB_VISIBLE(C + 1)
    IF PEEK(C) = 45 OR PEEK(C) = 43 THEN C = LIB_VISIBLE(C + 1)
    C = LIB_DIGITS(C)
  END IF
  IF PEEK(C) = 33 OR PEEK(C) = 35 OR PEEK(C) = 37 THEN C = LIB_VISIBLE(C + 1)
  RETURN PEEK(C) = 0
END SUB

' The address behind digits and blanks.
SUB LIB_DIGITS A
  WHILE (PEEK(A) >= 48 AND PEEK(A) <= 57) OR PEEK(A) = 32
    A = A + 1
  WEND
  RETURN A
END SUB

' Whether a reply is a numeric-constant of ECMA-55.
SUB LIB_ISCONSTANT T$
  A = ADDRESS(T$)
  IF PEEK(A) = 45 OR PEEK(A) = 43 THEN A = A + 1
  D = 0
  P = 0
  DO
    C = PEEK(A)
    IF C = 46 AND P = 0 THEN
      P = 1
    ELSEIF C >= 48 AND C <= 57 THEN
      D = 1
    ELSE
      EXIT DO
    END IF
    A = A + 1
  LOOP
  IF D = 0 THEN RETURN 0
  IF C = 69 THEN
    A = A + 1
    IF PEEK(A) = 45 OR PEEK(A) = 43 THEN A = A + 1
    IF PEEK(A) = 0 THEN RETURN 0
    WHILE PEEK(A) >= 48 AND PEEK(A) <= 57
      A = A + 1
    WEND
  END IF
  RETURN PEEK(A) = 0
END SUB

' The address of the first byte from A that is no blank.
SUB LIB_VISIBLE A
  WHILE PEEK(A) = 32 OR PEEK(A) = 9
    A = A + 1
  WEND
  RETURN A
END SUB

' Whether a reply is a string of ECMA-55: in quotes with nothing behind them, or letters, digits,
' blanks, plus, minus and points.
SUB LIB_ISTEXT T$
  A = ADDRESS(T$)
  IF PEEK(A) = 34 THEN
    DO
      A = A + 1
      IF PEEK(A) = 0 THEN RETURN 0
    LOOP UNTIL PEEK(A) = 34
    RETURN PEEK(LIB_VISIBLE(A + 1)) = 0
  END IF
  IF PEEK(A) = 0 THEN RETURN 0
  DO
    C = PEEK(A)
    IF C = 0 THEN RETURN 1
    U = C AND 223
    IF BASIC_STR_INSTR(" +-.0123456789", CHR$(C), 1) = 0 AND (U < 65 OR U > 90) THEN RETURN 0
    A = A + 1
  LOOP
END SUB

' Where field I of a line begins, from 1; 0 when there is none. A quote counts where a field begins
' with it. Q: 0 at the beginning of a field, 1 in quotes, 2 behind them or in a field without.
SUB LIB_STARTOF L$, I
  A = ADDRESS(L$) - 1
  P = 1
  Q = 0
  WHILE I > 1
    C = PEEK(A + P)
    IF C = 0 THEN RETURN 0
    IF C = 34 AND Q < 2 THEN
      Q = Q + 1
    ELSEIF C = 44 AND Q <> 1 THEN
      I = I - 1
      Q = 0
    ELSEIF C <> 32 AND C <> 9 AND Q = 0 THEN
      Q = 2
    END IF
    P = P + 1
  WEND
  RETURN P
END SUB

' A field as it was typed, and without its quotes.
SUB LIB_RAW$ L$, I
  P = LIB_STARTOF(L$, I)
  IF P = 0 THEN RETURN ""
  E = LIB_STARTOF(L$, I + 1)
  IF E = 0 THEN E = LEN(L$) + 2
  RETURN TRIM$(MID$(L$, P, E - P - 1))
END SUB

SUB LIB_NTH$ L$, I
  T$ = LIB_RAW$(L$, I)
  IF LEFT$(T$, 1) = "\"" THEN
    T$ = MID$(T$, 2, 999)
    E = BASIC_STR_INSTR(T$, "\"", 1)
    IF E > 0 THEN T$ = LEFT$(T$, E - 1)
  END IF
  RETURN T$
END SUB

SUB LIB_FIELD$ I
  RETURN LIB_NTH$(LIB_LINE$("", 0), I)
END SUB

' A line of the console; error 62 at its end.
SUB LIB_REPLY$ STAY
  IF STAY THEN A = BASIC_INPUT_STAY() ELSE A = BASIC_INPUT_LINE()
  IF A = 0 THEN X = RAISE(62)
  L$ = TEXTAT$(A)
  BASIC_STR_FREE A
  RETURN L$
END SUB

SUB LIB_INPUTS$ N, CH
  IF CH = 0 THEN RETURN ORNULL$(BASIC_INPUT_CHARS$(N))
  T$ = SPACE$(N)
  G = FILE_READ(LIB_OPENED(CH), ADDRESS(T$), N)
  IF G < N THEN X = RAISE(62)
  LIB_KEPT CH, 2, 0
  RETURN T$
END SUB

' --- Files --------------------------------------------------------------------------------------

SUB LIB_OPENED CH
  H = HANDLE(CH)
  IF H < 0 THEN X = RAISE(52)
  RETURN H
END SUB

' MODE: 0 read, 1 write, 2 append, 3 both. In ConeZ a file that is not there reads as empty.
SUB LIB_OPEN P$, CH, MODE, R
  IF HANDLE(CH) >= 0 THEN
    IF CONEZ = 0 THEN X = RAISE(55)
    LIB_CLOSE CH
  END IF
  P$ = LIB_PATH$(P$)
  IF CONEZ = 0 AND (MODE = 1 OR MODE = 2) THEN LIB_UNUSED P$
  H = FILE_OPEN(P$, MODE)
  IF H < 0 AND MODE = 3 THEN H = FILE_OPEN(P$, 4)
  IF H < 0 AND CONEZ = 0 THEN
    IF MODE = 0 THEN X = RAISE(53) ELSE X = RAISE(64)
  END IF
  X = SETHANDLE(CH, H)
  LIB_OPENPATH$ CH, P$
  LIB_KEPT CH, 0, R
  LIB_KEPT CH, 2, 0
  LIB_KEPT CH, 3, 0
END SUB

' The path of a channel's file; set unless empty.
SUB LIB_OPENPATH$ CH, P$
  STATIC A$(4)
  IF LEN(P$) > 0 THEN A$(CH) = P$
  RETURN A$(CH)
END SUB

' Error 55 if a channel has the file.
SUB LIB_UNUSED P$
  FOR CH = 1 TO 4
    IF HANDLE(CH) >= 0 AND LIB_OPENPATH$(CH, "") = P$ THEN X = RAISE(55)
  NEXT
END SUB

' What is known of a channel; set unless negative. WHAT: 0 bytes of a record, 0 if it has none; 1 the
' number of its FIELD; 2 how far its position is behind its end, and 1 more, 0 before records are moved;
' 3 the column, from 0.
SUB LIB_KEPT CH, WHAT, N
  STATIC A(19)
  IF N >= 0 THEN A(CH + 5 * WHAT) = N
  RETURN A(CH + 5 * WHAT)
END SUB

' To record N, or to the next. What lacks in front of it is written, if WRITES says so.
SUB LIB_TORECORD CH, N, WRITES
  H = LIB_OPENED(CH)
  R = LIB_KEPT(CH, 0, -1)
  IF R = 0 THEN X = RAISE(54)
  IF N < 1 THEN X = RAISE(63)
  IF N = 2147483647 THEN P = LIB_LOC(CH) * R ELSE P = (N - 1) * R
  L = P - FILE_SIZE(H)
  IF L < 0 THEN L = 0
  X = FILE_SEEK(H, P - L, 0)
  IF WRITES AND L > 0 THEN
    X = FILE_WRITE(H, SPACE$(L), L)
    L = 0
  END IF
  LIB_KEPT CH, 2, L + 1
END SUB

' Bytes of a record; those behind the end are 0.
SUB LIB_GETREC CH, N, AT, SIZE
  LIB_TORECORD CH, N, 0
  G = FILE_READ(HANDLE(CH), AT, SIZE)
  IF G < 0 THEN G = 0
  LIB_KEPT CH, 2, LIB_KEPT(CH, 2, -1) + SIZE - G
  WHILE G < SIZE
    X = POKE(AT + G, 0)
    G = G + 1
  WEND
END SUB

' The last record of a file is as long as the others.
SUB LIB_PUTREC CH, N, AT, SIZE
  LIB_TORECORD CH, N, 1
  H = HANDLE(CH)
  LIB_STORED FILE_WRITE(H, AT, SIZE), SIZE
  L = LIB_LOC(CH) * LIB_KEPT(CH, 0, -1) - FILE_TELL(H)
  IF FILE_EOF(H) AND L > 0 THEN X = FILE_WRITE(H, SPACE$(L), L)
END SUB

SUB LIB_FIELD CH, N, TOTAL
  H = LIB_OPENED(CH)
  IF TOTAL > LIB_KEPT(CH, 0, -1) THEN X = RAISE(50)
  LIB_KEPT CH, 1, N
END SUB

' SIZE bytes, or a whole record, as a text: bytes that no text has, and those behind the end, are blanks.
SUB LIB_GETTEXT$ CH, N, SIZE
  IF SIZE < 0 THEN SIZE = LIB_KEPT(CH, 0, -1)
  T$ = SPACE$(SIZE)
  A = ADDRESS(T$)
  LIB_GETREC CH, N, A, SIZE
  FOR I = 0 TO SIZE - 1
    IF PEEK(A + I) = 0 THEN X = POKE(A + I, 32)
  NEXT
  RETURN T$
END SUB

SUB LIB_PUTTEXT CH, N, T$, SIZE
  IF SIZE < 0 THEN SIZE = LIB_KEPT(CH, 0, -1)
  T$ = LIB_FIT$(T$, SIZE)
  LIB_PUTREC CH, N, ADDRESS(T$), SIZE
END SUB

' N bytes of SIZE have been written.
SUB LIB_STORED N, SIZE
  IF N < 0 THEN X = RAISE(54)
  IF N < SIZE THEN X = RAISE(61)
END SUB

' A text of exactly N characters.
SUB LIB_FIT$ T$, N
  RETURN LEFT$(T$ + SPACE$(N), N)
END SUB

SUB LIB_CLOSE CH
  H = HANDLE(CH)
  IF H >= 0 THEN FILE_CLOSE H
  X = SETHANDLE(CH, -1)
END SUB

SUB LIB_CLOSEALL
  FOR CH = 1 TO 4
    LIB_CLOSE CH
  NEXT
END SUB

' Of records, whether one was read behind the end.
SUB LIB_EOF CH
  H = HANDLE(CH)
  IF H < 0 AND BARE THEN X = RAISE(52)
  IF H < 0 THEN RETURN -1
  IF LIB_KEPT(CH, 2, -1) > 0 THEN RETURN LIB_LOC(CH) * LIB_KEPT(CH, 0, -1) > FILE_SIZE(H)
  IF FILE_EOF(H) THEN RETURN -1
  RETURN FILE_TELL(H) >= FILE_SIZE(H)
END SUB

' The first channel that is not open; error 67 when all are.
SUB LIB_FREEFILE
  FOR CH = 1 TO 4
    IF HANDLE(CH) < 0 THEN RETURN CH
  NEXT
  X = RAISE(67)
  RETURN 0
END SUB

SUB LIB_LOF CH
  RETURN FILE_SIZE(LIB_OPENED(CH))
END SUB

' The number of the last record, or of blocks of 128 bytes.
SUB LIB_LOC CH
  P = FILE_TELL(LIB_OPENED(CH))
  R = LIB_KEPT(CH, 0, -1)
  IF R = 0 THEN RETURN P \ 128
  L = LIB_KEPT(CH, 2, -1)
  IF L > 0 THEN P = P + L - 1
  RETURN (P + R - 1) \ R
END SUB

SUB LIB_NEXT CH
  IF LIB_KEPT(CH, 0, -1) = 0 THEN RETURN FILE_TELL(LIB_OPENED(CH)) + 1
  RETURN LIB_LOC(CH) + 1
END SUB

SUB LIB_SEEK CH, AT
  IF LIB_KEPT(CH, 0, -1) THEN
    LIB_TORECORD CH, AT, 0
  ELSEIF FILE_SEEK(LIB_OPENED(CH), AT - 1, 0) < 0 THEN
    X = RAISE(63)
  END IF
END SUB

SUB LIB_FLINE CH, T$
  X = FILE_WRITELN(HANDLE(CH), T$)
END SUB

SUB LIB_FPUT CH, T$
  N = LEN(T$)
  IF N = 0 THEN EXIT SUB
  LIB_STORED FILE_WRITE(LIB_OPENED(CH), T$, N), N
  C = LIB_KEPT(CH, 3, -1)
  A = ADDRESS(T$)
  FOR I = 0 TO N - 1
    IF PEEK(A + I) = 10 THEN C = 0 ELSE C = C + 1
  NEXT
  LIB_KEPT CH, 3, C
END SUB

SUB LIB_FZONE CH, W
  C = LIB_KEPT(CH, 3, -1)
  LIB_FPUT CH, SPACE$((C \ W + 1) * W - C)
END SUB

SUB LIB_FTAB CH, N
  IF N < 1 THEN N = 1
  C = LIB_KEPT(CH, 3, -1)
  IF C >= N THEN
    LIB_FPUT CH, "\n"
    C = 0
  END IF
  LIB_FPUT CH, SPACE$(N - 1 - C)
END SUB

' A line; empty at the end.
SUB LIB_FREADLN$ CH
  H = HANDLE(CH)
  IF H < 0 THEN RETURN ""
  RETURN ORNULL$(FILE_READLN_STR$(H))
END SUB

SUB LIB_FLINEIN$ CH
  H = LIB_OPENED(CH)
  IF LIB_EOF(CH) THEN X = RAISE(62)
  RETURN ORNULL$(FILE_READLN_STR$(H))
END SUB

SUB LIB_FBYTE H
  IF FILE_READ(H, BUFFER, 1) < 1 THEN RETURN -1
  RETURN PEEK(BUFFER)
END SUB

' A field: up to a comma or the end of the line; a number also up to a blank.
SUB LIB_FFIELD$ CH, TEXT
  H = LIB_OPENED(CH)
  IF LIB_EOF(CH) THEN X = RAISE(62)
  DO
    C = LIB_FBYTE(H)
  LOOP WHILE C = 32 OR C = 13 OR (C = 10 AND TEXT = 0)
  T$ = ""
  IF C = 34 AND TEXT THEN
    C = LIB_FBYTE(H)
    WHILE C >= 0 AND C <> 34
      T$ = T$ + CHR$(C)
      C = LIB_FBYTE(H)
    WEND
    LIB_FBEHIND H
    RETURN T$
  END IF
  WHILE C >= 0 AND C <> 10 AND C <> 44 AND (TEXT OR C <> 32)
    IF C <> 13 THEN T$ = T$ + CHR$(C)
    C = LIB_FBYTE(H)
  WEND
  IF C = 32 THEN LIB_FBEHIND H
  RETURN RTRIM$(T$)
END SUB

' Past the blanks behind a field, and what parts it from the next.
SUB LIB_FBEHIND H
  DO
    C = LIB_FBYTE(H)
  LOOP WHILE C = 32 OR C = 13
  IF C >= 0 AND C <> 44 AND C <> 10 THEN X = FILE_SEEK(H, -1, 1)
END SUB

' Files lie in the root of the device.
SUB LIB_PATH$ P$
  IF LEFT$(P$, 1) = "/" THEN RETURN P$
  RETURN "/" + P$
END SUB

SUB LIB_KILL P$
  P$ = LIB_PATH$(P$)
  LIB_UNUSED P$
  IF FILE_DELETE(P$) < 0 THEN X = RAISE(53)
END SUB

SUB LIB_RENAME A$, B$
  A$ = LIB_PATH$(A$)
  B$ = LIB_PATH$(B$)
  LIB_UNUSED A$
  H = FILE_OPEN(B$, 0)
  IF H >= 0 THEN
    FILE_CLOSE H
    X = RAISE(58)
  END IF
  IF FILE_RENAME(A$, B$) < 0 THEN X = RAISE(53)
END SUB

SUB LIB_MKDIR P$
  IF FILE_MKDIR(LIB_PATH$(P$)) < 0 THEN X = RAISE(57)
END SUB

SUB LIB_RMDIR P$
  IF FILE_RMDIR(LIB_PATH$(P$)) < 0 THEN X = RAISE(57)
END SUB

' --- Strings ------------------------------------------------------------------------------------

SUB LIB_JOIN$ A$, B$
  IF LEN(A$) + LEN(B$) > 255 THEN X = RAISE(15)
  RETURN A$ + B$
END SUB

SUB LIB_MID$ T$, S, N
  IF S < 1 OR N < 0 THEN X = RAISE(5)
  RETURN BASIC_STR_MID$(T$, S, N)
END SUB

' A function of DEF FN, when its DEF was number N; a DIM that comes again.
SUB LIB_DEFINED N
  IF N = 0 THEN X = RAISE(18)
END SUB

SUB LIB_DIMONCE N
  IF N THEN X = RAISE(10)
END SUB

' What ERROR says.
SUB LIB_ERRORNUMBER N
  IF N < 1 OR N > 255 THEN X = RAISE(5)
  RETURN N
END SUB

' The upper bound of a dimension.
SUB LIB_UPPER N
  IF N < 0 THEN X = RAISE(5)
  RETURN N
END SUB

SUB LIB_MIDSET$ OLD$, S, N, V$
  IF N = 0 THEN RETURN OLD$
  IF S < 1 OR S > LEN(OLD$) OR N < 0 OR (BARE AND N > 255) THEN X = RAISE(5)
  RETURN BASIC_STR_MID_ASSIGN$(OLD$, S, N, V$)
END SUB

' STRING$ of the first character of a text, if it has one.
SUB LIB_STRINGOF$ N, T$
  IF LEN(T$) = 0 THEN RETURN ""
  RETURN STRING$(N, ASC(T$))
END SUB

SUB LIB_INSTR S, T$, P$
  IF S < 1 THEN X = RAISE(5)
  IF S > LEN(T$) THEN RETURN 0
  IF LEN(P$) = 0 THEN RETURN S
  RETURN BASIC_STR_INSTR(T$, P$, S)
END SUB

SUB LIB_LSET$ OLD$, V$
  RETURN LEFT$(V$ + SPACE$(LEN(OLD$)), LEN(OLD$))
END SUB

SUB LIB_RSET$ OLD$, V$
  V$ = LEFT$(V$, LEN(OLD$))
  RETURN SPACE$(LEN(OLD$) - LEN(V$)) + V$
END SUB

SUB LIB_ASC T$
  IF LEN(T$) = 0 THEN X = RAISE(5)
  RETURN BASIC_STR_ASC(T$)
END SUB

SUB LIB_UNSIGNED N
  IF BARE AND (N < -32768 OR N > 65535) THEN X = RAISE(6)
  IF N < 0 AND N >= -32768 THEN RETURN N + 65536
  RETURN N
END SUB

' The index of ON, the code of CHR$, what counts characters in GW-BASIC: error 5 outside 0 to 255.
SUB LIB_ONINDEX N
  IF N < 0 OR N > 255 THEN X = RAISE(5)
  RETURN N
END SUB

SUB LIB_ONRANGE N, COUNT, CODE
  IF N < 1 OR N > COUNT THEN X = RAISE(CODE)
  RETURN N
END SUB

' --- Numbers in records -------------------------------------------------------------------------

SUB LIB_MKI$ N
  IF N < -32768 OR N > 32767 THEN X = RAISE(6)
  RETURN LIB_BYTES$(N, 2, 128)
END SUB

SUB LIB_MKL$ N
  RETURN LIB_BYTES$(N, 4, 128)
END SUB

SUB LIB_MKS$ X!
  RETURN LIB_BYTES$(BITS(X!), 4, 251)
END SUB

SUB LIB_MKD$ X#
  RETURN LIB_BYTES$(BITS64&(X#), 8, 247)
END SUB

SUB LIB_CVI T$
  N = LIB_OFBYTES&(T$, 2, 128)
  IF N > 32767 THEN RETURN N - 65536
  RETURN N
END SUB

SUB LIB_CVL T$
  RETURN LIB_OFBYTES&(T$, 4, 128)
END SUB

SUB LIB_CVS! T$
  N = LIB_OFBYTES&(T$, 4, 251)
  RETURN SINGLE!(N)
END SUB

SUB LIB_CVD# T$
  RETURN DOUBLE#(LIB_OFBYTES&(T$, 8, 247))
END SUB

' The K bytes of a number, lowest first. A text has no byte 0: a number with one has the others, and last
' MARK and the place of the 0; one with several first a byte whose bits say where, and last MARK + K.
' The few numbers that really end in these bytes have no text.
SUB LIB_BYTES$ V&, K, MARK
  ZEROS = 0
  PLACES = 0
  BIT = 1
  T$ = ""
  FOR I = 0 TO K - 1
    B = V& AND 255
    V& = (V& - B) \ 256
    IF B = 0 THEN
      ZEROS = ZEROS + 1
      PLACES = PLACES OR BIT
      AT = I
    ELSE
      T$ = T$ + BASIC_STR_CHR$(B)
    END IF
    BIT = BIT * 2
  NEXT
  IF ZEROS = 0 THEN
    IF B >= MARK AND B <= MARK + K THEN X = RAISE(6)
    RETURN T$
  END IF
  IF ZEROS = 1 THEN RETURN T$ + BASIC_STR_CHR$(MARK + AT)
  T$ = BASIC_STR_CHR$(PLACES) + T$
  RETURN T$ + STRING$(K - 1 - LEN(T$), 1) + BASIC_STR_CHR$(MARK + K)
END SUB

SUB LIB_OFBYTES& T$, K, MARK
  IF LEN(T$) < K THEN X = RAISE(5)
  A = ADDRESS(T$)
  C = PEEK(A + K - 1) - MARK
  PLACES = 0
  IF C = K THEN
    PLACES = PEEK(A)
    A = A + 1
  ELSEIF C >= 0 AND C < K THEN
    PLACES = 1
    WHILE C > 0
      PLACES = PLACES * 2
      C = C - 1
    WEND
  END IF
  V& = 0
  W& = 1
  FOR I = 1 TO K
    IF (PLACES AND 1) = 0 THEN
      V& = V& + W& * PEEK(A)
      A = A + 1
    END IF
    PLACES = PLACES \ 2
    W& = W& * 256
  NEXT
  RETURN V&
END SUB

' --- Mathematics --------------------------------------------------------------------------------

' Where a program goes on after a division by zero or an overflow: it is told, and gets the largest
' number.
SUB LIB_DIVZERO# A#
  IF CATCHES THEN X = RAISE(11)
  LIB_COMPLAIN "Division by zero"
  IF A# < 0 THEN RETURN -INFINITY#
  RETURN INFINITY#
END SUB

SUB LIB_DIVZERO! A!
  RETURN LIB_DIVZERO#(A!) * .99999994#
END SUB

' Only ECMA-55 gives it a name of its own.
SUB LIB_ZEROPOWER#
  LIB_COMPLAIN "Zero to a negative power"
  RETURN INFINITY#
END SUB

SUB LIB_INFINITE# A#
  IF CATCHES THEN X = RAISE(6)
  LIB_COMPLAIN "Overflow"
  IF A# < 0 THEN RETURN -INFINITY#
  RETURN INFINITY#
END SUB

SUB LIB_INFINITE! A!
  RETURN LIB_INFINITE#(A!) * .99999994#
END SUB

SUB LIB_COMPLAIN T$
  IF BARE = 0 AND CONSOLE_COLUMN() > 0 THEN EMIT "\n"
  EMIT T$
  IF BARE = 0 THEN EMIT " in line " + BASIC_STR_FROM_INT$(CALLERLINE)
  EMIT "\n"
END SUB

' What GW-BASIC says of STOP.
SUB LIB_STOPPED
  IF CONSOLE_COLUMN() > 0 THEN EMIT "\n"
  LIB_COMPLAIN "Break in " + BASIC_STR_FROM_INT$(CALLERLINE)
END SUB

' A result, or what a program gets when it is too large.
SUB LIB_SANE# R#
  IF LENIENT THEN
    IF ABS(R#) <= INFINITY# THEN RETURN R#
    RETURN LIB_INFINITE#(R#)
  END IF
  IF ABS(R#) > 1.797693134862315D308 THEN X = RAISE(6)
  RETURN R#
END SUB

SUB LIB_SANE! R!
  IF LENIENT AND ABS(R!) >= 1.7014118E38 THEN RETURN LIB_INFINITE!(R!)
  IF ABS(R!) > 3.4028234E38 THEN X = RAISE(6)
  RETURN R!
END SUB

SUB LIB_POW! A!, B!
  IF A! = 0 AND B! < 0 THEN
    IF LENIENT THEN RETURN LIB_DIVZERO!(1)
    X = RAISE(11)
  END IF
  IF A! < 0 AND B! <> FLOOR(B!) THEN X = RAISE(5, A!)
  RETURN LIB_SANE!(POWF(A!, B!))
END SUB

SUB LIB_POW# A#, B#
  IF A# = 0 AND B# < 0 THEN
    IF STRICT THEN RETURN LIB_ZEROPOWER#()
    IF LENIENT THEN RETURN LIB_DIVZERO#(1)
    X = RAISE(11)
  END IF
  IF A# < 0 AND B# <> TRUNC(B#) THEN
    IF STRICT THEN X = RAISE(102)
    X = RAISE(5, A#)
  END IF
  RETURN LIB_SANE#(POW#(A#, B#))
END SUB

SUB LIB_EXP! X!
  RETURN LIB_SANE!(EXPF(X!))
END SUB

SUB LIB_EXP# X#
  D# = X#
  RETURN LIB_SANE#(EXP(D#))
END SUB

SUB LIB_TAN! X!
  RETURN LIB_SANE!(TANF(X!))
END SUB

SUB LIB_TAN# X#
  D# = X#
  RETURN LIB_SANE#(TAN(D#))
END SUB

SUB LIB_SQR! X!
  IF X! < 0 THEN Y = RAISE(5, X!)
  RETURN SQRT(X!)
END SUB

SUB LIB_SQR# X#
  IF X# < 0 THEN
    IF STRICT THEN Y = RAISE(103)
    Y = RAISE(5, X#)
  END IF
  RETURN SQRT(X#)
END SUB

SUB LIB_LOG! X!
  IF X! <= 0 THEN Y = RAISE(5, X!)
  RETURN LOGF(X!)
END SUB

SUB LIB_LOG# X#
  IF X# <= 0 THEN
    IF STRICT THEN Y = RAISE(104)
    Y = RAISE(5, X#)
  END IF
  D# = X#
  RETURN LOG(D#)
END SUB

SUB LIB_LIMIT256 X
  RETURN LIMIT(X, 0, 255)
END SUB

SUB LIB_SIN256 X
  RETURN INT(127.5 + 127.5 * SINF(X * 0.02454369!))
END SUB

SUB LIB_DIST! A!, B!, C!, D!
  RETURN SQRT((C! - A!) * (C! - A!) + (D! - B!) * (D! - B!))
END SUB

SUB LIB_ANGLE! A!, B!, C!, D!
  R! = ATAN2F(C! - A!, D! - B!) * 57.29578!
  IF R! < 0 THEN R! = R! + 360
  RETURN R!
END SUB

' --- Time ---------------------------------------------------------------------------------------

SUB LIB_WAIT MS
  DELAY_MS MS
END SUB

' EVENT 4: a time; 5: the GPS pulse; 6: a parameter.
SUB LIB_WAITFOR EVENT, SOURCE, COND, TRIGGER, TIMEOUT
  IF EVENT = 4 THEN
    U = 1
    IF COND = 6 THEN U = 3600000
    IF COND = 7 THEN U = 60000
    IF COND = 8 THEN U = 1000
    DELAY_MS TRIGGER * U
    RETURN 1
  END IF
  IF EVENT = 5 THEN RETURN WAIT_PPS(TIMEOUT)
  IF EVENT = 6 THEN RETURN WAIT_PARAM(SOURCE, COND, TRIGGER, TIMEOUT)
  RETURN 0
END SUB

SUB LIB_TIMESTAMP D
  IF D = 0 THEN X = RAISE(11)
  RETURN MILLIS() \ D
END SUB

SUB LIB_TIMESTAMP64& D
  IF D = 0 THEN X = RAISE(11)
  RETURN MILLIS64() \ D
END SUB

SUB LIB_LASTCOMM
  N = GET_LAST_COMM_MS()
  RETURN N
END SUB

SUB LIB_TIMER!
  IF TIME_VALID() THEN RETURN GET_HOUR() * 3600! + GET_MINUTE() * 60 + GET_SECOND()
  RETURN MILLIS() / 1000!
END SUB

' RANDOMIZE takes the upper half of a double, which has 20 digits of a number: those of the last
' milliseconds.
SUB LIB_SEED#
  N& = GET_EPOCH_MS()
  IF N& = 0 THEN N& = MILLIS()
  RETURN N& AND 1048575
END SUB

SUB LIB_TWO$ N
  IF N < 10 THEN RETURN "0" + BASIC_STR_FROM_INT$(N)
  RETURN BASIC_STR_FROM_INT$(N)
END SUB

SUB LIB_DATE$
  RETURN LIB_TWO$(GET_MONTH()) + "-" + LIB_TWO$(GET_DAY()) + "-" + BASIC_STR_FROM_INT$(GET_YEAR())
END SUB

SUB LIB_TIME$
  RETURN LIB_TWO$(GET_HOUR()) + ":" + LIB_TWO$(GET_MINUTE()) + ":" + LIB_TWO$(GET_SECOND())
END SUB

SUB LIB_VERSION
  RETURN 1
END SUB

' --- LEDs, pins, parameters ---------------------------------------------------------------------

SUB LIB_GETMAXLED
  RETURN LED_COUNT(1)
END SUB

SUB LIB_SETLEDRGB R(), G(), B()
  N = LED_COUNT(1)
  IF N > UBOUND(R) - LBOUND(R) + 1 THEN N = UBOUND(R) - LBOUND(R) + 1
  L = LBOUND(R)
  FOR I = 0 TO N - 1
    LED_SET_PIXEL 1, I, LIMIT(R(L + I), 0, 255), LIMIT(G(L + I), 0, 255), LIMIT(B(L + I), 0, 255)
  NEXT
  LED_SHOW
END SUB

SUB LIB_SETLEDCOL R, G, B
  LED_FILL 1, LIMIT(R, 0, 255), LIMIT(G, 0, 255), LIMIT(B, 0, 255)
  LED_SHOW
END SUB

SUB LIB_SETLED I, R, G, B
  LED_SET_PIXEL 1, I - 1, LIMIT(R, 0, 255), LIMIT(G, 0, 255), LIMIT(B, 0, 255)
END SUB

SUB LIB_LEDSHOW
  LED_SHOW
END SUB

SUB LIB_USEGAMMA ON
  LED_SET_GAMMA ON
END SUB

SUB LIB_LUTSIZE I
  RETURN LUT_CHECK(I)
END SUB

SUB LIB_SETPIN P
  PIN_SET P
END SUB

SUB LIB_CLEARPIN P
  PIN_CLEAR P
END SUB

SUB LIB_SETPARAM I, V
  SET_PARAM I, V
END SUB

' --- Arrays -------------------------------------------------------------------------------------

SUB LIB_SETARRAY A(), S, E, V
  FOR I = S TO E
    A(I) = V
  NEXT
END SUB

SUB LIB_SHIFTARRAY A(), N, V
  L = LBOUND(A)
  U = UBOUND(A)
  IF N >= 0 THEN
    FOR I = U TO L STEP -1
      IF I - N >= L THEN A(I) = A(I - N) ELSE A(I) = V
    NEXT
  ELSE
    FOR I = L TO U
      IF I - N <= U THEN A(I) = A(I - N) ELSE A(I) = V
    NEXT
  END IF
END SUB

SUB LIB_REVERSE A(), L, U
  WHILE L < U
    SWAP A(L), A(U)
    L = L + 1
    U = U - 1
  WEND
END SUB

' Three reversals turn an array in place.
SUB LIB_ROTATEARRAY A(), N
  L = LBOUND(A)
  U = UBOUND(A)
  C = U - L + 1
  IF C < 1 THEN EXIT SUB
  N = ((N MOD C) + C) MOD C
  LIB_REVERSE A, L, U
  LIB_REVERSE A, L, L + N - 1
  LIB_REVERSE A, L + N, U
END SUB

SUB LIB_COPYARRAY A(), B()
  L = LBOUND(A)
  M = LBOUND(B)
  FOR I = 0 TO UBOUND(B) - M
    IF L + I <= UBOUND(A) THEN B(M + I) = A(L + I) ELSE B(M + I) = 0
  NEXT
END SUB

SUB LIB_SCALELIMITARRAY A(), P, L, H
  FOR I = LBOUND(A) TO UBOUND(A)
    A(I) = LIMIT(A(I) * P \ 100, L, H)
  NEXT
END SUB

SUB LIB_RGBTOHSVARRAY R(), G(), B()
  FOR I = LBOUND(R) TO UBOUND(R)
    V = RGB_TO_HSV(LIMIT(R(I), 0, 255), LIMIT(G(I), 0, 255), LIMIT(B(I), 0, 255))
    R(I) = V \ 65536 AND 255
    G(I) = V \ 256 AND 255
    B(I) = V AND 255
  NEXT
END SUB

SUB LIB_HSVTORGBARRAY H(), S(), V()
  FOR I = LBOUND(H) TO UBOUND(H)
    C = HSV_TO_RGB(H(I) AND 255, LIMIT(S(I), 0, 255), LIMIT(V(I), 0, 255))
    H(I) = C \ 65536 AND 255
    S(I) = C \ 256 AND 255
    V(I) = C AND 255
  NEXT
END SUB

SUB LIB_LUTTOARRAY A()
  N = LUT_SIZE()
  L = LBOUND(A)
  FOR I = 0 TO LIMIT(N - 1, -1, UBOUND(A) - L)
    A(L + I) = LUT_GET(I)
  NEXT
END SUB

SUB LIB_ARRAYTOLUT A()
  L = LBOUND(A)
  FOR I = 0 TO UBOUND(A) - L
    LUT_SET I, A(L + I)
  NEXT
END SUB
