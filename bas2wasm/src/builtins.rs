//! Every builtin function, once: its name, who has it, its arguments, and what it becomes.
//!
//! A signature is a text: one letter for each argument, `?` before the optional ones, `>` and the
//! result. `i` i32, `l` i64, `f` f32, `d` f64, `s` string, `n` any number as it is, `a` a whole
//! array, `v` a whole array of i32, `c` a number of characters. Host imports get their meaning from `wasm_common::abi`.

use crate::tree::Intrinsic;

/// What a builtin becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// A host import with the same arguments.
    Host(&'static str),
    /// A few instructions.
    Op(Intrinsic),
    /// A procedure of the library (`library.bas`).
    Lib(&'static str),
    /// The checker knows.
    Special(Special),
}

/// Builtins whose type depends on their arguments, or on the dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Special {
    Abs,
    Sgn,
    Int,
    Fix,
    Cint,
    Clng,
    Csng,
    Cdbl,
    Str,
    Val,
    Sqr,
    Math,
    Mid,
    Instr,
    StringOf,
    Lbound,
    Ubound,
    Rnd,
    Truncated,
    Len,
    Asc,
    Chr,
    Hex,
    Fre,
    Setting,
}

/// A builtin function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Builtin {
    /// With its suffix.
    pub(crate) name: &'static str,
    /// Its signature.
    pub(crate) sig: &'static str,
    /// What it becomes.
    pub(crate) how: How,
}

impl Builtin {
    /// Letters of the arguments, the number that must be there, and the result.
    pub(crate) fn signature(&self) -> (&'static str, &'static str, u8) {
        let (params, result) = self.sig.split_once('>').unwrap_or((self.sig, "i"));
        let (must, may) = params.split_once('?').unwrap_or((params, ""));
        (must, may, result.as_bytes()[0])
    }
}

/// Builtins, without a pointer for each text.
struct Table {
    /// Name, signature and target of each, one behind the other.
    texts: &'static str,
    rows: &'static [Row],
}

struct Row {
    /// Of name, signature and target.
    lengths: [u8; 3],
    what: What,
}

/// [`How`] without its text.
#[derive(Clone, Copy)]
enum What {
    Host,
    Lib,
    Op(Intrinsic),
    Special(Special),
}

impl Table {
    fn iter(&self) -> impl Iterator<Item = Builtin> {
        let mut rest = self.texts;
        let mut next = move |length: u8| {
            let (text, behind) = rest.split_at(length.into());
            rest = behind;
            text
        };
        self.rows.iter().map(move |row| {
            let [name, sig, target] = row.lengths.map(&mut next);
            let how = match row.what {
                What::Host => How::Host(target),
                What::Lib => How::Lib(target),
                What::Op(op) => How::Op(op),
                What::Special(special) => How::Special(special),
            };
            Builtin { name, sig, how }
        })
    }
}

macro_rules! table {
    ($($name:literal $sig:literal $kind:ident $what:tt;)*) => {
        Table {
            texts: concat!($($name, $sig, target!($kind $what)),*),
            rows: &[$(Row {
                lengths: [
                    $name.len() as u8,
                    $sig.len() as u8,
                    target!($kind $what).len() as u8,
                ],
                what: what!($kind $what),
            }),*],
        }
    };
}

macro_rules! target {
    ($kind:ident $target:literal) => {
        $target
    };
    ($kind:ident $what:ident) => {
        ""
    };
}

macro_rules! what {
    ($kind:ident $target:literal) => {
        What::$kind
    };
    ($kind:ident $what:ident) => {
        What::$kind($kind::$what)
    };
}

use Intrinsic as Op;

