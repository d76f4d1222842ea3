//! The memories agree: whatever is done to a windowed memory, of any geometry, reads back as from a
//! flat one; and its chip is never driven against its datasheet.

use proptest::prelude::*;
use runtime::memory::{
    BusError, Flat, Geometry, GuestMemory, Memory, PAGE, Policy, PsramBus, SimChip, SpiChip,
    Windowed,
};

type Psram = Windowed<SpiChip<SimChip>>;

fn psram(geometry: Geometry, policy: Policy) -> Psram {
    let chip = SpiChip::new(SimChip::new(40), 40).expect("a good chip");
    Windowed::new(chip, geometry).with_policy(policy)
}

/// A step of a program, on addresses that are folded into (or just past) two pages.
#[derive(Clone, Debug)]
enum Step {
    Load(u32, u8),
    Store(u32, u8, u64),
    Write(u32, Vec<u8>),
    Fill(u32, u8, u32),
    Copy(u32, u32, u32),
    Grow,
}

const SIZE: u32 = 2 * PAGE;

/// Addresses near interesting edges, and any.
fn address() -> impl Strategy<Value = u32> {
    prop_oneof![
        (0..SIZE / 32, 0_u32..18).prop_map(|(edge, off)| (edge * 32 + off).saturating_sub(9)),
        (0_u32..40).prop_map(|off| SIZE - 20 + off),
        (0_u32..40).prop_map(|off| PAGE - 20 + off),
        0..SIZE,
        0_u32..600,
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (address(), 0_u8..4).prop_map(|(addr, size)| Step::Load(addr, size)),
        6 => (address(), 0_u8..4, any::<u64>()).prop_map(|(a, s, v)| Step::Store(a, s, v)),
        1 => (address(), prop::collection::vec(any::<u8>(), 0..700)).prop_map(|(a, b)| Step::Write(a, b)),
        1 => (address(), any::<u8>(), 0_u32..3000).prop_map(|(a, b, n)| Step::Fill(a, b, n)),
        2 => (address(), address(), 0_u32..3000).prop_map(|(a, b, n)| Step::Copy(a, b, n)),
        1 => (address(), -300_i32..300, 0_u32..2000)
            .prop_map(|(a, by, n)| Step::Copy(a, a.saturating_add_signed(by), n)),
        1 => Just(Step::Grow),
    ]
}

/// Loads as the engine does: from the window if it may, else the quick way, else by the slow path.
fn load<M: Memory, const N: usize>(memory: &mut M, addr: u32) -> Option<u64> {
    let (start, len) = memory.window();
    let mut bytes = [0; 8];
    if u64::from(addr) + 8 <= u64::from(len) {
        // SAFETY: inside the window.
        let found = unsafe { start.add(addr as usize).cast::<[u8; N]>().read() };
        bytes[..N].copy_from_slice(&found);
    } else if let Some(found) = memory.quick_load::<N>(addr as usize) {
        bytes[..N].copy_from_slice(&found);
    } else {
        bytes[..N].copy_from_slice(&memory.load::<N>(u64::from(addr)).ok()?);
    }
    Some(u64::from_le_bytes(bytes))
}

fn store<M: Memory, const N: usize>(memory: &mut M, addr: u32, value: u64) -> bool {
    let (start, len) = memory.window();
    let bytes: [u8; N] = value.to_le_bytes()[..N].try_into().expect("N bytes");
    if u64::from(addr) + 8 <= u64::from(len) {
        // SAFETY: inside the window.
        unsafe { start.add(addr as usize).cast::<[u8; N]>().write(bytes) };
        return true;
    }
    memory.quick_store(addr as usize, || bytes) || memory.store(u64::from(addr), bytes).is_ok()
}

/// What a step gives.
fn apply<M: Memory>(memory: &mut M, step: &Step) -> (bool, u64) {
    match *step {
        Step::Load(addr, size) => {
            let value = match size {
                0 => load::<M, 1>(memory, addr),
                1 => load::<M, 2>(memory, addr),
                2 => load::<M, 4>(memory, addr),
                _ => load::<M, 8>(memory, addr),
            };
            (value.is_some(), value.unwrap_or_default())
        }
        Step::Store(addr, size, value) => {
            let done = match size {
                0 => store::<M, 1>(memory, addr, value),
                1 => store::<M, 2>(memory, addr, value),
                2 => store::<M, 4>(memory, addr, value),
                _ => store::<M, 8>(memory, addr, value),
            };
            (done, 0)
        }
        Step::Write(addr, ref bytes) => (memory.write(addr, bytes).is_ok(), 0),
        Step::Fill(addr, byte, len) => (memory.fill(addr, byte, len).is_ok(), 0),
        Step::Copy(dst, src, len) => (memory.copy(dst, src, len).is_ok(), 0),
        Step::Grow => {
            let pages = (memory.size() / PAGE + 1).min(2);
            (memory.grow_to(pages), u64::from(pages))
        }
    }
}

