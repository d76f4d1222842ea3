//! Numbers of the file imports: modes, seek origins, kinds, limits, and the layout of the two
//! structs they fill.

/// Mode of `file_open`: how a C program and BASIC's OPEN ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileMode {
    /// 0, C `r`, `FOR INPUT`.
    Read,
    /// 1, C `w`, `FOR OUTPUT`.
    Write,
    /// 2, C `a`, `FOR APPEND`.
    Append,
    /// 3, C `r+`.
    ReadUpdate,
    /// 4, C `w+`.
    WriteUpdate,
    /// 5, C `a+`.
    AppendUpdate,
}

impl FileMode {
    /// All modes, by number.
    pub const ALL: [Self; 6] = [
        Self::Read,
        Self::Write,
        Self::Append,
        Self::ReadUpdate,
        Self::WriteUpdate,
        Self::AppendUpdate,
    ];

    /// The mode that `file_open` knows by this number.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }

    /// Its number.
    pub const fn number(self) -> u32 {
        self as u32
    }

    /// The mode of a C mode string; `b` and `t` are accepted and mean nothing.
    pub fn from_c(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        let first = chars.next()?;
        let rest = chars.filter(|c| !matches!(c, 'b' | 't'));
        let update = match rest.collect::<alloc::string::String>().as_str() {
            "" => false,
            "+" => true,
            _ => return None,
        };
        Some(match (first, update) {
            ('r', false) => Self::Read,
            ('r', true) => Self::ReadUpdate,
            ('w', false) => Self::Write,
            ('w', true) => Self::WriteUpdate,
            ('a', false) => Self::Append,
            ('a', true) => Self::AppendUpdate,
            _ => return None,
        })
    }

    /// May read.
    pub const fn reads(self) -> bool {
        !matches!(self, Self::Write | Self::Append)
    }

    /// May write.
    pub const fn writes(self) -> bool {
        !matches!(self, Self::Read)
    }

    /// Every write goes to the end.
    pub const fn appends(self) -> bool {
        matches!(self, Self::Append | Self::AppendUpdate)
    }

    /// Makes the file when there is none.
    pub const fn creates(self) -> bool {
        !matches!(self, Self::Read | Self::ReadUpdate)
    }

    /// Empties the file.
    pub const fn truncates(self) -> bool {
        matches!(self, Self::Write | Self::WriteUpdate)
    }
}

/// Files open at a time.
pub const MAX_FILES: usize = 4;
/// Directories open at a time.
pub const MAX_DIRS: usize = 4;
/// A path has fewer bytes than this.
pub const MAX_PATH: usize = 128;
/// File name that programs cannot touch in any directory.
pub const PROTECTED: &str = "config.ini";

/// `file_seek` from the start.
pub const SEEK_SET: u32 = 0;
/// `file_seek` from the position.
pub const SEEK_CUR: u32 = 1;
/// `file_seek` from the end.
pub const SEEK_END: u32 = 2;

/// `type` of a file in `struct conez_stat` and `struct conez_dirent`.
pub const KIND_FILE: u32 = 1;
/// `type` of a directory.
pub const KIND_DIR: u32 = 2;
/// Bytes of `struct conez_stat`: i32 size, type, mtime (seconds since 1970).
pub const STAT_SIZE: u32 = 12;
/// Bytes of the name in `struct conez_dirent`, which an i32 type precedes.
pub const DIRENT_NAME: u32 = 256;

/// Condition of `wait_param`: parameter greater than the value.
pub const WAIT_GT: u32 = 0;
/// Less.
pub const WAIT_LT: u32 = 1;
/// Equal.
pub const WAIT_EQ: u32 = 2;
/// Not equal.
pub const WAIT_NE: u32 = 3;