/// Sorted by what they are about; a name that stands twice differs in its arguments.
static BUILTINS: Table = table! {
    "ABS" "n>n" Special Abs;
    "SGN" "n>i" Special Sgn;
    "INT" "n>n" Special Int;
    "FIX" "n>n" Special Fix;
    "CINT" "n>i" Special Cint;
    "CLNG" "n>i" Special Clng;
    "CSNG" "n>f" Special Csng;
    "CDBL" "n>d" Special Cdbl;
    "FLOAT" "n>f" Special Csng;
    "SQR" "n>n" Special Sqr;
    "SQRT" "n>n" Special Sqr;
    "SIN" "n>n" Special Math;
    "COS" "n>n" Special Math;
    "TAN" "n>n" Special Math;
    "ATN" "n>n" Special Math;
    "ATAN" "n>n" Special Math;
    "ASIN" "n>n" Special Math;
    "ACOS" "n>n" Special Math;
    "EXP" "n>n" Special Math;
    "LOG" "n>n" Special Math;
    "LOG2" "n>n" Special Math;
    "FLOOR" "f>f" Op Floor;
    "CEIL" "f>f" Op Ceil;
    "ATAN2" "ff>f" Host "atan2f";
    "POW" "ff>f" Host "powf";
    "FMOD" "ff>f" Host "fmodf";
    "LIMIT" "iii>i" Op Clamp;
    "LIMIT256" "i>i" Lib "LIB_LIMIT256";
    "SCALE" "iiiii>i" Op Scale;
    "SIN256" "i>i" Lib "LIB_SIN256";
    "DIST" "ffff>f" Lib "LIB_DIST!";
    "ANGLE" "ffff>f" Lib "LIB_ANGLE!";
    "RANDOM" "ii>i" Host "random_int";
    "RND" "?f>f" Special Rnd;

    "LEN" "s>i" Special Len;
    "ASC" "s>i" Special Asc;
    "CHR$" "i>s" Special Chr;
    "STR$" "n>s" Special Str;
    "VAL" "s>i" Special Val;
    "VAL&" "s>l" Host "basic_str_to_i64";
    "VAL#" "s>f" Host "basic_str_to_float";
    "UPPER$" "s>s" Host "basic_str_upper";
    "UCASE$" "s>s" Host "basic_str_upper";
    "LOWER$" "s>s" Host "basic_str_lower";
    "LCASE$" "s>s" Host "basic_str_lower";
    "TRIM$" "s>s" Host "basic_str_trim";
    "LTRIM$" "s>s" Host "basic_str_ltrim";
    "RTRIM$" "s>s" Host "basic_str_rtrim";
    "LEFT$" "sc>s" Host "basic_str_left";
    "RIGHT$" "sc>s" Host "basic_str_right";
    "MID$" "si?i>s" Special Mid;
    "INSTR" "ss?i>i" Special Instr;
    "STRING$" "in>s" Special StringOf;
    "SPACE$" "c>s" Host "basic_str_space";
    "HEX$" "n>s" Special Hex;
    "OCT$" "n>s" Special Hex;

    "LBOUND" "a?i>i" Special Lbound;
    "UBOUND" "a?i>i" Special Ubound;
    "SETARRAY" "viii>i" Lib "LIB_SETARRAY";
    "SHIFTARRAY" "vii>i" Lib "LIB_SHIFTARRAY";
    "ROTATEARRAY" "vi>i" Lib "LIB_ROTATEARRAY";
    "COPYARRAY" "vv>i" Lib "LIB_COPYARRAY";
    "SCALELIMITARRAY" "viii>i" Lib "LIB_SCALELIMITARRAY";
    "RGBTOHSVARRAY" "vvv>i" Lib "LIB_RGBTOHSVARRAY";
    "HSVTORGBARRAY" "vvv>i" Lib "LIB_HSVTORGBARRAY";
    "LUTTOARRAY" "v>i" Lib "LIB_LUTTOARRAY";
    "ARRAYTOLUT" "v>i" Lib "LIB_ARRAYTOLUT";

    "WAIT" "i>i" Lib "LIB_WAIT";
    "WAITFOR" "iiiii>i" Lib "LIB_WAITFOR";
    "TIMESTAMP" "i>i" Lib "LIB_TIMESTAMP";
    "TIMESTAMP&" "i>l" Lib "LIB_TIMESTAMP64&";
    "MILLIS" ">i" Host "millis";
    "MILLIS&" ">l" Host "millis64";
    "UPTIME" ">i" Host "millis";
    "UPTIME&" ">l" Host "millis64";
    "LASTCOMM" ">i" Lib "LIB_LASTCOMM";
    "LASTCOMM&" ">l" Host "get_last_comm_ms";
    "EPOCHMS" ">l" Host "get_epoch_ms";
    "EPOCHMS&" ">l" Host "get_epoch_ms";
    "CUE" ">l" Host "cue_elapsed";
    "CUE&" ">l" Host "cue_elapsed";
    "CUEELAPSED" ">l" Host "cue_elapsed";
    "CUEELAPSED&" ">l" Host "cue_elapsed";
    "CUEPLAYING" ">i" Host "cue_playing";
    "VERSION" ">i" Lib "LIB_VERSION";
    "GETPARAM" "i>i" Host "get_param";
    "SETPARAM" "ii>i" Lib "LIB_SETPARAM";
    "SHOULDSTOP" ">i" Host "should_stop";
    "TIMER" ">f" Lib "LIB_TIMER!";
    "DATE$" ">s" Lib "LIB_DATE$";
    "TIME$" ">s" Lib "LIB_TIME$";

    "GETMAXLED" ">i" Lib "LIB_GETMAXLED";
    "SETLEDRGB" "vvv>i" Lib "LIB_SETLEDRGB";
    "SETLEDCOL" "iii>i" Lib "LIB_SETLEDCOL";
    "SETLED" "iiii>i" Lib "LIB_SETLED";
    "LEDSHOW" ">i" Lib "LIB_LEDSHOW";
    "USEGAMMA" "i>i" Lib "LIB_USEGAMMA";
    "GAMMA256" "i>i" Host "led_gamma8";
    "LOADLUT" "i>i" Host "lut_load";
    "SAVELUT" "i>i" Host "lut_save";
    "LUTSIZE" "?i>i" Lib "LIB_LUTSIZE";
    "LUT" "i>i" Host "lut_get";

    "SETPIN" "i>i" Lib "LIB_SETPIN";
    "CLEARPIN" "i>i" Lib "LIB_CLEARPIN";
    "CLRPIN" "i>i" Lib "LIB_CLEARPIN";
    "READPIN" "i>i" Host "pin_read";
    "GETPIN" "i>i" Host "pin_read";
    "READADC" "i>i" Host "analog_read";
    "GETADC" "i>i" Host "analog_read";
    "ANALOGREAD" "i>i" Host "analog_read";

    "GPSLAT" ">f" Host "get_lat";
    "GPSLAT#" ">f" Host "get_lat";
    "GPSLON" ">f" Host "get_lon";
    "GPSLON#" ">f" Host "get_lon";
    "GPSALT" ">f" Special Truncated;
    "GPSALT#" ">f" Host "get_alt";
    "GPSSPEED" ">f" Special Truncated;
    "GPSSPEED#" ">f" Host "get_speed";
    "GPSDIR" ">f" Special Truncated;
    "GPSDIR#" ">f" Host "get_dir";
    "HASGPS" ">i" Host "gps_valid";
    "GPSPRESENT" ">i" Host "gps_present";
    "HASORIGIN" ">i" Host "has_origin";
    "ORIGINDIST" ">f" Special Truncated;
    "ORIGINDIST#" ">f" Host "origin_dist";
    "ORIGINANGLE" ">f" Special Truncated;
    "ORIGINANGLE#" ">f" Host "origin_bearing";
    "ROLL" ">f" Special Truncated;
    "ROLL#" ">f" Host "get_roll";
    "PITCH" ">f" Special Truncated;
    "PITCH#" ">f" Host "get_pitch";
    "YAW" ">f" Special Truncated;
    "YAW#" ">f" Host "get_yaw";
    "ACCX" ">f" Special Truncated;
    "ACCX#" ">f" Host "get_acc_x";
    "ACCY" ">f" Special Truncated;
    "ACCY#" ">f" Host "get_acc_y";
    "ACCZ" ">f" Special Truncated;
    "ACCZ#" ">f" Host "get_acc_z";
    "HASGYRO" ">i" Host "imu_valid";
    "HASACC" ">i" Host "imu_valid";
    "HASMAG" ">i" Host "imu_valid";
    "HASIMU" ">i" Host "imu_valid";
    "IMUPRESENT" ">i" Host "imu_present";
    "TEMP" ">f" Special Truncated;
    "TEMP#" ">f" Host "get_temp";
    "HUM" ">f" Special Truncated;
    "HUM#" ">f" Host "get_humidity";
    "BRIGHT" ">f" Special Truncated;
    "BRIGHT#" ">f" Host "get_brightness";
    "BATPCT" ">f" Special Truncated;
    "BATPCT#" ">f" Host "get_battery_percentage";
    "BATRUNTIME" ">f" Special Truncated;
    "BATRUNTIME#" ">f" Host "get_battery_runtime";
    "BATVOLT#" ">f" Host "get_bat_voltage";
    "SUNAZ" ">f" Special Truncated;
    "SUNAZ#" ">f" Host "get_sun_azimuth";
    "SUNEL" ">f" Special Truncated;
    "SUNEL#" ">f" Host "get_sun_elevation";
    "SUNRISE" ">i" Host "get_sunrise";
    "SUNSET" ">i" Host "get_sunset";
    "SUNVALID" ">i" Host "sun_valid";
    "ISDAYLIGHT" ">i" Host "is_daylight";
    "YEAR" ">i" Host "get_year";
    "MONTH" ">i" Host "get_month";
    "DAY" ">i" Host "get_day";
    "HOUR" ">i" Host "get_hour";
    "MINUTE" ">i" Host "get_minute";
    "SECOND" ">i" Host "get_second";
    "DAYOFWEEK" ">i" Host "get_day_of_week";
    "DAYOFYEAR" ">i" Host "get_day_of_year";
    "ISLEAPYEAR" ">i" Host "get_is_leap_year";
    "HASTIME" ">i" Host "time_valid";
    "HASDATE" ">i" Host "time_valid";

    "EOF" "c>i" Lib "LIB_EOF";
    "FREEFILE" ">i" Lib "LIB_FREEFILE";
    "LOF" "c>i" Lib "LIB_LOF";
    "LOC" "c>i" Lib "LIB_LOC";
    "SEEK" "c>i" Lib "LIB_NEXT";
    "INKEY$" ">s" Host "basic_inkey";
    "MKI$" "i>s" Lib "LIB_MKI$";
    "MKL$" "i>s" Lib "LIB_MKL$";
    "MKS$" "f>s" Lib "LIB_MKS$";
    "MKD$" "d>s" Lib "LIB_MKD$";
    "CVI" "s>i" Lib "LIB_CVI";
    "CVL" "s>i" Lib "LIB_CVL";
    "CVS" "s>f" Lib "LIB_CVS!";
    "CVD" "s>d" Lib "LIB_CVD#";
    "INPUT$" "c?i>s" Lib "LIB_INPUTS$";
    "POS" "i>i" Lib "LIB_POS";
    "FRE" "n>i" Special Fre;
    "ERR" ">i" Op Err;
    "ERL" ">i" Op Erl;
};

