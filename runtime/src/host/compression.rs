//! Gzip, zlib and raw deflate streams (RFC 1952, 1950, 1951), over miniz_oxide.

use super::guest::{self, path};
use super::{Calls, Device, give};
use crate::board::{Board, Failed};
use crate::memory::GuestMemory;
use ::alloc::{vec, vec::Vec};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use wasm_common::abi::files::FileMode;

/// Bytes that a compressed or decompressed file may have, so that a small file cannot take all of
/// a device's memory.
const MAX_FILE: u32 = 16 << 20;
/// miniz_oxide's level: 6 is zlib's default.
const LEVEL: u8 = 6;

pub(super) const CALLS: Calls = &[
    ("inflate_file", |d, a, m| {
        give(file_to_file(d, m, [a.u32(0), a.u32(1)], |b| inflate(b, MAX_FILE)).unwrap_or(-1))
    }),
    ("deflate_file", |d, a, m| {
        give(file_to_file(d, m, [a.u32(0), a.u32(1)], |b| Ok(gzip(b))).unwrap_or(-1))
    }),
    ("deflate_mem_to_file", |d, a, m| {
        let done = source(m, a.u32(0), a.i32(1)).and_then(|bytes| {
            let to = path(m, a.u32(2)).ok_or(Failed)?;
            write(d.board, &to, &gzip(&bytes))
        });
        give(done.unwrap_or(-1))
    }),
    ("inflate_file_to_mem", |d, a, m| {
        let done = path(m, a.u32(0))
            .ok_or(Failed)
            .and_then(|from| read(d.board, &from))
            .and_then(|bytes| to_memory(m, a.u32(1), a.i32(2), |max| inflate(&bytes, max)));
        give(done.unwrap_or(-1))
    }),
    ("inflate_mem", |_, a, m| {
        let done = source(m, a.u32(0), a.i32(1))
            .and_then(|bytes| to_memory(m, a.u32(2), a.i32(3), |max| inflate(&bytes, max)));
        give(done.unwrap_or(-1))
    }),
    ("deflate_mem", |_, a, m| {
        let done = source(m, a.u32(0), a.i32(1))
            .and_then(|bytes| to_memory(m, a.u32(2), a.i32(3), |_| Ok(gzip(&bytes))));
        give(done.unwrap_or(-1))
    }),
];

fn source(memory: &mut dyn GuestMemory, address: u32, len: i32) -> Result<Vec<u8>, Failed> {
    let len = u32::try_from(len).ok().filter(|&len| len > 0).ok_or(Failed)?;
    guest::bytes(memory, address, len).map_err(|_| Failed)
}

/// Stores what `make` gives for a limit of `max` bytes; all of it or nothing.
fn to_memory(
    memory: &mut dyn GuestMemory,
    address: u32,
    max: i32,
    make: impl FnOnce(u32) -> Result<Vec<u8>, Failed>,
) -> Result<i32, Failed> {
    let max = u32::try_from(max).ok().filter(|&max| max > 0).ok_or(Failed)?;
    guest::check(memory, address, max).map_err(|_| Failed)?;
    let bytes = make(max)?;
    if bytes.len() > max as usize {
        return Err(Failed);
    }
    memory.write(address, &bytes).map_err(|_| Failed)?;
    Ok(bytes.len() as i32)
}

fn file_to_file(
    device: &mut Device<'_>,
    memory: &mut dyn GuestMemory,
    [from, to]: [u32; 2],
    make: impl FnOnce(&[u8]) -> Result<Vec<u8>, Failed>,
) -> Result<i32, Failed> {
    let (from, to) = path(memory, from).zip(path(memory, to)).ok_or(Failed)?;
    let made = make(&read(device.board, &from)?)?;
    write(device.board, &to, &made)
}

fn read(board: &mut dyn Board, path: &str) -> Result<Vec<u8>, Failed> {
    let file = board.open(path, FileMode::Read)?;
    let bytes = read_all(board, file);
    board.close(file);
    bytes
}

fn read_all(board: &mut dyn Board, file: u32) -> Result<Vec<u8>, Failed> {
    let size = board.size(file)?;
    if size > MAX_FILE {
        return Err(Failed);
    }
    let mut bytes = vec![0; size as usize];
    let mut len = 0;
    while len < bytes.len() {
        match board.read_at(file, len as u32, &mut bytes[len..])? {
            0 => return Err(Failed),
            read => len += read,
        }
    }
    Ok(bytes)
}