fn contents<M: Memory>(memory: &mut M) -> Vec<u8> {
    let mut bytes = vec![0; memory.size() as usize];
    memory.read(0, &mut bytes).expect("all of it");
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn windowed_is_flat(
        steps in prop::collection::vec(step(), 1..200),
        window in prop_oneof![0_u32..200, Just(4096), Just(4100), Just(0), 0..SIZE + 100],
        page_shift in 5_u32..10,
        pages in prop_oneof![Just(1_u32), Just(2), 1_u32..20],
        lru in any::<bool>(),
        ahead in any::<bool>(),
    ) {
        let geometry = Geometry { window, page_size: 1 << page_shift, pages };
        let policy = if lru { Policy::Lru } else { Policy::Clock };
        let mut ours = psram(geometry, policy).with_read_ahead(ahead);
        let mut flat = Flat::new(2);
        prop_assert!(ours.grow_to(1) && flat.grow_to(1));
        for step in &steps {
            prop_assert_eq!(apply(&mut ours, step), apply(&mut flat, step), "{:?}", step);
            prop_assert_eq!(ours.fault(), None);
        }
        prop_assert_eq!(contents(&mut ours), contents(&mut flat));
        // What is written back is what was there.
        ours.flush().expect("a good bus");
        prop_assert_eq!(contents(&mut ours), contents(&mut flat));
    }
}

#[test]
fn new_pages_cost_no_transfer_until_evicted() {
    let mut memory = psram(Geometry::default(), Policy::Clock);
    assert!(memory.grow_to(16));
    let before = memory.bus().spi().stats();
    memory.fill(4096, 7, 64 * 512).expect("inside");
    assert_eq!(memory.bus().spi().stats(), before);
    // Full pages that were written back are overwritten without being read.
    memory.fill(4096 + 64 * 512, 7, 64 * 512).expect("inside");
    memory.fill(4096, 8, 64 * 512).expect("inside");
    assert_eq!(memory.bus().spi().stats().read_bytes, before.read_bytes);
    assert_eq!(memory.stats().fetches, 0);
}

#[test]
fn changed_bytes_alone_are_written_back() {
    let geometry = Geometry { window: 0, page_size: 512, pages: 1 };
    let mut memory = psram(geometry, Policy::Clock);
    assert!(memory.grow_to(1));
    memory.fill(0, 1, 1024).expect("inside");
    let mut byte = [0];
    memory.read(0, &mut byte).expect("inside");
    let before = memory.bus().spi().stats().written_bytes;
    memory.write(100, &[9; 4]).expect("inside");
    memory.read(512, &mut byte).expect("inside");
    assert_eq!(memory.bus().spi().stats().written_bytes - before, 16);
}

#[test]
fn chip_refuses_what_its_datasheet_forbids() {
    use embedded_hal::spi::{Operation, SpiDevice};
    let mut chip = SimChip::new(40);
    assert_eq!(
        chip.transaction(&mut [Operation::Write(&[0x02, 0, 0, 0, 1])]),
        Err(BusError::Command(0x02))
    );
    chip.transaction(&mut [Operation::Write(&[0x66])]).expect("reset enable");
    chip.transaction(&mut [Operation::Write(&[0x99])]).expect("reset");
    let mut long = [0; 64];
    let read =
        chip.transaction(&mut [Operation::Write(&[0x0B, 0, 0, 0, 0]), Operation::Read(&mut long)]);
    assert_eq!(read, Err(BusError::SelectTooLong(13800)));
    let mut few = [0; 8];
    let crossing = chip
        .transaction(&mut [Operation::Write(&[0x0B, 0, 3, 0xFC, 0]), Operation::Read(&mut few)]);
    assert_eq!(crossing, Err(BusError::CrossesPage(0x3FC)));
    let slow =
        chip.transaction(&mut [Operation::Write(&[0x03, 0, 0, 0]), Operation::Read(&mut few)]);
    assert_eq!(slow, Err(BusError::Command(0x03)));
    assert!(matches!(SpiChip::new(SimChip::new(5), 5), Err(BusError::Clock(5))));
    assert!(SpiChip::new(SimChip::new(6), 6).is_ok());
}

#[test]
fn a_page_moves_in_bursts_within_8_us() {
    let mut chip = SpiChip::new(SimChip::new(40), 40).expect("a good chip");
    let before = chip.spi().stats();
    chip.read(0, &mut [0; 512]).expect("inside");
    let after = chip.spi().stats();
    assert_eq!(after.commands - before.commands, 18);
    assert_eq!((after.nanoseconds - before.nanoseconds) / 1000, 121);
}

