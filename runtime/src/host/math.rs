//! Transcendental functions, the same on every device since all come from libm, and interpolation.

use super::{Args, Calls, give};

pub(super) const CALLS: Calls = &[
    ("sinf", |_, a, _| give(libm::sinf(a.f32(0)))),
    ("sin", |_, a, _| give(libm::sin(a.f64(0)))),
    ("cosf", |_, a, _| give(libm::cosf(a.f32(0)))),
    ("cos", |_, a, _| give(libm::cos(a.f64(0)))),
    ("tanf", |_, a, _| give(libm::tanf(a.f32(0)))),
    ("tan", |_, a, _| give(libm::tan(a.f64(0)))),
    ("asinf", |_, a, _| give(libm::asinf(a.f32(0)))),
    ("asin", |_, a, _| give(libm::asin(a.f64(0)))),
    ("acosf", |_, a, _| give(libm::acosf(a.f32(0)))),
    ("acos", |_, a, _| give(libm::acos(a.f64(0)))),
    ("atanf", |_, a, _| give(libm::atanf(a.f32(0)))),
    ("atan", |_, a, _| give(libm::atan(a.f64(0)))),
    ("expf", |_, a, _| give(libm::expf(a.f32(0)))),
    ("exp", |_, a, _| give(libm::exp(a.f64(0)))),
    ("logf", |_, a, _| give(libm::logf(a.f32(0)))),
    ("log", |_, a, _| give(libm::log(a.f64(0)))),
    ("log2f", |_, a, _| give(libm::log2f(a.f32(0)))),
    ("log2", |_, a, _| give(libm::log2(a.f64(0)))),
    ("atan2f", |_, a, _| give(libm::atan2f(a.f32(0), a.f32(1)))),
    ("atan2", |_, a, _| give(libm::atan2(a.f64(0), a.f64(1)))),
    ("powf", |_, a, _| give(libm::powf(a.f32(0), a.f32(1)))),
    ("pow", |_, a, _| give(libm::pow(a.f64(0), a.f64(1)))),
    ("fmodf", |_, a, _| give(libm::fmodf(a.f32(0), a.f32(1)))),
    ("fmod", |_, a, _| give(libm::fmod(a.f64(0), a.f64(1)))),
    ("sinh", |_, a, _| give(libm::sinh(a.f64(0)))),
    ("cosh", |_, a, _| give(libm::cosh(a.f64(0)))),
    ("tanh", |_, a, _| give(libm::tanh(a.f64(0)))),
    ("asinh", |_, a, _| give(libm::asinh(a.f64(0)))),
    ("acosh", |_, a, _| give(libm::acosh(a.f64(0)))),
    ("atanh", |_, a, _| give(libm::atanh(a.f64(0)))),
    ("cbrt", |_, a, _| give(libm::cbrt(a.f64(0)))),
    ("exp2", |_, a, _| give(libm::exp2(a.f64(0)))),
    ("expm1", |_, a, _| give(libm::expm1(a.f64(0)))),
    ("log10", |_, a, _| give(libm::log10(a.f64(0)))),
    ("log1p", |_, a, _| give(libm::log1p(a.f64(0)))),
    ("erf", |_, a, _| give(libm::erf(a.f64(0)))),
    ("erfc", |_, a, _| give(libm::erfc(a.f64(0)))),
    ("tgamma", |_, a, _| give(libm::tgamma(a.f64(0)))),
    ("lgamma", |_, a, _| give(libm::lgamma(a.f64(0)))),
    ("hypot", |_, a, _| give(libm::hypot(a.f64(0), a.f64(1)))),
    ("remainder", |_, a, _| give(libm::remainder(a.f64(0), a.f64(1)))),
    ("lerp", |_, a, _| give(lerp(a.f32(0), a.f32(1), a.f32(2)))),
    ("larp", |_, a, _| give(larp(a))),
    ("larpf", |_, a, _| give(larpf(a))),
];

fn lerp(a: f32, b: f32, t: f32) -> f32 {
    a + t * (b - a)
}

/// Samples that an average takes at most, so that a stride of 1 over a huge window costs bounded
/// time.
const MAX_SAMPLES: u32 = 4096;

/// The ramp of `larp`: flat at both ends, straight between.
struct Ramp {
    x_min: f32,
    x_max: f32,
    min_val: f32,
    max_val: f32,
    offset: f32,
}

impl Ramp {
    fn at(&self, x: f32) -> f32 {
        let (low, high) = (self.x_min + self.offset, self.x_max - self.offset);
        let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
        match x {
            _ if x < self.x_min => self.min_val,
            _ if x > self.x_max => self.max_val,
            _ => lerp(self.min_val, self.max_val, t),
        }
    }

    /// Mean over `count` samples from `first` on, `step` apart.
    fn mean(&self, first: f32, step: f32, count: u32) -> f32 {
        let sum: f32 = (0..count).map(|i| self.at(first + i as f32 * step)).sum();
        sum / count as f32
    }
}

/// Averages the ramp over a window around x: `offset` percent of half the range are flat at each
/// end, the window is `window` percent of those, a sample every `stride`.
fn larp(a: Args<'_>) -> i32 {
    let [x, x_min, x_max, min_val, max_val, offset, window] = core::array::from_fn(|i| a.i32(i));
    if x_min == x_max {
        return min_val;
    }
    let percent = |of: i64, n: i32| of.saturating_mul(n.into()) / 100;
    let offset = percent((i64::from(x_max) - i64::from(x_min)) / 2, offset);
    let half = percent(offset, window) / 2;
    let ramp = Ramp {
        x_min: x_min as f32,
        x_max: x_max as f32,
        min_val: min_val as f32,
        max_val: max_val as f32,
        offset: offset as f32,
    };
    if half < 0 {
        return min_val;
    }
    let (stride, samples) = samples(2 * half, a.i32(7).max(1).into());
    let first = (i64::from(x) - half) as f32;
    libm::roundf(ramp.mean(first, stride as f32, samples)) as i32
}

/// Stride and number of samples over `width`, at most [`MAX_SAMPLES`].
fn samples(width: i64, stride: i64) -> (i64, u32) {
    let stride = stride.max(width / i64::from(MAX_SAMPLES) + 1).max(1);
    let stride = if width / stride < i64::from(MAX_SAMPLES) { stride } else { width };
    (stride, (width / stride) as u32 + 1)
}

/// The same in floats; `stride` is the number of steps over the window.
fn larpf(a: Args<'_>) -> f32 {
    let [x, x_min, x_max, min_val, max_val, offset, window] = core::array::from_fn(|i| a.f32(i));
    if x_min == x_max {
        return min_val;
    }
    let offset = (x_max - x_min) / 2.0 * offset / 100.0;
    let width = offset * window / 100.0;
    let ramp = Ramp { x_min, x_max, min_val, max_val, offset };
    let steps = (a.i32(7).max(1) as u32).min(MAX_SAMPLES);
    let step = width / steps as f32;
    match step {
        _ if width < 0.0 || width.is_nan() => min_val,
        // A window too narrow to step through is its own first sample.
        _ if step < 0.001 => ramp.at(x - width / 2.0),
        _ => ramp.mean(x - width / 2.0, step, steps + 1),
    }
}
