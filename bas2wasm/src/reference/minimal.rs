//! What ECMA-55 leaves to an implementation, and what the ansi and gw dialects take that it does not
//! have.

/// What the standard calls implementation-defined, and what it is here.
pub(super) const DEFINED: &[(&str, &str)] = &[
    ("accuracy of expressions", "IEEE doubles, 53 bits"),
    ("end of an input reply", "a newline"),
    ("exrad width", "2 digits, 3 above E+99"),
    ("initial values", "0 and the empty string; a variable that nothing sets is warned of"),
    ("input prompt", "`? `; a reply that is refused is asked for again by `?Redo from start`"),
    ("too large a number in a reply", "the reply is refused, in gw it is the largest number"),
    ("longest string", "what memory holds"),
    ("machine infinitesimal", "4.94066E-324; below it is 0, without a message"),
    ("machine infinity", "1.79769E+308"),
    ("margin", "80 columns; the blank behind a number that fills the line is left out"),
    ("precision of numbers", "15 digits"),
    ("print zones", "five: 14 columns, and the last 24"),
    ("random numbers", "the same ones in each run without RANDOMIZE"),
    ("significance width", "6 digits"),
];

/// What a program that is not in the standard means.
pub(super) const ACCEPTED: &[(&str, &str)] = &[
    ("`A` and `A(I)`, gw", "two variables, as in GW-BASIC"),
    ("`4 ^ -2`", "a sign behind an operator belongs to what follows: `4 ^ (-2)`"),
    ("a FOR of `I` inside a FOR of `I`, gw", "takes the place of the outer one"),
    (
        "an array before its DIM, gw",
        "has the upper bound 10; the DIM is an error when the program gets there",
    ),
    (
        "a DIM that is reached again, gw",
        "is an error in a program with ON ERROR; in others the first counts",
    ),
    ("`A9(I)`, gw", "an array may have any name"),
    ("`D?F` in DATA, gw", "is a text; only commas and colons need quotes, and blanks at its ends"),
    ("`2D3` in DATA, gw", "the double 2000"),
    ("ON out of range, gw", "goes on behind the ON, below 0 and above 255 it is an error"),
    ("`A = 98765400000`, gw", "a constant of seven digits and zeros is compared as a single"),
    ("TAB below 1, gw", "is TAB(1)"),
    (
        "`1E+30`, gw",
        "numbers are printed as GW-BASIC prints them, without a point where none is needed",
    ),
    ("small letters", "in words the same as capitals, in strings not"),
    ("names longer than two characters", "are names"),
    ("an assignment without LET", "is one"),
    ("several statements in a line", "a colon is between them"),
    ("a line of more than 72 characters", "may have any length"),
    ("blanks before a line number, or none behind it", "mean nothing, nor do zeros before it"),
    (
        "`LETX=10`, gw",
        "assigns `LETX`; words are taken apart where a line makes no sense otherwise",
    ),
    (
        "lines out of order, gw",
        "are taken in the order of their numbers, of two with one number the last; a warning",
    ),
    ("line number 0, five digits, or none, gw", "are as good as others"),
    ("`\"*\"\"?\"` in PRINT", "two strings side by side: `*?`"),
    (
        "strings with `<` and `>`",
        "the order of the codes of their characters; a beginning comes first",
    ),
    ("`A$ + B$`", "both, one behind the other"),
    ("`RND(X)`", "below 0 it begins a sequence, 0 is the last number again, otherwise it is `RND`"),
    ("`RND()` and `FNA()`", "`RND` and `FNA`"),
    ("DEF with several parameters or strings", "a call has as many arguments, of the same types"),
    ("a second DEF of a name, gw", "the one that was executed last counts"),
    ("a function before its DEF, gw", "is an error when the program gets there"),
    (
        "a reply with any other characters, gw",
        "a string is what stands between the commas, without the quotes around it; nothing is the empty string or 0; blanks in a number mean nothing, `1D1` is 10",
    ),
    ("nothing between two commas of DATA, gw", "the empty string, or 0"),
];
