//! Colours: FastLED's rainbow conversion both ways, in its own 8-bit arithmetic so that the bytes
//! are the same as on the device, and the gamma table.

use crate::board::Rgb;

/// `a * b / 256`, where 255 counts as 1.
const fn scale(a: u8, b: u8) -> u8 {
    ((a as u16 * (1 + b as u16)) >> 8) as u8
}

/// The same, but never 0 unless a factor is.
const fn scale_video(a: u8, b: u8) -> u8 {
    ((a as u16 * b as u16) >> 8) as u8 + (a != 0 && b != 0) as u8
}

/// An eighth of the hue circle: each component starts at a level and moves by so many thirds of
/// the way.
struct Section {
    start: [u8; 3],
    thirds: [i8; 3],
}

/// Red, orange, yellow, green, aqua, blue, purple, pink.
const RAINBOW: [Section; 8] = [
    Section { start: [255, 0, 0], thirds: [-1, 1, 0] },
    Section { start: [171, 85, 0], thirds: [0, 1, 0] },
    Section { start: [171, 170, 0], thirds: [-2, 1, 0] },
    Section { start: [0, 255, 0], thirds: [0, -1, 1] },
    Section { start: [0, 171, 85], thirds: [0, -2, 2] },
    Section { start: [0, 0, 255], thirds: [1, 0, -1] },
    Section { start: [85, 0, 171], thirds: [1, 0, -1] },
    Section { start: [170, 0, 85], thirds: [1, 0, -1] },
];

/// Hue, saturation and value to red, green and blue.
pub(super) fn rainbow(hue: u8, saturation: u8, value: u8) -> Rgb {
    let section = &RAINBOW[usize::from(hue >> 5)];
    let along = (hue & 0x1F) << 3;
    let level = |start: u8, thirds: i8| {
        let step = scale(along, if thirds.abs() == 2 { 170 } else { 85 });
        if thirds < 0 { start - step } else { start + if thirds == 0 { 0 } else { step } }
    };
    let mut color: [u8; 3] = core::array::from_fn(|i| level(section.start[i], section.thirds[i]));
    if saturation == 0 {
        color = [255; 3];
    } else if saturation != 255 {
        let white = scale_video(255 - saturation, 255 - saturation);
        color = color.map(|c| scale(c, 255 - white).saturating_add(white));
    }
    if value != 255 {
        let dim = scale_video(value, value);
        color = color.map(|c| if dim == 0 { 0 } else { scale(c, dim) });
    }
    Rgb { r: color[0], g: color[1], b: color[2] }
}

/// Red, green and blue to hue, saturation and value: an approximate inverse of [`rainbow`].
pub(super) fn hsv(color: Rgb) -> [u8; 3] {
    let Rgb { r, g, b } = color;
    let white = r.min(g).min(b);
    let [r, g, b] = [r, g, b].map(|c| c - white);
    let saturation = match 255 - white {
        255 => 255,
        s => 255 - root_of_256ths(255 - s),
    };
    if (r, g, b) == (0, 0, 0) {
        return [0, 0, 255 - saturation];
    }
    let [r, g, b] = if saturation < 255 {
        [r, g, b].map(|c| stretch(c, saturation.max(1).into()))
    } else {
        [r, g, b]
    };
    let total = u16::from(r) + u16::from(g) + u16::from(b);
    let [r, g, b] =
        if total < 255 { [r, g, b].map(|c| stretch(c, total.max(1))) } else { [r, g, b] };
    let value = match white.saturating_add(total.min(255) as u8) {
        _ if total > 255 => 255,
        255 => 255,
        level => root_of_256ths(level),
    };
    [hue(r, g, b).wrapping_add(1), saturation, value]
}

/// `sqrt(level * 256)`.
fn root_of_256ths(level: u8) -> u8 {
    (u16::from(level) * 256).isqrt() as u8
}

/// `c * 256 / by`, in the low byte as on the device.
fn stretch(c: u8, by: u16) -> u8 {
    (u32::from(c) * u32::from(u16::MAX / by) / 256) as u8
}

