//! The few values of distributions that intervals need: quantiles of F, and one of the normal.
//!
//! The regularised incomplete beta function is computed by its continued fraction (Abramowitz and
//! Stegun 1964, 26.5.8), the distribution of F from it (26.6.2 with 26.5.28), and its quantiles
//! by halving the interval.

/// The 97.5 % quantile of the standard normal distribution, for intervals of 95 %.
pub(super) const Z_95: f64 = 1.959_963_984_540_054;

/// Natural logarithm of the gamma function for positive arguments (Lanczos 1964, with g = 7 and
/// nine terms; about 15 digits).
fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        let pi = std::f64::consts::PI;
        return (pi / (pi * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let mut sum = 0.999_999_999_999_809_9;
    for (step, term) in (1_u32..).zip(TERMS) {
        sum += term / (x + f64::from(step));
    }
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The regularised incomplete beta function I_x(a, b), for x from 0 to 1.
#[expect(clippy::many_single_char_names, reason = "the letters of the formula")]
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    let front =
        (a * x.ln() + b * (1.0 - x).ln() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b)).exp() / a;
    // Lentz's way of working out a continued fraction from the front.
    let floor = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / floor(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..2_000_u32 {
        let m = f64::from(m);
        for term in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / floor(1.0 + term * d);
            c = floor(1.0 + term / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front * fraction
}

/// Probability that F with these degrees of freedom is at most `f`.
fn f_up_to(f: f64, between: f64, within: f64) -> f64 {
    incomplete_beta(
        between / 2.0,
        within / 2.0,
        between * f / (between * f + within),
    )
}

/// The value that F with these degrees of freedom exceeds with probability `1 - p`.
pub(super) fn f_quantile(p: f64, between: f64, within: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while f_up_to(high, between, within) < p && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if f_up_to(middle, between, within) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_f_are_those_of_the_printed_tables() {
        // Abramowitz and Stegun 1964, table 26.9: upper 5 % and 2.5 % points.
        for (p, between, within, table) in [
            (0.95, 1.0, 10.0, 4.96),
            (0.95, 5.0, 20.0, 2.71),
            (0.975, 10.0, 30.0, 2.51),
            (0.975, 4.0, 15.0, 3.80),
        ] {
            let found = f_quantile(p, between, within);
            assert!((found - table).abs() < 0.006, "{found} for {table}");
        }
    }
}
