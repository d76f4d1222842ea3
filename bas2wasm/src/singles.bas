' The library's second part, for the dialects that round singles as GW-BASIC does: what is here takes
' the place of what library.bas has under the same name.
'
' GW-BASIC's numbers have 24 bits like IEEE's, and
' its sums are IEEE's, but a product keeps four bits behind them, a quotient is divided by less and less,
' and a difference loses what its smaller operand has behind eight bits. The algorithms are those that
' PC-BASIC found out.
'
' `E` is an exponent as an IEEE single has it, or two more (Microsoft's), `M&` a mantissa of 32 bits: 24
' and eight behind them.

SUB LIB_ADD! A!, B!
  R! = A! + B!
  IF ABS(R!) > 1.7E38 THEN RETURN LIB_SANE!(R!)
  D# = A!
  IF D# + B! = R! THEN RETURN R!
  IF (BITS(A!) XOR BITS(B!)) >= 0 THEN RETURN R!
  IF ABS(A!) < ABS(B!) THEN RETURN LIB_DIFFERENCE!(B!, A!)
  RETURN LIB_DIFFERENCE!(A!, B!)
END SUB

SUB LIB_SUB! A!, B!
  RETURN LIB_ADD!(A!, -B!)
END SUB

' Of different signs, the first the larger, when the result has to be rounded.
SUB LIB_DIFFERENCE! A!, B!
  X = BITS(A!) AND 2147483647
  Y = BITS(B!) AND 2147483647
  E = X \ 8388608
  D = E - Y \ 8388608
  IF D > 40 THEN RETURN A!
  M& = LIB_MANTISSA32&(X)
  N& = LIB_MANTISSA32&(Y)
  P& = D + 1023
  P& = DOUBLE#(P& * 4503599627370496&)
  ALL = (N& AND (P& - 1)) = 0
  N& = N& \ P&
  IF N& < 128 OR (N& = 128 AND ALL) THEN RETURN A!
  M& = M& - N&
  IF (M& AND 448) = 128 AND (M& AND 479) <> 128 THEN M& = M& - 128
  RETURN LIB_PACK!(A! < 0, E, M&)
END SUB

SUB LIB_MANTISSA32& X
  M& = X AND 8388607
  IF X < 8388608 THEN RETURN M& * 512
  M& = M& OR 8388608
  RETURN M& * 256
END SUB

' Rounded to 24 bits, halves to even.
SUB LIB_PACK! NEGATIVE, E, M&
  IF M& = 0 THEN RETURN 0
  WHILE M& < 2147483647
    M& = M& * 2
    E = E - 1
  WEND
  L = M& AND 255
  M& = M& - L
  IF L > 128 OR (L = 128 AND (M& AND 256) <> 0) THEN M& = M& + 256
  IF M& > 4294967295& THEN
    M& = M& \ 2
    E = E + 1
  END IF
  IF E <= 0 THEN RETURN 0
  IF E > 253 THEN
    E = 255
    M& = 0
  END IF
  M& = M& \ 256 AND 8388607
  X = M&
  X = X OR E * 8388608
  R! = SINGLE!(X)
  IF NEGATIVE THEN R! = -R!
  RETURN LIB_SANE!(R!)
END SUB