/// What only the library may use.
static INTERNAL: Table = table! {
    "PEEK" "i>i" Op Peek;
    "POKE" "ii>i" Op Poke;
    "ADDRESS" "s>i" Op Address;
    "TEXTAT$" "i>s" Op TextAt;
    "BUFFER" ">i" Op Buffer;
    "HANDLE" "i>i" Op Handle;
    "SETHANDLE" "ii>i" Op SetHandle;
    "RAISE" "i?d>i" Op Raise;
    "SPRINTF$" "sd>s" Op Sprintf;
    "SCAN#" "s>d" Op Scan;
    "ORNULL$" "s>s" Op OrEmpty;
    "EMIT" "s>i" Op Put;
    "TRUNC" "d>d" Op Trunc;
    "BITS" "f>i" Op Bits;
    "BITS64&" "d>l" Op Bits;
    "SINGLE!" "i>f" Op FromBits;
    "DOUBLE#" "l>d" Op FromBits;
    "POW#" "dd>d" Host "pow";
    "CATCHES" ">i" Op Catches;
    "CALLERLINE" ">i" Op Line;
    "INFINITY#" ">d" Special Setting;
    "LENIENT" ">i" Special Setting;
    "BARE" ">i" Special Setting;
    "STRICT" ">i" Special Setting;
    "CONEZ" ">i" Special Setting;
};