/// Hue of a colour that has no white in it. Sums wrap, as they do on the device.
fn hue(r: u8, g: u8, b: u8) -> u8 {
    /// `numerator / denominator` in 256ths.
    const fn part(numerator: u16, denominator: u16) -> u8 {
        (numerator * 256 / denominator) as u8
    }
    let highest = r.max(g).max(b);
    if highest == r {
        return match () {
            () if g == 0 => 208u8.wrapping_add(scale(r.saturating_sub(128), part(48, 128))),
            () if r - g > g => scale(g, part(32, 85)),
            () => {
                let turn = g.wrapping_sub(85).wrapping_add(171u8.wrapping_sub(r));
                32 + scale(turn.saturating_sub(4), part(32, 85))
            }
        };
    }
    if highest == g {
        return match () {
            () if b == 0 => {
                let fall = scale(171u8.saturating_sub(r), 47);
                64 + fall.wrapping_add(scale(g.saturating_sub(171), 96)) / 2
            }
            () if g - b > b => 96 + scale(b, part(32, 85)),
            () => 128 + scale(b.saturating_sub(85), part(8, 42)),
        };
    }
    match () {
        () if r == 0 => 136 + scale(b.saturating_sub(128), part(24, 128)),
        () if b - r > r => 160 + scale(r, part(32, 85)),
        () => 192 + scale(r.saturating_sub(85), part(32, 85)),
    }
}

/// `255 * (level / 255)^2.8`, rounded.
pub(super) static GAMMA: [u8; 256] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5,
    5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 13, 13, 13, 14,
    14, 15, 15, 16, 16, 17, 17, 18, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23, 24, 24, 25, 25, 26, 27,
    27, 28, 29, 29, 30, 31, 32, 32, 33, 34, 35, 35, 36, 37, 38, 39, 39, 40, 41, 42, 43, 44, 45, 46,
    47, 48, 49, 50, 50, 51, 52, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 66, 67, 68, 69, 70, 72,
    73, 74, 75, 77, 78, 79, 81, 82, 83, 85, 86, 87, 89, 90, 92, 93, 95, 96, 98, 99, 101, 102, 104,
    105, 107, 109, 110, 112, 114, 115, 117, 119, 120, 122, 124, 126, 127, 129, 131, 133, 135, 137,
    138, 140, 142, 144, 146, 148, 150, 152, 154, 156, 158, 160, 162, 164, 167, 169, 171, 173, 175,
    177, 180, 182, 184, 186, 189, 191, 193, 196, 198, 200, 203, 205, 208, 210, 213, 215, 218, 220,
    223, 225, 228, 231, 233, 236, 239, 241, 244, 247, 249, 252, 255,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_is_the_formula() {
        for (level, &gamma) in GAMMA.iter().enumerate() {
            let exact = 255.0 * libm::pow(level as f64 / 255.0, 2.8);
            assert_eq!(f64::from(gamma), libm::round(exact), "{level}");
        }
    }

    #[test]
    fn the_colours_that_fastled_documents() {
        let cases = [
            (0, [255, 0, 0]),
            (32, [171, 85, 0]),
            (64, [171, 170, 0]),
            (96, [0, 255, 0]),
            (128, [0, 171, 85]),
            (160, [0, 0, 255]),
            (192, [85, 0, 171]),
            (224, [170, 0, 85]),
        ];
        for (hue, [r, g, b]) in cases {
            assert_eq!(rainbow(hue, 255, 255), Rgb { r, g, b });
        }
        assert_eq!(rainbow(77, 0, 255), Rgb { r: 255, g: 255, b: 255 });
        assert_eq!(rainbow(77, 255, 0), Rgb::default());
    }

    #[test]
    fn no_input_overflows_and_hues_come_back() {
        for hue in 0..=255 {
            for saturation in (0..=255).step_by(5) {
                for value in (0..=255).step_by(5) {
                    hsv(rainbow(hue, saturation, value));
                }
            }
            let back = hsv(rainbow(hue, 255, 255))[0];
            let off = back.wrapping_sub(hue).min(hue.wrapping_sub(back));
            assert!(off <= 6, "{hue} came back as {back}");
        }
        for r in (0..=255).step_by(3) {
            for g in (0..=255).step_by(3) {
                for b in (0..=255).step_by(3) {
                    hsv(Rgb { r, g, b });
                }
            }
        }
    }
}