#[test]
fn driver_speaks_to_the_bus_as_the_datasheet_says() {
    use embedded_hal_mock::eh1::spi::{Mock, Transaction};
    let command = |write: Vec<u8>| {
        vec![
            Transaction::transaction_start(),
            Transaction::write_vec(write),
            Transaction::transaction_end(),
        ]
    };
    let mut expected = [command(vec![0x66]), command(vec![0x99])].concat();
    expected.extend([
        Transaction::transaction_start(),
        Transaction::write_vec(vec![0x9F, 0, 0, 0]),
        Transaction::read_vec(vec![0x0D, 0x5D]),
        Transaction::transaction_end(),
        // Two commands, as the range crosses a device page.
        Transaction::transaction_start(),
        Transaction::write_vec(vec![0x02, 0x01, 0x03, 0xFE]),
        Transaction::write_vec(vec![1, 2]),
        Transaction::transaction_end(),
        Transaction::transaction_start(),
        Transaction::write_vec(vec![0x02, 0x01, 0x04, 0x00]),
        Transaction::write_vec(vec![3]),
        Transaction::transaction_end(),
        Transaction::transaction_start(),
        Transaction::write_vec(vec![0x03, 0x01, 0x04, 0x00]),
        Transaction::read_vec(vec![3]),
        Transaction::transaction_end(),
    ]);
    let mut spi = Mock::new(&expected);
    let mut chip = SpiChip::new(spi.clone(), 20).expect("the mock is a good chip");
    chip.write(0x103FE, &[1, 2, 3]).expect("written");
    let mut byte = [0];
    chip.read(0x10400, &mut byte).expect("read");
    assert_eq!(byte, [3]);
    spi.done();
}

/// A bus whose chip answers reads with `answer`, and which fails after so many transactions.
#[derive(Debug)]
struct Broken {
    answer: [u8; 2],
    left: usize,
}

impl embedded_hal::spi::ErrorType for Broken {
    type Error = embedded_hal::spi::ErrorKind;
}

impl embedded_hal::spi::SpiDevice for Broken {
    fn transaction(
        &mut self,
        operations: &mut [embedded_hal::spi::Operation<'_, u8>],
    ) -> Result<(), Self::Error> {
        self.left = self.left.checked_sub(1).ok_or(embedded_hal::spi::ErrorKind::Other)?;
        for operation in operations {
            if let embedded_hal::spi::Operation::Read(into) = operation {
                into.iter_mut().zip(self.answer).for_each(|(byte, answer)| *byte = answer);
            }
        }
        Ok(())
    }
}

#[test]
fn a_chip_that_is_absent_or_answers_wrong_is_refused() {
    // A line that floats high, one that is low, a chip that fails its own test, half a chip.
    for answer in [[0xFF, 0xFF], [0, 0], [0x0D, 0x55], [0x0D, 0]] {
        let error = SpiChip::new(Broken { answer, left: 100 }, 40).expect_err("no good chip");
        assert_eq!(error, BusError::BadId(answer[0], answer[1]));
    }
    // One that fails in the middle of its start.
    for left in 0..3 {
        let error = SpiChip::new(Broken { answer: [0x0D, 0x5D], left }, 40).expect_err("it fails");
        assert_eq!(error, BusError::Bus);
    }
}

#[test]
fn a_bus_that_fails_half_way_is_a_trap() {
    use runtime::engine::{Instance, Limits, Module, NoHost, TrapKind};
    let wasm = wat::parse_str(
        r#"(module (memory 1) (func (export "run") (result i32)
            (local $at i32)
            (loop $again
                (i32.store (local.get $at) (local.get $at))
                (local.set $at (i32.add (local.get $at) (i32.const 512)))
                (br_if $again (i32.lt_u (local.get $at) (i32.const 65536))))
            (i32.load (i32.const 8192))))"#,
    );
    let wasm = wasm.expect("good text");
    // How many transactions it takes when nothing fails; then one that fails at any of them.
    let run = |left: usize| {
        let chip = SpiChip::new(Broken { answer: [0x0D, 0x5D], left }, 40).expect("a good chip");
        let memory = Windowed::new(chip, Geometry { window: 64, page_size: 512, pages: 2 });
        let module = Module::new(&wasm, &Limits::default()).expect("a valid module");
        let mut instance = Instance::new(module, memory, &mut NoHost).expect("it links");
        instance.call("run", &[], &mut NoHost).map_err(|trap| trap.kind)
    };
    assert!(run(1_000_000).is_ok());
    let mut failed = 0;
    for left in 3..200 {
        match run(left) {
            Ok(_) => {}
            Err(TrapKind::MemoryFault(BusError::Bus)) => failed += 1,
            Err(kind) => panic!("{kind:?}"),
        }
    }
    assert!(failed > 50, "{failed}");
}

#[test]
fn flat_memory_does_not_grow_to_less() {
    let mut memory = Flat::new(4);
    assert!(memory.grow_to(2));
    assert!(!memory.grow_to(1));
    assert!(!memory.grow_to(5));
    assert_eq!(memory.size(), 2 * PAGE);
}