' The exact product, cut to 28 bits: nine sixteenths count as a half.
SUB LIB_MUL! A!, B!
  D# = A!
  D# = D# * B!
  M& = BITS64&(D#) AND -33554432
  IF (M& AND 503316480) = 301989888 THEN M& = M& - 33554432
  R! = DOUBLE#(M&)
  IF ABS(R!) <= 1.7E38 THEN RETURN R!
  RETURN LIB_SANE!(R!)
END SUB

' The divisor loses its last bits as it is shifted, so a quotient may be a little too large: that
' matters when it lies just under a half.
SUB LIB_DIV! A!, B!
  IF B! = 0 THEN RETURN LIB_DIVZERO!(A!)
  D# = A!
  D# = D# / B!
  R! = D#
  L = BITS64&(D#) AND 536870911
  IF L < 134217728 OR L >= 268435456 OR ABS(A!) < 1.1754944E-38 OR ABS(B!) < 1.1754944E-38 THEN
    IF ABS(R!) <= 1.7E38 THEN RETURN R!
    RETURN LIB_SANE!(R!)
  END IF
  X = BITS(A!) AND 2147483647
  Y = BITS(B!) AND 2147483647
  RETURN LIB_PACK!((A! < 0) <> (B! < 0), X \ 8388608 - Y \ 8388608 + 127, LIB_QUOTIENT&(LIB_MANTISSA32&(X), LIB_MANTISSA32&(Y)))
END SUB

SUB LIB_QUOTIENT& M&, N&
  Q& = 0
  WHILE N& > 0
    Q& = Q& * 2
    IF M& > N& THEN
      M& = M& - N&
      Q& = Q& + 1
    END IF
    N& = N& \ 2
  WEND
  RETURN Q&
END SUB

' The quotient of integers, and the rest.
SUB LIB_INTDIV! A, B
  IF B = 0 THEN RETURN LIB_DIVZERO#(A)
  IF A \ B > 32767 THEN X = RAISE(6)
  RETURN A \ B
END SUB

SUB LIB_MOD! A, B
  IF B = 0 THEN RETURN LIB_DIVZERO#(A)
  RETURN A MOD B
END SUB

' Products of products: the exponent is halved until it is none.
SUB LIB_IPOW! A!, N
  IF N < 0 THEN RETURN LIB_DIV!(1, LIB_IPOW!(A!, -N))
  IF N = 0 THEN RETURN 1
  IF N = 1 THEN RETURN A!
  R! = LIB_IPOW!(A!, N \ 2)
  R! = LIB_MUL!(R!, R!)
  IF N AND 1 THEN RETURN LIB_MUL!(R!, A!)
  RETURN R!
END SUB

' --- RANDOMIZE ----------------------------------------------------------------------------------

' The first two bytes of a single in Microsoft's format, and the last two, as one integer.
SUB LIB_FOLDED# X!
  IF X! = 0 THEN RETURN 0
  B = BITS(X!) AND 2147483647
  HIGH = B \ 65536 AND 127
  IF X! < 0 THEN HIGH = HIGH OR 128
  LOW = HIGH XOR (B AND 255)
  N = LOW + 256 * ((B \ 8388608 + 2) XOR (B \ 256 AND 255))
  IF N > 32767 THEN N = N - 65536
  RETURN N
END SUB

' RANDOMIZE without a number asks; where nobody answers, the clock does.
SUB LIB_ASKSEED#
  DO
    EMIT "Random number seed (-32768 to 32767)? "
    A = BASIC_INPUT_LINE()
    IF A = 0 THEN RETURN LIB_SEED#()
    L$ = TEXTAT$(A)
    BASIC_STR_FREE A
    IF LIB_ISNUMBER(L$) THEN EXIT DO
    EMIT "?Redo from start\n"
  LOOP
  N# = LIB_ENTERED#(L$)
  IF N# < -32768.5 OR N# >= 32767.5 THEN X = RAISE(6)
  RETURN FLOOR(N# + .5)
END SUB

' --- Digits -------------------------------------------------------------------------------------

' Seven digits and an exponent, as C's %.6e has them. IEEE's subnormal singles, which are whole ones of
' GW-BASIC's, have six at best.
SUB LIB_SEVEN$ X!
  D# = X!
  IF D# = 0 OR ABS(D#) > INFINITY# OR D# <> D# THEN RETURN SPRINTF$("%.6e", D#)
  IF ABS(D#) < 1.17549435082228751D-38 THEN
    T$ = SPRINTF$("%.5e", D#)
    P = BASIC_STR_INSTR(T$, "e", 1)
    RETURN LEFT$(T$, P - 1) + "0" + MID$(T$, P, 9)
  END IF
  V& = LIB_TENFOLD&(ABS(X!), 7)
  M$ = LIB_WHOLE$(V&)
  T$ = LEFT$(M$, 1) + "." + MID$(M$, 2, 6) + "e" + BASIC_STR_FROM_INT$(LIB_TENS(V&) + LEN(M$) - 1)
  IF X! < 0 THEN RETURN "-" + T$
  RETURN T$
END SUB

' K digits of a number whose significant digits are M$.
SUB LIB_WORKED$ V#, M$, DIGITS, K
  IF DIGITS = 7 AND K < 7 AND V# > 0 THEN RETURN LIB_WHOLE$(LIB_TENFOLD&(V#, K))
  RETURN LIB_ROUNDED$(LEFT$(M$, DIGITS), K)
END SUB

' The digits of what LIB_TENFOLD& found, and the power of ten that they are to be multiplied by.
SUB LIB_WHOLE$ V&
  X = V& \ 256
  RETURN BASIC_STR_FROM_INT$(X)
END SUB

SUB LIB_TENS V&
  X = V& AND 255
  RETURN X - 128
END SUB

' N digits of a number that is not negative, and their power of ten: it is brought between ten to the
' N - 1 and ten to the N, rounded to a single, and then to a whole number.
SUB LIB_TENFOLD& X!, N
  X = BITS(X!)
  E = X \ 8388608 + 2
  M& = LIB_MANTISSA32&(X)
  WHILE M& < 2147483648& AND M& > 0
    M& = M& * 2
    E = E - 1
  WEND
  C& = E * 4294967296& + M&
  IF N >= 7 THEN
    TOP& = 655395028736&
    BOTTOM& = 639751159552&
  ELSEIF N > 0 THEN
    TOP& = LIB_UNDER&(N)
    BOTTOM& = LIB_UNDER&(N - 1)
  ELSE
    TOP& = LIB_UNDER&(0)
    BOTTOM& = 0
  END IF
  T = 128
  WHILE C& > TOP&
    C& = LIB_TENTH&(C&)
    T = T + 1
  WEND
  C& = LIB_CARRIED&(C&)
  WHILE C& < BOTTOM&
    C& = LIB_TENTIMES&(C&)
    T = T - 1
  WEND
  C& = LIB_CARRIED&(C&)
  E = C& \ 4294967296&
  M& = C& AND 4294967295&
  WHILE E < 152 AND M& > 0
    M& = M& \ 2
    E = E + 1
  WEND
  IF M& AND 128 THEN M& = M& + 128
  RETURN (M& \ 256) * 256 + T
END SUB

' Exponent and mantissa in one number, divided by ten, and ten times it.
SUB LIB_TENTH& C&
  E = C& \ 4294967296& - 3
  M& = LIB_QUOTIENT&(C& AND 4294967295&, 2684354560&)
  IF C& = 0 OR E < 4 THEN RETURN 0
  WHILE M& < 2147483648&
    M& = M& * 2
    E = E - 1
  WEND
  RETURN E * 4294967296& + M&
END SUB

SUB LIB_TENTIMES& C&
  M& = C& AND 4294967295&
  LOST = M& AND 3
  C& = C& - M& + 12884901888&
  M& = M& + M& \ 4
  IF M& > 4294967295& THEN
    M& = M& \ 2
    C& = C& + 4294967296&
  END IF
  IF LOST THEN M& = M& OR 1
  RETURN C& + M&
END SUB

' Without the eight bits behind the 24, rounded.
SUB LIB_CARRIED& C&
  L = C& AND 255
  C& = C& - L
  IF L < 128 THEN RETURN C&
  IF (C& AND 4294967040&) = 4294967040& THEN RETURN C& + 256 + 2147483648&
  RETURN C& + 256
END SUB

' The single below ten to the N.
SUB LIB_UNDER& N
  M& = 1
  WHILE N > 0
    M& = M& * 10
    N = N - 1
  WEND
  C& = LIB_OFWHOLE&(M&)
  IF (C& AND 4294967295&) > 2147483648& THEN RETURN C& - 256
  RETURN C& - 2147484160&
END SUB

SUB LIB_OFWHOLE& M&
  E = 160
  WHILE M& < 2147483648&
    M& = M& * 2
    E = E - 1
  WEND
  RETURN E * 4294967296& + M&
END SUB

' A number that is written with up to seven digits is a single, divided or multiplied by ten as often
' as its exponent says. What is too large is told here and is then as large as a single may be, or the
' place that takes it would tell it again.
SUB LIB_WRITTEN# S#, M#, E, DOUBLED
  IF DOUBLED OR M# > 9999999 OR E < -60 THEN
    R# = LIB_NEAREST#(S#, M#, E)
    IF DOUBLED = 4 AND ABS(R#) > INFINITY# THEN RETURN LIB_INFINITE!(S#)
    RETURN R#
  END IF
  IF E > 60 THEN RETURN LIB_INFINITE!(S#)
  M& = M#
  C& = LIB_OFWHOLE&(M&)
  WHILE E < 0
    C& = LIB_TENTH&(C&)
    E = E + 1
  WEND
  WHILE E > 0
    C& = LIB_TENTIMES&(C&)
    E = E - 1
  WEND
  E = C& \ 4294967296& - 2
  R! = LIB_PACK!(0, E, C& AND 4294967295&)
  IF R! > 1.8E38 THEN RETURN LIB_INFINITE!(S#)
  RETURN S# * R!
END SUB
