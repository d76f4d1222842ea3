//! What ECMA-55 leaves to an implementation, and what the ansi and gw dialects take that it does not
//! have.

/// what the standard calls implementation-defined, and what it is here.
pub(super) const DEFINED: &[(&str, &str)] = &[
    ("accuracy of expressions", "IEEE doubles, 53 bits"),
    ("end of an input reply", "a newline"),
    ("exrad width", "2 digits, 3 above E+99"),
    ("initial values", "0 and the empty string; a variable that nothing sets is warned of"),
    ("input prompt", "`? `; a reply that is refused is asked for again by `?Redo from start`"),
    ("longest string", "what memory holds"),
    ("machine infinitesimal", "4.94066E-324; below it is 0, without a message"),
    ("machine infinity", "1.79769E+308"),
    ("margin", "80 columns"),
    ("precision of numbers", "15 digits"),
    ("print zones", "14 columns"),
    ("random numbers", "the same ones in each run without RANDOMIZE"),
    ("significance width", "6 digits"),
];

/// What a program that is not in the standard means.
pub(super) const ACCEPTED: &[(&str, &str)] = &[
    ("`A` and `A(I)`, gw", "two variables, as in GW-BASIC"),
    ("`4 ^ -2`", "a sign behind an operator belongs to what follows: `4 ^ (-2)`"),
    ("a FOR of `I` inside a FOR of `I`, gw", "takes the place of the outer one"),
    ("a DIM that is not reached, gw", "sets the size of its array all the same"),
    ("`A9(I)`, gw", "an array may have any name"),
];
