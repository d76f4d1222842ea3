//! The statements: form, meaning and an example of each, for the reference.

/// A statement, or a few that belong together.
pub(super) struct Statement {
    /// The words that the parser knows it by.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds them against the parser"))]
    pub(super) words: &'static str,
    /// Its forms, one a line.
    pub(super) form: &'static str,
    /// What it does.
    pub(super) meaning: &'static str,
    /// A program with it.
    pub(super) example: &'static str,
}

macro_rules! statements {
    ($($heading:literal { $($words:literal $form:literal $meaning:literal $example:literal)+ })+) => {
        /// All of them, under headings.
        pub(super) const STATEMENTS: &[(&str, &[Statement])] = &[$(($heading, &[$(Statement {
            words: $words, form: $form, meaning: $meaning, example: $example,
        }),+])),+];
    };
}

statements! {
    "Values" {
        "LET" "[LET] place = value" "Assigns to a variable, an element, or a member of a record. The value is converted to the place's type; only a string never becomes a number, nor a number a string." "LET X = 5\nX = X + 1"
        "CONST" "CONST name = value[, ...]" "A name for a value that is known when the program is compiled." "CONST LEDS = 50, NAME$ = \"strip\""
        "DIM" "DIM [SHARED] name[(bounds)] [AS type] [= value][, ...]" "Declares variables and arrays. Bounds are `upper` or `lower TO upper`; where no lower one is given it is 1 in conez and 0 elsewhere, or what OPTION BASE says." "DIM A(10), B(0 TO 4, 0 TO 4), N AS INTEGER"
        "REDIM" "REDIM [PRESERVE] name(bounds)[, ...]" "Gives an array other bounds; PRESERVE keeps what is in it." "N = 5\nREDIM A(N)\nREDIM PRESERVE A(N + 5)"
        "ERASE" "ERASE name[, ...]" "Empties arrays; one whose bounds were not constant gives its memory back." "DIM A(10)\nERASE A"
        "LOCAL STATIC SHARED" "LOCAL name[ = value][, ...]\nSTATIC name[, ...]\nSHARED name[, ...]" "In a SUB or FUNCTION: a variable of this call, one that keeps its value from call to call, or one of the main program." "SUB COUNT\n  STATIC N\n  N = N + 1\n  > N\nEND SUB\nCOUNT"
        "OPTION" "OPTION BASE n\nOPTION EXPLICIT\nOPTION DIALECT name" "The lower bound of arrays; names must be declared; the dialect, before the first other statement." "OPTION BASE 0\nDIM A(9)"
        "DEFINT DEFLNG DEFSNG DEFDBL DEFSTR" "DEFINT A-Z[, ...]" "The type of names without suffix, by their first letter: 16 or 32 bits, single, double, string." "DEFINT I-N\nI = 5"
        "TYPE" "TYPE name\n  member AS type\nEND TYPE" "A record type; `STRING * n` is a string of fixed length." "TYPE POINT\n  X AS INTEGER\n  Y AS INTEGER\nEND TYPE\nDIM P AS POINT\nP.X = 3"
        "CLEAR" "CLEAR" "In qb and gw: variables and arrays are empty again, files are closed, DATA is read from its first item, no GOSUB is open." "CLEAR"
        "SWAP" "SWAP place, place" "Exchanges two values of one type." "A = 1\nB = 2\nSWAP A, B"
        "LSET RSET" "LSET place$ = value$\nRSET place$ = value$" "Assigns without changing the string's length, from the left or to the right." "A$ = \"     \"\nLSET A$ = \"ab\""
        "MID" "MID$(place$, start[, count]) = value$" "Replaces a part of a string." "A$ = \"abcd\"\nMID$(A$, 2, 2) = \"xy\""
        "DATA READ RESTORE" "DATA value[, ...]\nREAD place[, ...]\nRESTORE [label]" "READ takes the values of all DATA lines in their order; RESTORE begins again, or at a label." "DATA 1, two, 3\nREAD A, B$, C\nRESTORE"
        "RANDOMIZE" "RANDOMIZE [n]" "Begins another sequence of RND. Without a number the clock chooses it; GW-BASIC asks." "RANDOMIZE 5"
    }
    "Decisions and loops" {
        "IF ELSEIF ELSE" "IF condition THEN statements [ELSE statements]\nIF condition [THEN]\n  ...\n[ELSEIF condition [THEN]]\n[ELSE]\nEND IF" "Anything but 0 is true; comparisons give -1 or 0." "X = 3\nIF X > 2 THEN > \"big\" ELSE > \"small\""
        "SELECT CASE" "SELECT CASE value\nCASE a[, b TO c][, IS < d]\n  ...\n[CASE ELSE]\nEND SELECT" "The first CASE that fits, and no other." "X = 3\nSELECT CASE X\nCASE 1, 2\n  > \"few\"\nCASE ELSE\n  > \"many\"\nEND SELECT"
        "FOR NEXT" "FOR variable = from TO to [STEP step]\n  ...\nNEXT [variable[, ...]]" "Both ends are included. It does not run at all when `from` is beyond `to`." "FOR I = 1 TO 9 STEP 2\n  > I\nNEXT"
        "WHILE WEND" "WHILE condition\n  ...\nWEND" "As long as the condition holds." "X = 3\nWHILE X > 0\n  X = X - 1\nWEND"
        "DO LOOP" "DO [WHILE condition | UNTIL condition]\n  ...\nLOOP [WHILE condition | UNTIL condition]" "The condition stands at the top or at the bottom; without one the loop goes on for ever." "DO\n  X = X + 1\nLOOP UNTIL X = 5"
        "EXIT CONTINUE" "EXIT FOR | WHILE | DO | SELECT | SUB | FUNCTION\nCONTINUE FOR | WHILE | DO" "Leaves the innermost block of that kind, or begins its next turn." "FOR I = 1 TO 9\n  IF I = 5 THEN EXIT FOR\nNEXT"
        "GO GOTO" "GOTO label\nname:" "Goes on at a label, or at a line number." "GOTO DONE\n> \"never\"\nDONE:\n> \"done\""
        "GOSUB RETURN" "GOSUB label\nRETURN" "Goes to a label and, at RETURN, back behind the GOSUB." "GOSUB SHOW\nEND\nSHOW:\n> \"shown\"\nRETURN"
        "ON" "ON n GOTO label[, ...]\nON n GOSUB label[, ...]" "Goes to the n-th label; goes on when there is none." "N = 1\nON N GOTO ONE, TWO\nONE:\nTWO:\n> N"
        "END STOP BYE SYSTEM BREAK" "END\nSTOP\nBYE\nSYSTEM\nBREAK" "Ends the program." "> \"done\"\nEND"
    }
    "Procedures" {
        "SUB FUNCTION RETURN" "SUB name [parameters]\n  ...\nEND SUB\nFUNCTION name(parameters) [AS type]\n  ...\nEND FUNCTION" "A procedure; `RETURN value`, or assigning to the name, gives its value. Parameters are `name [AS type]`, `name()` for an array, with BYREF or BYVAL before them; in conez they are values unless they say BYREF, in qb variables unless they say BYVAL." "SUB TWICE N\n  RETURN N * 2\nEND SUB\n> TWICE(4)"
        "CALL" "[CALL] name[(arguments)]\nname argument[, ...]" "Calls a procedure, which may stand further down." "SHOW 5\nSUB SHOW N\n  > N\nEND SUB"
        "DECLARE" "DECLARE SUB name [parameters]" "Announces a procedure. Nothing needs it." "DECLARE SUB SHOW (N)\nSUB SHOW (N)\nEND SUB\nSHOW 1"
        "DEF" "DEF FNname[(parameters)] = value" "A function of one expression." "DEF FNSQ(X) = X * X\n> FNSQ(4)"
    }
    "Console" {
        "PRINT LPRINT" "PRINT [item[; item][, item]]\n? ...\nPRINT USING format$; value[; ...]" "Prints values; `,` goes to the next zone of 14 columns, `;` on the same line goes on. A number has a blank or a minus before it and a blank behind." "PRINT \"x is\"; 5, TAB(20); \"end\""
        "PRINTS" "PRINTS text$" "Prints a text and no line end." "PRINTS \"..\""
        "" "> value" "Prints a value and a line end, numbers as C's `%d` and `%g`." "> 6 * 7"
        "FORMAT" "FORMAT text$[, value, ...]" "Prints a text in which `%` is a whole number, `&` a float and `$` a string; doubled, they print themselves." "FORMAT \"% of &\\n\", 5, 2.5"
        "WRITE" "WRITE value[, ...]" "Prints values as READ and INPUT # take them: strings in quotes, commas between." "WRITE 5, \"a\""
        "INPUT" "INPUT [prompt$;] place[, ...]" "Asks for a line with values." "INPUT \"name\"; N$"
        "LINE" "LINE INPUT [prompt$;] place$" "Asks for a line as it is." "LINE INPUT A$"
    }
    "Files" {
        "OPEN" "OPEN name$ FOR INPUT | OUTPUT | APPEND | RANDOM | BINARY AS #n [LEN = size]\nOPEN mode$, #n, name$" "Opens a file on channel n, from 1." "OPEN \"/log\" FOR OUTPUT AS #1\nPRINT #1, \"hello\"\nCLOSE #1"
        "CLOSE RESET" "CLOSE [#n[, ...]]\nRESET" "Closes channels; all, when none is named. conez has no RESET." "CLOSE"
        "" "PRINT #n, ...\nWRITE #n, ...\nINPUT #n, place[, ...]\nLINE INPUT #n, place$" "As on the console, in a file." "OPEN \"/log\" FOR INPUT AS #1\nIF NOT (EOF(1)) THEN LINE INPUT #1, A$\nCLOSE #1"
        "GET PUT" "GET #n[, record], place\nPUT #n[, record], value" "Reads or writes a record, or bytes of a binary file." "OPEN \"/bin\" FOR BINARY AS #1\nN = 5\nPUT #1, 1, N\nCLOSE #1"
        "FIELD" "FIELD #n, width AS place$[, ...]" "Which strings the records of a channel are cut into; LSET and RSET fill them, GET and PUT without a variable move them." "OPEN \"R\", #1, \"/data\", 20\nFIELD #1, 8 AS N$, 12 AS T$\nLSET N$ = \"LED\"\nPUT #1, 1\nCLOSE #1"
        "SEEK" "SEEK #n, position" "Where the next GET or PUT is, from 1: a record of a RANDOM file, a byte of others." "OPEN \"/bin\" FOR BINARY AS #1\nSEEK #1, 3\nCLOSE #1"
        "KILL NAME MKDIR RMDIR" "KILL name$\nNAME old$ AS new$\nMKDIR name$\nRMDIR name$" "Deletes and renames files, makes and removes folders." "NAME \"/a\" AS \"/b\""
    }
    "Errors" {
        "ON ERROR RESUME" "ON ERROR GOTO label\nON ERROR GOTO 0\nRESUME [NEXT | label]" "Where to go when a statement fails; RESUME goes back to it, behind it, or to a label. Without it the program stops and names the line." "ON ERROR GOTO OOPS\nERROR 5\nEND\nOOPS:\n> ERR\nRESUME NEXT"
        "ERROR" "ERROR n" "Fails with this code." "ON ERROR GOTO OOPS\nERROR 11\nEND\nOOPS:\n> ERR"
    }
    "Others" {
        "REM" "REM text\n' text" "A comment." "REM hello\nX = 1 ' five"
        "CLS BEEP LOCATE COLOR SCREEN WIDTH KEY SOUND PLAY TRON TROFF PSET PRESET PAINT CIRCLE VIEW WINDOW PALETTE POKE" "CLS, BEEP, LOCATE, COLOR, SCREEN, WIDTH, KEY, SOUND, PLAY, TRON, TROFF, PSET, PRESET, PAINT, CIRCLE, VIEW, WINDOW, PALETTE, POKE" "Taken with a warning, and ignored: the device has no screen and no speaker." "CLS"
    }
}

