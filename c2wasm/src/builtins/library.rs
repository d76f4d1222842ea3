//! The C library's functions: type, header, and which file of [`libc`](crate::libc) defines them.

/// A function of the library.
#[derive(Debug)]
pub struct LibraryFunction {
    /// Its name.
    pub name: &'static str,
    /// Its type, in letters.
    pub signature: &'static str,
    /// The header that declares it.
    pub header: &'static str,
    /// The file that defines it; empty for host imports.
    pub file: &'static str,
}

/// The functions of a header that a file defines.
struct Group {
    header: &'static str,
    file: &'static str,
    /// For each function name, blank and type; one behind the other.
    rows: &'static str,
    /// Bytes of each.
    lengths: &'static [u8],
}

impl Group {
    fn rows(&self) -> impl Iterator<Item = &'static str> {
        let mut rest = self.rows;
        self.lengths.iter().map(move |&length| {
            let (row, behind) = rest.split_at(length.into());
            rest = behind;
            row
        })
    }

    fn function(&self, row: &'static str) -> LibraryFunction {
        let (name, signature) = row.split_once(' ').unwrap_or((row, ""));
        LibraryFunction { name, signature, header: self.header, file: self.file }
    }
}

macro_rules! library {
    ($($header:literal $file:literal { $($name:literal $signature:literal)+ })+) => {
        const GROUPS: &[Group] = &[$(Group {
            header: $header,
            file: $file,
            rows: concat!($($name, " ", $signature),+),
            lengths: &[$(concat!($name, " ", $signature).len() as u8),+],
        },)+];
    };
}