/// Writes a whole file; one that cannot be finished is removed.
fn write(board: &mut dyn Board, path: &str, bytes: &[u8]) -> Result<i32, Failed> {
    let file = board.open(path, FileMode::Write)?;
    let written = board.write_at(file, 0, bytes);
    board.close(file);
    if written.is_err() {
        // Whether the removal succeeds or not, the write has failed.
        let _ = board.remove(path);
    }
    written.map(|()| bytes.len() as i32)
}

/// A gzip file: header without name or time, deflate stream, CRC-32, size.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    out.extend(compress_to_vec(bytes, LEVEL));
    out.extend(crc32(bytes).to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out
}

/// The content of a gzip, zlib or raw deflate stream, if it is whole and has at most `max` bytes.
fn inflate(bytes: &[u8], max: u32) -> Result<Vec<u8>, Failed> {
    let max = max as usize;
    if let [0x1F, 0x8B, 8, flags, ..] = *bytes {
        return gunzip(bytes, flags, max);
    }
    let zlib = matches!(*bytes, [cmf, flg, ..]
        if cmf & 0x0F == 8 && u16::from_be_bytes([cmf, flg]) % 31 == 0);
    let whole = if zlib {
        miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(bytes, max)
    } else {
        decompress_to_vec_with_limit(bytes, max)
    };
    whole.map_err(|_| Failed)
}

fn gunzip(bytes: &[u8], flags: u8, max: usize) -> Result<Vec<u8>, Failed> {
    const HEADER_CRC: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let mut rest = bytes.get(10..).ok_or(Failed)?;
    if flags & EXTRA != 0 {
        let [low, high, ..] = *rest else { return Err(Failed) };
        rest = rest.get(2 + usize::from(u16::from_le_bytes([low, high]))..).ok_or(Failed)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|&b| b == 0).ok_or(Failed)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & HEADER_CRC != 0 {
        rest = rest.get(2..).ok_or(Failed)?;
    }
    let (stream, trailer) = rest.split_last_chunk::<8>().ok_or(Failed)?;
    let content = decompress_to_vec_with_limit(stream, max).map_err(|_| Failed)?;
    let mut expected = crc32(&content).to_le_bytes().to_vec();
    expected.extend((content.len() as u32).to_le_bytes());
    if expected == trailer { Ok(content) } else { Err(Failed) }
}

/// CRC-32 as in RFC 1952, section 8, four bits at a time.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    const fn nibble(value: u32) -> u32 {
        let mut crc = value;
        let mut bit = 0;
        while bit < 4 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
            bit += 1;
        }
        crc
    }
    const TABLE: [u32; 16] = {
        let mut table = [0; 16];
        let mut i = 0;
        while i < 16 {
            table[i] = nibble(i as u32);
            i += 1;
        }
        table
    };
    let step = |crc: u32, nibble: u32| crc >> 4 ^ TABLE[((crc ^ nibble) & 15) as usize];
    !bytes.iter().fold(u32::MAX, |crc, &b| {
        let low = step(crc, u32::from(b) & 15);
        step(low, u32::from(b) >> 4)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc_of_the_check_string() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn streams_come_back_and_damage_is_seen() {
        let text = b"to be or not to be, that is the question ".repeat(20);
        let packed = gzip(&text);
        assert!(packed.len() < text.len() / 4);
        assert_eq!(inflate(&packed, 4096), Ok(text.clone()));
        assert_eq!(inflate(&packed, 100), Err(Failed));
        for at in [12, packed.len() - 1, packed.len() - 6] {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x55;
            assert_eq!(inflate(&damaged, 4096), Err(Failed), "byte {at}");
        }
        let zlib = miniz_oxide::deflate::compress_to_vec_zlib(&text, LEVEL);
        assert_eq!(inflate(&zlib, 4096), Ok(text.clone()));
        assert_eq!(inflate(&compress_to_vec(&text, LEVEL), 4096), Ok(text));
    }

    #[test]
    fn a_gzip_file_with_name_and_extra_field() {
        let plain = gzip(b"hello");
        let mut file = plain[..10].to_vec();
        file[3] = 4 | 8;
        file.extend(b"\x02\0xxname\0");
        file.extend(&plain[10..]);
        assert_eq!(inflate(&file, 10), Ok(b"hello".to_vec()));
        for len in 0..file.len() {
            assert!(inflate(&file[..len], 10).is_err());
        }
    }
}
