//! The smallest device.

use super::{Clock, Console, Leds, Params, Pins, Sensors, Storage};

/// A board that has nothing: the defaults of every trait.
#[derive(Clone, Copy, Debug, Default)]
pub struct Null;

impl Console for Null {}
impl Clock for Null {}
impl Leds for Null {}
impl Pins for Null {}
impl Sensors for Null {}
impl Params for Null {}
impl Storage for Null {}
