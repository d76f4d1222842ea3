//! Who gets which address: the fast window first.
//!
//! In: objects with sizes, alignments and weights. Out: the [`Layout`]. Objects are placed by
//! weight per byte, the densest first: an object at the window's edge serves with the part that is
//! inside, so that this order is the best there is, up to padding. What is never written and seldom
//! read (strings) comes last. Of the shadow stack, which grows up, only the start is busy: it
//! stands where the window ends or the weighted objects do, whatever comes first, and may reach far
//! beyond.

use super::layout::{Layout, PlacedObject};
use crate::abi::memory_map;
use alloc::vec::Vec;

/// An object that wants an address.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) object: PlacedObject,
    pub(crate) align: u32,
    pub(crate) readonly: bool,
    /// Whether it is the shadow stack.
    pub(crate) stack: bool,
    /// Its number in the order of declaration.
    pub(crate) order: usize,
}

/// Bytes of the shadow stack that are busy.
const BUSY_STACK: u64 = 256;

/// What the plan has to keep to.
pub(crate) struct Bounds {
    pub(crate) window: u32,
    /// Pages asked for.
    pub(crate) pages: Option<u32>,
}

/// Bytes of memory that a module needs, and that it may have.
pub(crate) struct Shortage {
    pub(crate) needed: u64,
    pub(crate) available: u64,
}

/// Low heap that a module of several pages has at least.
const MIN_HEAP: u64 = 0x4000;
/// Pages in 4 GiB.
const MAX_PAGES: u64 = 0x1_0000;

/// Gives each item an address.
pub(crate) fn plan(mut items: Vec<Item>, bounds: &Bounds) -> Result<Layout, Shortage> {
    // Weight per byte as a fraction, compared without division. Among equals the strictest
    // alignment goes first, which needs no padding, and then the order of declaration.
    items.sort_unstable_by(|a, b| {
        let crosswise =
            |x: &Item, y: &Item| u128::from(x.object.weight) * u128::from(y.object.size.max(1));
        let density = crosswise(b, a).cmp(&crosswise(a, b));
        let kind = a.readonly.cmp(&b.readonly).then(b.align.cmp(&a.align));
        density.then(kind).then(a.order.cmp(&b.order))
    });
    let mut stack: Vec<Item> = items.extract_if(.., |item| item.stack).collect();
    let mut placer = Placer { end: memory_map::DATA_START.into(), layout: Layout::default() };
    placer.layout.window = bounds.window;
    let room = u64::from(bounds.window).saturating_sub(BUSY_STACK);
    for item in items {
        let full = placer.end + u64::from(item.object.size) > room;
        if item.object.weight == 0 || full {
            stack.drain(..).for_each(|stack| placer.place(stack));
        }
        placer.place(item);
    }
    stack.into_iter().for_each(|stack| placer.place(stack));
    let Placer { end, mut layout } = placer;
    let heap = end.next_multiple_of(8);
    set_pages(&mut layout, heap, bounds.pages)?;
    Ok(layout)
}

/// The layout so far, and where it ends.
struct Placer {
    end: u64,
    layout: Layout,
}

impl Placer {
    fn place(&mut self, mut item: Item) {
        let address = self.end.next_multiple_of(item.align.max(1).into());
        self.end = address + u64::from(item.object.size);
        item.object.address = u32::try_from(address).unwrap_or(u32::MAX);
        self.layout.add(item.object);
    }
}

/// Decides how many pages there are, and where the pool lies.
fn set_pages(layout: &mut Layout, heap: u64, asked: Option<u32>) -> Result<(), Shortage> {
    let one_page = u64::from(memory_map::POOL_START);
    let tail = u64::from(memory_map::ARG_BLOCK_SIZE + 4 * memory_map::CHANNELS);
    let pool = u64::from(memory_map::POOL_SIZE);
    let page = u64::from(memory_map::PAGE);
    let fits_one = heap <= one_page;
    let needed = if fits_one { page } else { heap + pool + tail };
    let pages = match asked {
        Some(pages) => u64::from(pages.max(1)),
        None if fits_one => 1,
        None => (needed + MIN_HEAP).div_ceil(page),
    };
    if (pages == 1 && !fits_one) || needed > pages * page || pages > MAX_PAGES {
        let available = if pages == 1 { one_page } else { pages.min(MAX_PAGES) * page };
        return Err(Shortage { needed: if pages == 1 { heap } else { needed }, available });
    }
    layout.heap_start = heap as u32;
    layout.pages = pages as u32;
    layout.pool = if pages == 1 {
        (memory_map::POOL_START, memory_map::POOL_END)
    } else {
        let end = (pages * page - tail) as u32 & !15;
        (end - memory_map::POOL_SIZE, end)
    };
    Ok(())
}
