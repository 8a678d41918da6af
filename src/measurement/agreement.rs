//! Agreement between two raters, or between a rater and the program.
//!
//! - **Weighted kappa**, linear and quadratic, for levels: Cohen (1968, *Psychological Bulletin*
//!   70, 213–220), 1 − Σ v·p_observed / Σ v·p_chance with disagreement weights v = |i − j| or
//!   (i − j)². Its standard error is the large-sample one of Fleiss, Cohen and Everitt (1969,
//!   *Psychological Bulletin* 72, 323–327), for a kappa that is not nought. Range: 1 for full
//!   agreement, 0 for that of chance, below 0 for less; no unit.
//! - **ICC(2,1)**, which McGraw and Wong call ICC(A,1), for sums and percentages: two-way random
//!   effects, absolute agreement, a single rater. Shrout and Fleiss (1979, *Psychological
//!   Bulletin* 86, 420–428), case 2; McGraw and Wong (1996, *Psychological Methods* 1, 30–46),
//!   whose interval by Satterthwaite's approximation is given. Range: 1 at most; can be below 0.
//!
//! Both intervals are for 95 % and take the units (marks, or runs) to be independent. Marks of
//! one run are not quite so, and the interval of kappa is then somewhat too narrow.

use serde::Serialize;

use super::distribution::{Z_95, f_quantile};

/// How far apart two levels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Weights {
    /// One for each level between them.
    Linear,
    /// The square of that: far misses weigh more.
    Quadratic,
}

/// A figure with its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How many units it rests on.
    pub units: usize,
}

/// Weighted kappa of pairs of levels, 0 to `levels` − 1.
///
/// None for no pairs, for a level out of range, and where both raters gave one and the same level
/// throughout: chance alone would agree then.
#[must_use]
pub fn weighted_kappa(pairs: &[(u8, u8)], levels: u8, weights: Weights) -> Option<Estimate> {
    let size = usize::from(levels);
    if pairs.is_empty() || pairs.iter().any(|(a, b)| *a >= levels || *b >= levels) {
        return None;
    }
    let total = pairs.len() as f64;
    let mut table = vec![vec![0.0; size]; size];
    for (a, b) in pairs {
        table[usize::from(*a)][usize::from(*b)] += 1.0 / total;
    }
    let rows: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<f64> = (0..size)
        .map(|column| table.iter().map(|row| row[column]).sum())
        .collect();
    // Agreement weights, 1 on the diagonal: the same kappa as with disagreement weights.
    let weight = |i: usize, j: usize| {
        let apart = i.abs_diff(j) as f64 / (size as f64 - 1.0).max(1.0);
        match weights {
            Weights::Linear => 1.0 - apart,
            Weights::Quadratic => 1.0 - apart * apart,
        }
    };
    let mut observed = 0.0;
    let mut chance = 0.0;
    for i in 0..size {
        for j in 0..size {
            observed += weight(i, j) * table[i][j];
            chance += weight(i, j) * rows[i] * columns[j];
        }
    }
    if 1.0 - chance < 1e-12 {
        return None;
    }
    let kappa = (observed - chance) / (1.0 - chance);
    let by_row: Vec<f64> = (0..size)
        .map(|i| (0..size).map(|j| weight(i, j) * columns[j]).sum())
        .collect();
    let by_column: Vec<f64> = (0..size)
        .map(|j| (0..size).map(|i| weight(i, j) * rows[i]).sum())
        .collect();
    let mut sum = 0.0;
    for i in 0..size {
        for j in 0..size {
            let part = weight(i, j) - (by_row[i] + by_column[j]) * (1.0 - kappa);
            sum += table[i][j] * part * part;
        }
    }
    let level = kappa - chance * (1.0 - kappa);
    let variance = (sum - level * level).max(0.0) / (total * (1.0 - chance).powi(2));
    let reach = Z_95 * variance.sqrt();
    Some(Estimate {
        value: kappa,
        low: (kappa - reach).max(-1.0),
        high: (kappa + reach).min(1.0),
        units: pairs.len(),
    })
}

/// ICC(2,1), also called ICC(A,1), of a full table: a row for each unit, a column for each rater.
///
/// None for fewer than two rows or columns, rows of unequal length, a value that is no number, and
/// where all values are the same.
#[must_use]
pub fn icc_agreement(table: &[Vec<f64>]) -> Option<Estimate> {
    let rows = table.len();
    let raters = table.first()?.len();
    if rows < 2 || raters < 2 || table.iter().any(|row| row.len() != raters) {
        return None;
    }
    if table.iter().flatten().any(|value| !value.is_finite()) {
        return None;
    }
    let (n, k) = (rows as f64, raters as f64);
    let mean = table.iter().flatten().sum::<f64>() / (n * k);
    let row_means: Vec<f64> = table
        .iter()
        .map(|row| row.iter().sum::<f64>() / k)
        .collect();
    let rater_means: Vec<f64> = (0..raters)
        .map(|rater| table.iter().map(|row| row[rater]).sum::<f64>() / n)
        .collect();
    let squares = |means: &[f64]| means.iter().map(|m| (m - mean).powi(2)).sum::<f64>();
    let between = k * squares(&row_means) / (n - 1.0);
    let by_rater = n * squares(&rater_means) / (k - 1.0);
    let mut rest = 0.0;
    for (row, row_mean) in table.iter().zip(&row_means) {
        for (value, rater_mean) in row.iter().zip(&rater_means) {
            rest += (value - row_mean - rater_mean + mean).powi(2);
        }
    }
    let error = rest / ((n - 1.0) * (k - 1.0));
    let below = between + (k - 1.0) * error + k * (by_rater - error) / n;
    if below < 1e-12 {
        return None;
    }
    let icc = (between - error) / below;
    if error < 1e-12 && by_rater < 1e-12 {
        // Full agreement: the interval has no width.
        return Some(Estimate {
            value: icc,
            low: icc,
            high: icc,
            units: rows,
        });
    }
    let a = k * icc / (n * (1.0 - icc));
    let b = 1.0 + k * icc * (n - 1.0) / (n * (1.0 - icc));
    let freedom = (a * by_rater + b * error).powi(2)
        / ((a * by_rater).powi(2) / (k - 1.0) + (b * error).powi(2) / ((n - 1.0) * (k - 1.0)));
    let upper = f_quantile(0.975, n - 1.0, freedom);
    let lower = f_quantile(0.975, freedom, n - 1.0);
    let shared = k * by_rater + (k * n - k - n) * error;
    Some(Estimate {
        value: icc,
        low: n * (between - upper * error) / (upper * shared + n * between),
        high: n * (lower * between - error) / (shared + n * lower * between),
        units: rows,
    })
}
