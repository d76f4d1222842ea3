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

/// The functions of a header that a file defines: behind each type, which has a colon in front, the names
/// of those that have it.
const GROUPS: &[(&str, &str, &str)] = &[
    (
        "string.h",
        "string.c",
        ":pPiu memchr memrchr :iPPu memcmp :ppPu memcpy memmove mempcpy :ppiu memset :ssS \
         strcat strcpy stpcpy :sSi strchr strrchr :iSS strcmp strcoll strcasecmp :uSS strcspn \
         strspn :uS strlen :ssSu strncat strncpy stpncpy :iSSu strncmp strncasecmp :uSu \
         strnlen :sSS strpbrk strstr :usSu strxfrm :spS strsep :ssSp strtok_r",
    ),
    ("strings.h", "string.c", ":sSi index rindex :iPPu bcmp :vpu bzero :vPpu bcopy :usSu strlcpy"),
    ("string.h", "string_more.c", ":ssS strtok :sS strdup :sSu strndup :si strerror"),
    (
        "ctype.h",
        "ctype.c",
        ":ii isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct isspace \
         isupper isxdigit tolower toupper isascii toascii",
    ),
    (
        "stdlib.h",
        "stdlib.c",
        ":ii abs :ll labs :LL llabs :vii div :vll ldiv :vLL lldiv :i rand :vu srand :pPPuup \
         bsearch :vpuup qsort :sS getenv :iS system :puu aligned_alloc",
    ),
    (
        "stdlib.h",
        "strtol.c",
        ":iS atoi :lS atol :LS atoll :lSpi strtol :mSpi strtoul :LSpi strtoll :USpi strtoull",
    ),
    ("stdlib.h", "strtod.c", ":dS atof :fSp strtof :dSp strtod :DSp strtold"),
    ("stdlib.h", "exit.c", ":v abort :vi exit _Exit quick_exit :ip atexit at_quick_exit"),
    (
        "stdlib.h",
        "multibyte.c",
        ":iSu mblen :ipSu mbtowc :isi wctomb :upSu mbstowcs :usPu wcstombs",
    ),
    ("stdlib.h", "", ":pu malloc :puu calloc :ppu realloc :vp free"),
    ("assert.h", "assert.c", ":vSSiS __assert_fail"),
    ("stdio.h", "errno.c", ":vS perror"),
    (
        "stdio.h",
        "printf.c",
        ":iS. printf :iSp vprintf :isS. sprintf :isuS. snprintf :isSp vsprintf :isuSp \
         vsnprintf",
    ),
    ("stdio.h", "scanf.c", ":iSS. sscanf :iSSp vsscanf"),
    ("stdio.h", "scan_stream.c", ":iS. scanf :iSp vscanf :ipS. fscanf :ipSp vfscanf"),
    ("stdio.h", "putchar.c", ":ii putchar :iS puts"),
    (
        "stdio.h",
        "stdio.c",
        ":ipS. fprintf :ipSp vfprintf :iip putc fputc ungetc :iSp fputs :i getchar :ip getc \
         fgetc fclose fflush feof ferror fileno :ssip fgets :pSS fopen :pSSp freopen :upuup \
         fread :uPuup fwrite :ipli fseek :lp ftell :vp rewind clearerr :ipp fgetpos :ipP \
         fsetpos :iS remove :iSS rename :vps setbuf :ipsiu setvbuf :ss tmpnam :p tmpfile",
    ),
    (
        "time.h",
        "time.c",
        ":l clock :Lp time mktime :dLL difftime :pP gmtime localtime :sP asctime ctime :usuSP \
         strftime :ipi timespec_get",
    ),
    (
        "math.h",
        "math.c",
        ":ddd fmax fmin fdim nextafter remainder hypot :fff fmaxf fminf fdimf nextafterf \
         remainderf hypotf :dd round logb cbrt exp2 log10 sinh cosh tanh asinh acosh atanh \
         expm1 log1p erf erfc tgamma lgamma :ff roundf logbf cbrtf exp2f log10f sinhf coshf \
         tanhf asinhf acoshf atanhf expm1f log1pf erff erfcf tgammaf lgammaf :ld lround lrint \
         :lf lroundf lrintf :Ld llround llrint :Lf llroundf llrintf :ddp frexp modf :ffp \
         frexpf modff :ddi ldexp scalbn :ffi ldexpf scalbnf :ddl scalbln :ffl scalblnf :id \
         ilogb :if ilogbf :dS nan :fS nanf :dddp remquo :ddD nexttoward :ffD nexttowardf \
         :dddd fma :ffff fmaf",
    ),
    (
        "math.h",
        "math_simple.c",
        ":dd fabs sqrt ceil floor nearbyint rint trunc :ddd copysign :ff fabsf sqrtf ceilf \
         floorf nearbyintf rintf truncf :fff copysignf :fffp remquof",
    ),
    (
        "math.h",
        "math_long.c",
        ":DD sinl cosl tanl expl logl roundl sqrtl acosl asinl atanl acoshl asinhl atanhl \
         coshl sinhl tanhl exp2l expm1l log10l log1pl log2l logbl cbrtl fabsl erfl erfcl \
         lgammal tgammal ceill floorl nearbyintl rintl truncl :DDD powl fmodl fmaxl fminl \
         nexttowardl atan2l hypotl remainderl copysignl nextafterl fdiml :DDDD fmal :DDp \
         frexpl modfl :DDi ldexpl scalbnl :DDl scalblnl :iD ilogbl :lD lrintl lroundl :LD \
         llrintl llroundl :DS nanl :DDDp remquol",
    ),
    ("inttypes.h", "inttypes.c", ":LL imaxabs :vLL imaxdiv :LSpi strtoimax :USpi strtoumax"),
];

/// All functions of the library.
pub fn functions() -> impl Iterator<Item = LibraryFunction> {
    GROUPS.iter().flat_map(|&(header, file, words)| {
        let mut signature = "";
        words.split(' ').filter_map(move |name| match name.strip_prefix(':') {
            Some(next) => {
                signature = next;
                None
            }
            None => Some(LibraryFunction { name, signature, header, file }),
        })
    })
}

/// The library function called `name`.
pub fn library(name: &str) -> Option<LibraryFunction> {
    functions().find(|function| function.name == name)
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