#[cfg(test)]
mod tests {
    use super::STATEMENTS;
    use crate::{Options, compile};
    use alloc::{string::String, vec::Vec};
    use wasm_common::source::NoFiles;

    #[test]
    fn every_example_compiles() {
        for statement in STATEMENTS.iter().flat_map(|(_, list)| *list) {
            if let Err(failure) = compile(statement.example, &Options::default(), &mut NoFiles) {
                panic!("{}\n{:?}", statement.example, failure.diagnostics);
            }
        }
    }

    /// The words that the parser's `match`es on a statement's first word name.
    fn parsed() -> Vec<String> {
        let sources = [
            include_str!("../parse/declare.rs"),
            include_str!("../parse/flow.rs"),
            include_str!("../parse/output.rs"),
        ];
        let arms = sources.iter().flat_map(|source| source.lines()).filter(|line| {
            line.starts_with("            \"") && (line.contains("=> self.") || line.ends_with("{"))
        });
        arms.flat_map(|arm| {
            arm.split("=>").next().unwrap_or_default().split('"').skip(1).step_by(2)
        })
        .map(String::from)
        .collect()
    }

    #[test]
    fn every_statement_of_the_parser_is_in_the_table() {
        let listed: Vec<&str> = STATEMENTS
            .iter()
            .flat_map(|(_, list)| *list)
            .flat_map(|statement| statement.words.split(' '))
            .collect();
        let parsed = parsed();
        assert!(parsed.len() > 40, "{parsed:?}");
        let missing: Vec<_> =
            parsed.iter().filter(|word| !listed.contains(&word.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
