//! The device without an operating system: QEMU's MPS2 board with a Cortex-M4F (`mps2-an386`).
//!
//! The shell talks over the serial port; files are a littlefs on a disk image; programs run in the
//! engine, with linear memory behind a simulated SPI PSRAM chip (or in memory-mapped PSRAM, with
//! the feature `mapped`); both compilers are on board.
#![no_std]
#![no_main]

extern crate alloc;

mod board;
mod clock;
mod console;
mod disk;
mod machine;
mod ram;
mod storage;
mod uart;

use board::Board;
use cortex_m::interrupt::InterruptNumber;
use cortex_m::peripheral::{NVIC, Peripherals};
use cortex_m_rt::{ExceptionFrame, entry, exception};
use disk::Disk;
use littlefs2::fs::Filesystem;
use machine::Mps2;
use ram::Heap;
use runtime::shell::Shell;
use semihosting::process;
use storage::Files;
use uart::Uart;

#[global_allocator]
static HEAP: Heap = Heap::empty();

/// Start and size of the board's PSRAM (Arm DAI 0386, table 2).
const PSRAM: (usize, usize) = (0x2100_0000, 16 << 20);

/// The heap of compilers, engine and shell. The content of the simulated chip is part of it, so it
/// lies in the board's PSRAM; with the feature `mapped` that is linear memory, and the heap in RAM.
fn heap() -> (usize, usize) {
    #[cfg(not(feature = "mapped"))]
    return PSRAM;
    #[cfg(feature = "mapped")]
    {
        const SIZE: usize = 3 << 20;
        static mut ARENA: core::mem::MaybeUninit<[u8; SIZE]> = core::mem::MaybeUninit::uninit();
        (&raw mut ARENA as usize, SIZE)
    }
}

/// The serial port's receive interrupt.
#[derive(Clone, Copy)]
struct Receive;

// SAFETY: the number is that of the board's UART 0 (Arm DAI 0386, table 3).
unsafe impl InterruptNumber for Receive {
    fn number(self) -> u16 {
        uart::RECEIVE_IRQ
    }
}

#[entry]
fn main() -> ! {
    // SAFETY: called once, before the first allocation, with memory that nothing else uses.
    unsafe { HEAP.init(heap().0, heap().1) };
    if let Some(mut peripherals) = Peripherals::take() {
        clock::start(&mut peripherals.SYST);
    }
    let uart = Uart::new();
    // SAFETY: the handler below is ready, and no critical section relies on the mask.
    unsafe { NVIC::unmask(Receive) };

    let Ok(mut disk) = Disk::open() else { fail("no disk image") };
    let mut cache = Filesystem::allocate();
    let Ok(files) = Files::mount(&mut cache, &mut disk) else { fail("no file system") };
    ram::watch();
    let mut board = Board::new(uart, files, is_scripted());
    Shell::new(alloc::boxed::Box::new(Mps2::default())).run(&mut board);
    process::exit(0)
}

#[exception]
fn SysTick() {
    clock::on_tick();
}

// SAFETY: the UART's is the only interrupt that is unmasked.
#[exception]
unsafe fn DefaultHandler(_interrupt: i16) {
    console::on_receive();
}

/// Whether the board is started with `scripted`, as an argument of semihosting: see [`Board`].
fn is_scripted() -> bool {
    let Ok(arguments) = semihosting::experimental::env::args::<256>() else { return false };
    (&arguments).any(|argument| argument == Ok("scripted"))
}

/// What a panic is in this build: an undefined instruction.
// SAFETY: nothing goes on after it.
#[exception]
unsafe fn HardFault(frame: &ExceptionFrame) -> ! {
    semihosting::eprintln!("firmware: fault at {:#x}, called from {:#x}", frame.pc(), frame.lr());
    process::exit(101)
}

/// Ends QEMU with a message on its standard error.
fn fail(why: &str) -> ! {
    semihosting::eprintln!("firmware: {why}");
    process::exit(1)
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    semihosting::eprintln!("firmware: {info}");
    process::exit(101)
}