/// The builtin with this name; the library has more of them.
pub(crate) fn find(name: &str, library: bool) -> Option<Builtin> {
    let internal = library.then(|| INTERNAL.iter()).into_iter().flatten();
    BUILTINS.iter().chain(internal).find(|builtin| builtin.name == name)
}

/// All of them that programs may use.
pub(crate) fn all() -> impl Iterator<Item = Builtin> {
    BUILTINS.iter()
}

/// All names, for suggestions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    BUILTINS.iter().map(|builtin| builtin.name)
}

/// The import behind a sensor whose name without `#` gives whole numbers.
pub(crate) fn truncated_import(name: &str) -> Option<&'static str> {
    let float = BUILTINS.iter().find(|b| b.name.strip_suffix('#') == Some(name))?;
    match float.how {
        How::Host(import) => Some(import),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::DialectName;
    use crate::{Options, compile};
    use alloc::{format, string::String, vec::Vec};
    use wasm_common::source::NoFiles;

    /// A call with arguments of the right types, without the optional ones or with them.
    fn call(builtin: &Builtin, optional: bool, array: &str) -> String {
        let (must, may, _) = builtin.signature();
        let letters = must.bytes().chain(may.bytes().filter(|_| optional));
        let args: Vec<&str> = letters
            .map(|letter| match letter {
                b's' => "\"1\"",
                b'a' | b'v' => array,
                _ => "1",
            })
            .collect();
        match args.as_slice() {
            [] => builtin.name.into(),
            args => format!("{}({})", builtin.name, args.join(", ")),
        }
    }

    #[test]
    fn every_builtin_compiles_in_every_dialect() {
        for dialect in DialectName::ALL {
            // An array of 32-bit integers, where the dialect can have one.
            let (array, dim) = match dialect {
                DialectName::Conez => ("A", "DIM A(3)"),
                _ => ("A", "DIM A(3) AS LONG"),
            };
            for builtin in all() {
                for optional in [false, true] {
                    let call = call(&builtin, optional, array);
                    let text = builtin.signature().2 == b's';
                    let target = if text { "R$" } else { "R" };
                    let lines = [
                        dim.into(),
                        format!("{target} = {call}"),
                        format!("PRINT {target}"),
                        "END".into(),
                    ];
                    let numbered = |(at, line): (usize, &String)| format!("{} {line}\n", at + 1);
                    let source: String = lines.iter().enumerate().map(numbered).collect();
                    let options = Options { dialect: Some(dialect), ..Options::default() };
                    if let Err(failure) = compile(&source, &options, &mut NoFiles) {
                        panic!("{}: {call}: {:?}", dialect.as_str(), failure.diagnostics);
                    }
                }
            }
        }
    }
}
