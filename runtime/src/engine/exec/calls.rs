//! Calls of imports, and the checks of indirect ones.

use super::super::module::{Function, Module, NULL, ValType};
use super::{Host, State, Stop};
use crate::memory::GuestMemory;

/// Arguments that an import can have without the larger buffer.
const FEW: usize = 12;
/// Most parameters of any function; see `Limits::arity`.
const MOST: usize = 200;

/// Calls import `index`. `frame` has its arguments; its result goes to `result`.
///
/// # Safety
/// Both must point to slots as the translator laid them out for this import's type.
#[inline(never)]
pub(super) unsafe fn host(
    (module, state, host): (&Module, &mut State, &mut (dyn Host + '_)),
    memory: &mut dyn GuestMemory,
    index: u32,
    frame: *const u32,
    result: *mut u32,
) -> Result<(), Stop> {
    let ty = module.function_type(index);
    let number = state.numbers[index as usize];
    // SAFETY: the caller's.
    let bits = unsafe {
        if ty.params.len() <= FEW {
            let mut args = [0; FEW];
            read(&ty.params, frame, &mut args);
            host.call(number, &args[..ty.params.len()], memory)
        } else {
            let mut args = [0; MOST];
            read(&ty.params, frame, &mut args);
            host.call(number, &args[..ty.params.len()], memory)
        }
    };
    let bits = bits.map_err(|error| state.host_said(error))?;
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

/// The function that an indirect call reaches.
#[inline]
pub(super) fn indirect(
    module: &Module,
    state: &State,
    element: u32,
    ty: u32,
) -> Result<Function, Stop> {
    match state.table.get(element as usize) {
        None => Err(Stop::UndefinedElement),
        Some(&NULL) => Err(Stop::UninitializedElement),
        Some(&index) => {
            let function = module.functions[index as usize];
            if function.ty == ty { Ok(function) } else { Err(Stop::TypeMismatch) }
        }
    }
}
