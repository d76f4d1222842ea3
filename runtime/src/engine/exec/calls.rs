//! Calls of imports: from slots to values and back.

use super::super::host::{Host, HostError};
use super::super::module::{FuncType, ValType};
use crate::memory::GuestMemory;

/// Arguments that an import can have without the larger buffer.
const FEW: usize = 12;
/// Most parameters of any function; see `Limits::arity`.
const MOST: usize = 200;

/// Calls the import that is the host's number `number` and of type `ty`. `frame` has its arguments;
/// its result goes to `result`.
///
/// # Safety
/// Both must point to slots as the translator laid them out for this type.
pub(super) unsafe fn host(
    ty: &FuncType,
    number: u32,
    host: &mut dyn Host,
    memory: &mut dyn GuestMemory,
    frame: *const u32,
    result: *mut u32,
) -> Result<(), HostError> {
    // SAFETY: the caller's.
    let bits = unsafe {
        if ty.params.len() <= FEW {
            let mut args = [0; FEW];
            read(&ty.params, frame, &mut args);
            host.call(number, &args[..ty.params.len()], memory)?
        } else {
            let mut args = [0; MOST];
            read(&ty.params, frame, &mut args);
            host.call(number, &args[..ty.params.len()], memory)?
        }
    };
    if let [ty] = ty.results.as_slice() {
        // SAFETY: the caller's.
        unsafe { write(*ty, bits, result) };
    }
    Ok(())
}

/// Values from consecutive slots.
///
/// # Safety
/// `slots` must be valid for that many slots.
pub(super) unsafe fn read(types: &[ValType], mut slots: *const u32, into: &mut [u64]) {
    for (value, ty) in into.iter_mut().zip(types) {
        // SAFETY: the caller's.
        unsafe {
            *value =
                if ty.is_64() { slots.cast::<u64>().read_unaligned() } else { u64::from(*slots) };
            slots = slots.add(ty.slots() as usize);
        }
    }
}

/// A value to its slots.
///
/// # Safety
/// `slot` must be valid for a value of that type.
pub(super) unsafe fn write(ty: ValType, bits: u64, slot: *mut u32) {
    // SAFETY: the caller's.
    unsafe {
        if ty.is_64() {
            slot.cast::<u64>().write_unaligned(bits);
        } else {
            *slot = bits as u32;
        }
    }
}
