use super::*;
use crate::memory::{Flat, Memory};
use alloc::vec::Vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

const LOW: Range<u32> = 0x104..0x400;
const POOL: Range<u32> = 0x800..0xA00;

fn page() -> Flat {
    let mut memory = Flat::new(1);
    assert!(memory.grow_to(1));
    memory
}

fn fresh() -> (Heap, Flat) {
    (Heap::new(LOW, POOL), page())
}

#[test]
fn low_heap_first_then_pool_then_nothing() {
    let (mut heap, mut m) = fresh();
    let low = heap.alloc(&mut m, 0x2F8);
    assert_eq!(low, 0x108);
    let pool = heap.alloc(&mut m, 0x200);
    assert_eq!(pool, 0x800);
    assert_eq!(heap.alloc(&mut m, 1), 0);
    heap.free(low);
    assert_eq!(heap.alloc(&mut m, 1), 0x108);
}

#[test]
fn neighbours_merge_on_both_sides() {
    let (mut heap, mut m) = fresh();
    let [a, b, c] = [0x100; 3].map(|size| heap.alloc_pool(&mut m, size - 0x60));
    assert_eq!((a, b, c), (0x800, 0x8A0, 0x940));
    heap.free(a);
    heap.free(c);
    heap.free(b);
    assert_eq!(heap.alloc_pool(&mut m, 0x200), 0x800);
}

#[test]
fn wrong_addresses_are_counted_and_change_nothing() {
    let (mut heap, mut m) = fresh();
    let block = heap.alloc(&mut m, 16);
    for address in [0, 1, block + 4, block + 1, 0x900, 0xFFFF_FFFC, u32::MAX] {
        heap.free(address);
    }
    assert_eq!(heap.realloc(&mut m, block + 4, 8), 0);
    heap.free(block);
    heap.free(block);
    assert_eq!((heap.stats().ignored_frees, heap.stats().live_blocks), (9, 0));
}

#[test]
fn strings_outside_the_pool_are_left_alone() {
    let (mut heap, mut m) = fresh();
    let block = heap.alloc(&mut m, 16);
    heap.free_pool(block);
    heap.free_pool(20);
    assert_eq!((heap.stats().ignored_frees, heap.stats().live_blocks), (0, 1));
}

#[test]
fn a_pool_beyond_memory_gives_nothing() {
    let mut heap = Heap::new(0..0, 0xFFFF_0000..u32::MAX);
    let mut m = page();
    assert_eq!(heap.alloc(&mut m, 8), 0);
    assert_eq!(heap.stats().live_blocks, 0);
}

#[test]
fn realloc_crosses_the_regions_and_keeps_the_bytes() {
    let (mut heap, mut m) = fresh();
    let filler = heap.alloc(&mut m, 0x200);
    let block = heap.alloc(&mut m, 8);
    m.write(block, b"12345678").unwrap();
    let moved = heap.realloc(&mut m, block, 0x180);
    assert!(POOL.contains(&moved));
    let mut kept = [1; 12];
    m.read(moved, &mut kept).unwrap();
    assert_eq!(&kept, b"12345678\0\0\0\0");
    assert_eq!(heap.realloc(&mut m, filler, 0), 0);
    assert_eq!(heap.stats().live_blocks, 1);
}

#[derive(Clone, Debug)]
enum Step {
    Alloc(u32),
    AllocPool(u32),
    Free(usize),
    FreeAnything(u32),
    Realloc(usize, u32),
}

fn step() -> impl Strategy<Value = Step> {
    let size = prop_oneof![0u32..40, 0u32..400, Just(u32::MAX), Just(0x8000_0000)];
    prop_oneof![
        4 => size.clone().prop_map(Step::Alloc),
        2 => size.clone().prop_map(Step::AllocPool),
        4 => any::<usize>().prop_map(Step::Free),
        1 => any::<u32>().prop_map(Step::FreeAnything),
        2 => (any::<usize>(), size).prop_map(|(i, s)| Step::Realloc(i, s)),
    ]
}

/// Live blocks with the size asked for and the byte they were filled with.
type Model = BTreeMap<u32, (u32, u8)>;

fn check(heap: &Heap, m: &mut Flat, model: &Model) -> Result<(), TestCaseError> {
    let mut end = 0;
    for (&address, &(size, byte)) in model {
        prop_assert!(address >= end, "overlap at {address:#x}");
        prop_assert_eq!(address % if size >= 8 { 8 } else { 4 }, 0);
        end = address + size.max(1);
        let inside = |r: &Range<u32>| address >= r.start && end <= r.end;
        prop_assert!(inside(&LOW) || inside(&POOL));
        let mut bytes = std::vec![0; size as usize];
        m.read(address, &mut bytes).unwrap();
        prop_assert!(bytes.iter().all(|&b| b == byte), "block {address:#x} was overwritten");
    }
    prop_assert_eq!(heap.stats().live_blocks as usize, model.len());
    Ok(())
}

proptest! {
    /// Blocks never overlap, never lose a byte, are zero when new; and when all are freed the
    /// whole of both regions can be had again.
    #[test]
    fn behaves_as_a_map_of_blocks(steps in prop::collection::vec(step(), 1..120)) {
        let (mut heap, mut m) = fresh();
        let mut model = Model::new();
        for (number, step) in steps.into_iter().enumerate() {
            let byte = number as u8 | 1;
            let pick = |i: usize| model.keys().nth(i % model.len().max(1)).copied();
            match step {
                Step::Alloc(size) | Step::AllocPool(size) => {
                    let address = match step {
                        Step::Alloc(_) => heap.alloc(&mut m, size),
                        _ => heap.alloc_pool(&mut m, size),
                    };
                    if address != 0 {
                        let mut bytes = std::vec![1; size as usize];
                        m.read(address, &mut bytes).unwrap();
                        prop_assert!(bytes.iter().all(|&b| b == 0));
                        m.fill(address, byte, size).unwrap();
                        prop_assert!(model.insert(address, (size, byte)).is_none());
                    }
                }
                Step::Free(i) => if let Some(address) = pick(i) {
                    heap.free(address);
                    model.remove(&address);
                },
                Step::FreeAnything(address) => if !model.contains_key(&address) {
                    heap.free(address);
                },
                Step::Realloc(i, size) => if let Some(address) = pick(i) {
                    let moved = heap.realloc(&mut m, address, size);
                    if moved != 0 || size == 0 {
                        let (old, old_byte) = model.remove(&address).unwrap();
                        if moved != 0 {
                            let mut kept = std::vec![0; old.min(size) as usize];
                            m.read(moved, &mut kept).unwrap();
                            prop_assert!(kept.iter().all(|&b| b == old_byte));
                            m.fill(moved, byte, size).unwrap();
                            model.insert(moved, (size, byte));
                        }
                    }
                },
            }
            check(&heap, &mut m, &model)?;
        }
        for address in model.into_keys().collect::<Vec<_>>() {
            heap.free(address);
        }
        prop_assert_eq!(heap.alloc(&mut m, 0x2F8), 0x108);
        prop_assert_eq!(heap.alloc_pool(&mut m, 0x200), 0x800);
    }
}
