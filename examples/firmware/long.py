"""Programs of 300 lines, for measuring what compiling one takes."""

import os
import re

BENCHES = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                       "../../runtime/benches/engine/programs")

PROCEDURE = """
SUB Work{n} (Count AS INTEGER, Text$)
  DIM Cell(10) AS LONG
  FOR I% = 0 TO 10
    Cell(I%) = I% * Count + {n}
    IF Cell(I%) MOD 3 = 0 THEN Cell(I%) = Cell(I%) \\ 3 ELSE Total& = Total& + Cell(I%)
  NEXT
  SELECT CASE Total& MOD 4
    CASE 0: Text$ = Text$ + "a"
    CASE 1, 2: Text$ = LEFT$(Text$, 5) + MID$("bcdefgh", {n} MOD 7 + 1, 1)
    CASE ELSE: Text$ = UCASE$(Text$)
  END SELECT
  IF LEN(Text$) > 12 THEN Text$ = RIGHT$(Text$, 4)
  PRINT {n}; Total&; Text$
END SUB
"""


def c():
    """Three of the engine's benches and a `main`: 308 lines."""
    text = ""
    programs = {"fft": 1, "mix": 1, "vm": 10}
    for name in programs:
        with open(os.path.join(BENCHES, name + ".c")) as file:
            source = file.read().replace('__attribute__((export_name("run"))) ', "")
        text += re.sub(r"\brun\b", f"run_{name}", source)
    calls = (f'    printf("{name} %d\\n", run_{name}({n}));\n' for name, n in programs.items())
    return text + "#include <stdio.h>\n\nint main(void) {\n" + "".join(calls) + "    return 0;\n}\n"


def basic():
    """19 procedures and their calls: 307 lines."""
    numbers = range(1, 20)
    calls = "".join(f"Work{n} {n}, T$\n" for n in numbers)
    return "'$DIALECT: 'QB'\nT$ = \"start\"\n" + calls + "END\n" + "".join(
        PROCEDURE.format(n=n) for n in numbers)
