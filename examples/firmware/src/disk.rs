//! A block device that outlives a reset: a file of the machine that runs QEMU, through Arm
//! semihosting. It behaves as NOR flash does: a block is erased to ones as a whole, and a write
//! clears bits, so that what littlefs does for a real chip is done here too.

use littlefs2::{
    consts::{U4, U256},
    driver::Storage,
    io::{Error, Result},
};
use semihosting::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
};

/// Bytes in an erasable block.
const BLOCK: usize = 4096;
/// Blocks: 1 MiB.
const BLOCKS: usize = 256;

/// The device.
pub struct Disk {
    file: File,
}

impl Disk {
    /// Opens the image `disk.img` in QEMU's working directory; makes it, erased, when it is not
    /// there or not whole.
    ///
    /// # Errors
    /// When the image can neither be opened nor made.
    pub fn open() -> Result<Self> {
        const NAME: &core::ffi::CStr = c"disk.img";
        let open = File::options().read(true).write(true).open(NAME);
        if let Some(file) = open.ok().filter(is_whole) {
            return Ok(Self { file });
        }
        let create = File::options().read(true).write(true).create(true).truncate(true).open(NAME);
        let mut disk = Self { file: create.map_err(|_| Error::IO)? };
        for block in 0..BLOCKS {
            disk.erase(block * BLOCK, BLOCK)?;
        }
        Ok(disk)
    }

    fn seek(&mut self, offset: usize) -> Result<()> {
        self.file.seek(SeekFrom::Start(offset as u64)).map(drop).map_err(|_| Error::IO)
    }
}

fn is_whole(file: &File) -> bool {
    file.metadata().is_ok_and(|meta| meta.len() == (BLOCK * BLOCKS) as u64)
}

impl Storage for Disk {
    const READ_SIZE: usize = 16;
    const WRITE_SIZE: usize = 16;
    const BLOCK_SIZE: usize = BLOCK;
    const BLOCK_COUNT: usize = BLOCKS;
    const BLOCK_CYCLES: isize = 500;
    type CACHE_SIZE = U256;
    type LOOKAHEAD_SIZE = U4;

    fn read(&mut self, offset: usize, into: &mut [u8]) -> Result<usize> {
        self.seek(offset)?;
        let mut done = 0;
        while done < into.len() {
            match self.file.read(&mut into[done..]) {
                Ok(0) | Err(_) => return Err(Error::IO),
                Ok(len) => done += len,
            }
        }
        Ok(done)
    }

    fn write(&mut self, offset: usize, from: &[u8]) -> Result<usize> {
        let mut stored = [0; 256];
        for (index, piece) in from.chunks(stored.len()).enumerate() {
            let at = offset + index * stored.len();
            let stored = &mut stored[..piece.len()];
            self.read(at, stored)?;
            stored.iter_mut().zip(piece).for_each(|(old, new)| *old &= new);
            self.seek(at)?;
            self.file.write_all(stored).map_err(|_| Error::IO)?;
        }
        Ok(from.len())
    }

    fn erase(&mut self, offset: usize, len: usize) -> Result<usize> {
        self.seek(offset)?;
        for _ in 0..len / 256 {
            self.file.write_all(&[0xFF; 256]).map_err(|_| Error::IO)?;
        }
        Ok(len)
    }
}
