//! Small variation that is the same every time: numbers from names and counts, never from a clock.

/// A number from 0 to 1 that depends on `name` and `index` alone.
pub(super) fn unit(name: u32, index: u32) -> f32 {
    let mut x = name ^ index.wrapping_mul(0x9E37_79B9);
    x ^= x >> 16;
    x = x.wrapping_mul(0x7FEB_352D);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846C_A68B);
    x ^= x >> 16;
    #[expect(clippy::cast_precision_loss, reason = "24 bits fit in an f32")]
    let value = (x >> 8) as f32;
    value / 16_777_215.0
}

/// A number from -1 to 1 that depends on `name` and `index` alone.
pub(super) fn signed(name: u32, index: u32) -> f32 {
    unit(name, index).mul_add(2.0, -1.0)
}

/// A smooth wander between -1 and 1, one new aim per unit of `t`.
pub(super) fn wander(name: u32, t: f32) -> f32 {
    let whole = t.floor();
    let part = t - whole;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "time on stage is positive and small"
    )]
    let index = whole.max(0.0) as u32;
    let ease = part * part * 2.0f32.mul_add(-part, 3.0);
    let (a, b) = (signed(name, index), signed(name, index.wrapping_add(1)));
    (b - a).mul_add(ease, a)
}

/// A number that stands for a name.
pub(super) fn name_seed(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// A number that stands for somebody of a given name in an attempt of a given seed.
pub(super) fn person_seed(name: &str, attempt: u64) -> u32 {
    let (high, low) = ((attempt >> 32) as u32, attempt as u32);
    name_seed(name) ^ low.wrapping_mul(0x9E37_79B1) ^ high.wrapping_mul(0x85EB_CA77)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_and_index_give_the_same_number() {
        assert_eq!(unit(7, 3).to_bits(), unit(7, 3).to_bits());
        assert!((0..1000).all(|i| (0.0..=1.0).contains(&unit(name_seed("dana"), i))));
    }

    #[test]
    fn wandering_has_no_jumps() {
        let mut last = wander(1, 0.0);
        for i in 1..1000u16 {
            let now = wander(1, f32::from(i) * 0.01);
            assert!((now - last).abs() < 0.1);
            last = now;
        }
    }
}
