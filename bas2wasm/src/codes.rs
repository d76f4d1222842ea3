//! Every message code, once: errors `B01xx` from the lexer and parser, `B02xx` from the checker;
//! warnings `B03xx`, each with the name that `-W` knows; notes `B04xx`.

/// An error of the lexer or parser.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $code;)*
    };
}

errors! {
    /// A character that no token begins with.
    STRAY_CHARACTER = "B0101";
    /// A number that fits no type.
    BAD_NUMBER = "B0102";
    /// A string without its closing quote.
    OPEN_STRING = "B0103";
    /// A line longer than the compiler takes.
    LINE_TOO_LONG = "B0104";
    /// A statement or expression that does not parse.
    SYNTAX = "B0105";
    /// Brackets or operators nested too deep.
    TOO_DEEP = "B0106";
    /// A file that `$INCLUDE` names does not exist.
    NO_SUCH_FILE = "B0107";
    /// A file that includes itself.
    INCLUDE_CYCLE = "B0108";
    /// A file that is not text.
    NOT_TEXT = "B0109";
    /// A dialect that does not exist.
    NO_SUCH_DIALECT = "B0110";
    /// Nothing to compile.
    EMPTY = "B0111";

    /// A name that is nothing.
    UNDEFINED = "B0201";
    /// A string where a number is needed, or the other way round.
    TYPE_MISMATCH = "B0202";
    /// Wrong number of arguments.
    ARGUMENT_COUNT = "B0203";
    /// A block that is not closed, or closed but not open.
    BLOCK = "B0204";
    /// Defined twice.
    DUPLICATE = "B0205";
    /// A line or label that does not exist.
    NO_SUCH_LABEL = "B0206";
    /// Assignment to a constant.
    CONSTANT = "B0207";
    /// An expression that must be constant.
    NOT_CONSTANT = "B0208";
    /// Wrong number of subscripts.
    SUBSCRIPTS = "B0209";
    /// An array too large for memory.
    ARRAY_TOO_LARGE = "B0210";
    /// A statement where it cannot stand.
    MISPLACED = "B0211";
    /// Something that cannot be assigned to.
    NOT_A_VARIABLE = "B0212";
    /// A number that does not fit its variable.
    OVERFLOW = "B0213";
    /// The dialect does not have it.
    NOT_IN_DIALECT = "B0214";
    /// What the linker refuses.
    LINK = "B0215";
}

/// A warning: its code and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Stable code.
    pub code: &'static str,
    /// As in `-Wno-NAME`.
    pub name: &'static str,
    /// The row of the dialect table in the manual, or what it is about.
    pub about: &'static str,
}

macro_rules! warnings {
    ($($name:ident = $code:literal $option:literal $about:literal;)*) => {
        $(#[doc = $about] pub const $name: Warning = Warning { code: $code, name: $option, about: $about };)*

        /// Every warning and note.
        pub const WARNINGS: &[Warning] = &[$($name),*];
    };
}

warnings! {
    INTEGER_DIVISION = "B0302" "integer-division" "`/` of two integers truncates and meets a float.";
    NARROWING = "B0303" "narrowing" "A later assignment does not fit the type of the first.";
    INT_TRUNCATES = "B0308" "int-truncates" "`INT` of a possibly negative float truncates.";
    VAL_TRUNCATES = "B0309" "val-truncates" "`VAL` of a text with a point gives an integer.";
    POWER_SIGN = "B0311" "power-sign" "`-X^2` and `2^3^2` differ between dialects.";
    NOT_COMPARISON = "B0312" "not-comparison" "`NOT A = B` differs between dialects.";
    MIXED_LOGIC = "B0313" "mixed-logic" "AND, OR and XOR mixed without parentheses.";
    MIXED_DIVISION = "B0314" "mixed-division" "MOD or `\\` mixed with `*` or `/` without parentheses.";
    BASE = "B0317" "array-base" "A constant subscript outside the bounds.";
    BY_VALUE = "B0318" "by-value" "A parameter is assigned, but the caller keeps its variable.";
    SHADOWED = "B0319" "shadowed" "A SUB reads a name that some caller shadows.";
    LOCAL_UNSET = "B0320" "local-unset" "LOCAL is read before it is assigned.";
    FORMAT_ARGUMENT = "B0324" "format-argument" "A placeholder of FORMAT without an argument.";
    SAME_14 = "B0331" "same-14" "Two names share the 14 characters that ConeZ looks at.";
    UNSET = "B0340" "unset" "A variable is read but never set.";
    IGNORED = "B0341" "ignored-statement" "A statement for hardware that the device does not have.";
    DIALECT_NOTE = "B0401" "dialect" "Which dialect a file is taken for.";
}