library! {
    "string.h" "string.c" {
        "memchr" "pPiu" "memcmp" "iPPu" "memcpy" "ppPu" "memmove" "ppPu" "memset" "ppiu"
        "strcat" "ssS" "strchr" "sSi" "strcmp" "iSS" "strcoll" "iSS" "strcpy" "ssS"
        "strcspn" "uSS" "strlen" "uS" "strncat" "ssSu" "strncmp" "iSSu" "strncpy" "ssSu"
        "strnlen" "uSu" "strpbrk" "sSS" "strrchr" "sSi" "strspn" "uSS" "strstr" "sSS"
        "strxfrm" "usSu" "stpcpy" "ssS" "mempcpy" "ppPu" "strcasecmp" "iSS"
        "strncasecmp" "iSSu" "stpncpy" "ssSu" "memrchr" "pPiu"
    }
    "strings.h" "string.c" {
        "index" "sSi" "rindex" "sSi" "bcmp" "iPPu" "bzero" "vpu" "bcopy" "vPpu"
        "strlcpy" "usSu"
    }
    "string.h" "string_more.c" {
        "strtok" "ssS" "strdup" "sS" "strndup" "sSu" "strerror" "si"
    }
    "ctype.h" "ctype.c" {
        "isalnum" "ii" "isalpha" "ii" "isblank" "ii" "iscntrl" "ii" "isdigit" "ii" "isgraph" "ii"
        "islower" "ii" "isprint" "ii" "ispunct" "ii" "isspace" "ii" "isupper" "ii" "isxdigit" "ii"
        "tolower" "ii" "toupper" "ii" "isascii" "ii" "toascii" "ii"
    }
    "stdlib.h" "stdlib.c" {
        "abs" "ii" "labs" "ll" "llabs" "LL" "div" "vii" "ldiv" "vll" "lldiv" "vLL"
        "rand" "i" "srand" "vu" "bsearch" "pPPuup" "qsort" "vpuup"
        "getenv" "sS" "system" "iS" "aligned_alloc" "puu"
    }
    "stdlib.h" "strtol.c" {
        "atoi" "iS" "atol" "lS" "atoll" "LS" "strtol" "lSpi" "strtoul" "mSpi"
        "strtoll" "LSpi" "strtoull" "USpi"
    }
    "stdlib.h" "strtod.c" {
        "atof" "dS" "strtof" "fSp" "strtod" "dSp" "strtold" "DSp"
    }
    "stdlib.h" "exit.c" {
        "abort" "v" "exit" "vi" "_Exit" "vi" "atexit" "ip"
    }
    "stdlib.h" "" {
        "malloc" "pu" "calloc" "puu" "realloc" "ppu" "free" "vp"
    }
    "assert.h" "assert.c" {
        "__assert_fail" "vSSiS"
    }
    "stdio.h" "errno.c" {
        "perror" "vS"
    }
    "stdio.h" "printf.c" {
        "printf" "iS." "vprintf" "iSp" "sprintf" "isS." "snprintf" "isuS." "vsprintf" "isSp"
        "vsnprintf" "isuSp"
    }
    "stdio.h" "scanf.c" {
        "sscanf" "iSS." "vsscanf" "iSSp"
    }
    "stdio.h" "scan_stream.c" {
        "scanf" "iS." "vscanf" "iSp" "fscanf" "ipS." "vfscanf" "ipSp"
    }
    "stdio.h" "putchar.c" {
        "putchar" "ii" "puts" "iS"
    }
    "stdio.h" "stdio.c" {
        "fprintf" "ipS." "vfprintf" "ipSp" "putc" "iip" "fputc" "iip" "fputs" "iSp"
        "getchar" "i" "getc" "ip" "fgetc" "ip" "ungetc" "iip" "fgets" "ssip" "fopen" "pSS"
        "freopen" "pSSp" "fclose" "ip" "fflush" "ip" "fread" "upuup" "fwrite" "uPuup"
        "fseek" "ipli" "ftell" "lp" "rewind" "vp" "fgetpos" "ipp" "fsetpos" "ipP" "feof" "ip"
        "ferror" "ip" "clearerr" "vp" "remove" "iS" "rename" "iSS" "setbuf" "vps"
        "setvbuf" "ipsiu" "fileno" "ip" "tmpnam" "ss" "tmpfile" "p"
    }
    "time.h" "time.c" {
        "clock" "l" "time" "Lp" "difftime" "dLL" "mktime" "Lp" "gmtime" "pP" "localtime" "pP"
        "asctime" "sP" "ctime" "sP" "strftime" "usuSP"
    }
    "math.h" "math.c" {
        "fmax" "ddd" "fmin" "ddd" "fmaxf" "fff" "fminf" "fff" "fmaxl" "DDD" "fminl" "DDD"
        "fdim" "ddd" "fdimf" "fff" "round" "dd" "roundf" "ff" "lround" "ld"
        "lroundf" "lf" "llround" "Ld" "llroundf" "Lf" "lrint" "ld" "lrintf" "lf" "llrint" "Ld"
        "llrintf" "Lf" "frexp" "ddp" "frexpf" "ffp" "ldexp" "ddi" "ldexpf" "ffi" "scalbn" "ddi"
        "scalbnf" "ffi" "scalbln" "ddl" "scalblnf" "ffl" "modf" "ddp" "modff" "ffp" "ilogb" "id"
        "ilogbf" "if" "logb" "dd" "logbf" "ff" "nan" "dS" "nanf" "fS" "nextafter" "ddd"
        "nextafterf" "fff" "remainder" "ddd" "remainderf" "fff" "remquo" "dddp" "fma" "dddd"
        "fmaf" "ffff" "hypot" "ddd" "hypotf" "fff" "cbrt" "dd" "cbrtf" "ff" "exp2" "dd"
        "exp2f" "ff" "log10" "dd" "log10f" "ff" "sinh" "dd" "sinhf" "ff" "cosh" "dd" "coshf" "ff"
        "tanh" "dd" "tanhf" "ff" "asinh" "dd" "asinhf" "ff" "acosh" "dd" "acoshf" "ff"
        "atanh" "dd" "atanhf" "ff" "expm1" "dd" "expm1f" "ff" "log1p" "dd" "log1pf" "ff"
        "erf" "dd" "erff" "ff" "erfc" "dd" "erfcf" "ff" "tgamma" "dd" "tgammaf" "ff"
        "lgamma" "dd" "lgammaf" "ff" "sinl" "DD" "cosl" "DD" "tanl" "DD"
        "powl" "DDD" "expl" "DD" "logl" "DD" "fmodl" "DDD" "roundl" "DD"
    }
    "math.h" "math_simple.c" {
        "fabs" "dd" "sqrt" "dd" "ceil" "dd" "floor" "dd" "nearbyint" "dd" "rint" "dd" "trunc" "dd"
        "copysign" "ddd" "fabsf" "ff" "sqrtf" "ff" "ceilf" "ff" "floorf" "ff" "nearbyintf" "ff"
        "rintf" "ff" "truncf" "ff" "copysignf" "fff" "remquof" "fffp"
    }
    "math.h" "math_long.c" {
        "sqrtl" "DD"        "acosl" "DD" "asinl" "DD" "atanl" "DD" "acoshl" "DD" "asinhl" "DD" "atanhl" "DD"
        "coshl" "DD" "sinhl" "DD" "tanhl" "DD" "exp2l" "DD" "expm1l" "DD" "log10l" "DD"
        "log1pl" "DD" "log2l" "DD" "logbl" "DD" "cbrtl" "DD" "fabsl" "DD" "erfl" "DD" "erfcl" "DD"
        "lgammal" "DD" "tgammal" "DD" "ceill" "DD" "floorl" "DD" "nearbyintl" "DD" "rintl" "DD"
        "truncl" "DD" "atan2l" "DDD" "hypotl" "DDD" "remainderl" "DDD" "copysignl" "DDD"
        "nextafterl" "DDD" "fdiml" "DDD" "fmal" "DDDD" "frexpl" "DDp" "ldexpl" "DDi"
        "scalbnl" "DDi" "scalblnl" "DDl" "modfl" "DDp" "ilogbl" "iD" "lrintl" "lD" "llrintl" "LD"
        "lroundl" "lD" "llroundl" "LD" "nanl" "DS" "remquol" "DDDp"
    }
    "inttypes.h" "inttypes.c" {
        "imaxabs" "LL" "imaxdiv" "vLL" "strtoimax" "LSpi" "strtoumax" "USpi"
    }
}

/// All functions of the library.
pub fn functions() -> impl Iterator<Item = LibraryFunction> {
    GROUPS.iter().flat_map(|group| group.rows().map(|row| group.function(row)))
}

/// The library function called `name`.
pub fn library(name: &str) -> Option<LibraryFunction> {
    // Few have its first letter, and of others there is nothing to compare.
    let is_it = |row: &&str| {
        row.as_bytes().first() == name.as_bytes().first()
            && row.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '))
    };
    GROUPS.iter().find_map(|group| group.rows().find(is_it).map(|row| group.function(row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{include, libc};

    /// Whether `text` has `word` as a whole word.
    fn names(text: &str, word: &str) -> bool {
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|part| part == word)
    }

    #[test]
    fn headers_declare_and_files_define_all_functions() {
        for LibraryFunction { name, header, file, .. } in functions() {
            let declared = include::header(header).is_some_and(|text| names(&text, name));
            assert!(declared || name == "__assert_fail", "{name} is not in <{header}>");
            let defined =
                file.is_empty() || libc::text(file).is_some_and(|text| names(&text, name));
            assert!(defined || file.starts_with("math"), "{name} is not in {file}");
        }
    }
}
