//! How far the score for an objective would come out the same: alpha, omega, and the standard
//! error of measurement.
//!
//! Items are the decisions at which the objective is in play, scored as earned over available, 0
//! to 1. As encounters branch, different people meet different decisions: cells are missing by
//! design. Covariances are therefore estimated by maximum likelihood from all that was seen, with
//! the EM steps of Dempster, Laird and Rubin (1977, *Journal of the Royal Statistical Society B*
//! 39, 1–38), as written out by Little and Rubin (2002, *Statistical Analysis with Missing Data*,
//! section 11.2); Enders (2003, *Psychological Methods* 8, 322–337) shows it for alpha. What it
//! takes for granted: that who meets a decision depends only on what was seen before it (missing
//! at random), which holds for branches that follow from scored decisions, and not for those that
//! follow from anything else; and scores near enough to normal, which those of few levels are
//! not. Where everybody met everything the estimate is the ordinary covariance (divisor n, which
//! neither coefficient depends on).
//!
//! - **Alpha**: Cronbach (1951, *Psychometrika* 16, 297–334): k/(k−1)·(1 − Σ variances / variance
//!   of the sum). Range: up to 1; can be below 0.
//! - **Omega total**, from one factor: McDonald (1999, *Test Theory*, chapter 6): (Σλ)² over
//!   (Σλ)² + Σψ, with loadings by maximum likelihood, by the EM steps of Rubin and Thayer (1982,
//!   *Psychometrika* 47, 69–76). Range 0 to 1. It assumes one factor; alpha also assumes equal
//!   loadings and is otherwise a lower bound.
//! - **Standard error of measurement**: s·√(1 − reliability) (Lord and Novick 1968, *Statistical
//!   Theories of Mental Test Scores*, chapter 3), here of the mean item score, in percentage
//!   points.
//!
//! Two items that hardly anybody met both say nothing of each other. Items are therefore left
//! out, the least often met first, until each pair was met by [`LEAST`] attempts.

use serde::Serialize;

/// Attempts under which there is no figure.
pub const LEAST: usize = 10;
/// Attempts under which a figure comes with a warning.
pub const FEW: usize = 30;

/// Least part of an item's variance that is its own: keeps the factor from taking an item whole.
const OWN_LEAST: f64 = 0.005;

/// A table of scores: a row for each attempt, a column for each item, gaps where it was not met.
pub type Scores = Vec<Vec<Option<f64>>>;

/// Reliability of one objective's score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// Positions of the items that it rests on.
    pub items: Vec<usize>,
    /// Attempts with at least one of them.
    pub attempts: usize,
    /// Fewest attempts in which a pair of them was met.
    pub least_pair: usize,
    /// Whether everybody met everything.
    pub complete: bool,
    /// Cronbach's alpha.
    pub alpha: f64,
    /// McDonald's omega total; none for fewer than three items, or where no factor was found.
    pub omega: Option<f64>,
    /// Whether an item was taken by the factor almost whole, which makes omega doubtful.
    pub strained: bool,
    /// Standard error of measurement of the mean score, in percentage points; from omega, else
    /// alpha. None where the coefficient is below 0.
    pub error_points: Option<f64>,
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum NoFigure {
    /// Fewer than [`LEAST`] attempts.
    TooFewAttempts,
    /// Fewer than two items that differ and were met together often enough.
    TooFewItems,
    /// The steps did not settle.
    NotSettled,
}

impl NoFigure {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::TooFewAttempts => "no figure under 10 attempts",
            Self::TooFewItems => "fewer than two decisions that differ and were met together",
            Self::NotSettled => "the estimate did not settle",
        }
    }
}

/// Reliability of the mean of the items.
///
/// # Errors
/// Why there is none.
pub fn reliability(scores: &Scores) -> Result<Reliability, NoFigure> {
    if scores
        .iter()
        .filter(|row| row.iter().any(Option::is_some))
        .count()
        < LEAST
    {
        return Err(NoFigure::TooFewAttempts);
    }
    let items = usable(scores);
    if items.len() < 2 {
        return Err(NoFigure::TooFewItems);
    }
    let kept: Scores = scores
        .iter()
        .map(|row| {
            items
                .iter()
                .map(|item| row.get(*item).copied().flatten())
                .collect()
        })
        .filter(|row: &Vec<Option<f64>>| row.iter().any(Option::is_some))
        .collect();
    let complete = kept.iter().flatten().all(Option::is_some);
    let covariance = covariances(&kept).ok_or(NoFigure::NotSettled)?;
    let alpha = alpha(&covariance).ok_or(NoFigure::TooFewItems)?;
    let factor = (items.len() >= 3)
        .then(|| one_factor(&covariance))
        .flatten();
    let coefficient = factor.as_ref().map_or(alpha, |factor| factor.omega);
    let count = items.len() as f64;
    let deviation = covariance.iter().flatten().sum::<f64>().max(0.0).sqrt() / count;
    Ok(Reliability {
        least_pair: least_pair(scores, &items),
        attempts: kept.len(),
        complete,
        alpha,
        omega: factor.as_ref().map(|factor| factor.omega),
        strained: factor.is_some_and(|factor| factor.strained),
        error_points: (coefficient >= 0.0)
            .then(|| 100.0 * deviation * (1.0 - coefficient).max(0.0).sqrt()),
        items,
    })
}

fn met(row: &[Option<f64>], item: usize) -> bool {
    row.get(item).is_some_and(Option::is_some)
}

fn pair(scores: &Scores, a: usize, b: usize) -> usize {
    scores
        .iter()
        .filter(|row| met(row, a) && met(row, b))
        .count()
}

fn least_pair(scores: &Scores, items: &[usize]) -> usize {
    let pairs = items
        .iter()
        .flat_map(|a| items.iter().map(move |b| (*a, *b)))
        .filter(|(a, b)| a < b);
    pairs.map(|(a, b)| pair(scores, a, b)).min().unwrap_or(0)
}

/// Items that differ between attempts, and of which every pair was met often enough.
fn usable(scores: &Scores) -> Vec<usize> {
    let width = scores.iter().map(Vec::len).max().unwrap_or(0);
    let varies = |item: usize| {
        let mut seen = scores
            .iter()
            .filter_map(|row| row.get(item).copied().flatten());
        seen.next()
            .is_some_and(|first| seen.any(|other| (other - first).abs() > 1e-9))
    };
    let mut items: Vec<usize> = (0..width).filter(|item| varies(*item)).collect();
    while items.len() > 1 {
        let short = |item: usize| {
            items
                .iter()
                .any(|other| *other != item && pair(scores, item, *other) < LEAST)
        };
        let times = |item: usize| scores.iter().filter(|row| met(row, item)).count();
        // The least often met goes first; among equals the later one.
        let out = items
            .iter()
            .copied()
            .filter(|item| short(*item))
            .min_by_key(|item| (times(*item), usize::MAX - item));
        match out {
            Some(out) => items.retain(|item| *item != out),
            None => break,
        }
    }
    items
}

/// Covariances by maximum likelihood from tables with gaps.
fn covariances(rows: &Scores) -> Option<Vec<Vec<f64>>> {
    let width = rows.first()?.len();
    let total = rows.len() as f64;
    let mut mean = vec![0.0; width];
    let mut cov = vec![vec![0.0; width]; width];
    for item in 0..width {
        let seen: Vec<f64> = rows.iter().filter_map(|row| row[item]).collect();
        let count = seen.len().max(1) as f64;
        mean[item] = seen.iter().sum::<f64>() / count;
        let squares: f64 = seen.iter().map(|value| (value - mean[item]).powi(2)).sum();
        cov[item][item] = (squares / count).max(1e-6);
    }
    // Attempts that met the same decisions share what must be worked out.
    let mut patterns: Vec<(Vec<bool>, Vec<&Vec<Option<f64>>>)> = Vec::new();
    for row in rows {
        let pattern: Vec<bool> = row.iter().map(Option::is_some).collect();
        match patterns.iter_mut().find(|(known, _)| *known == pattern) {
            Some((_, same)) => same.push(row),
            None => patterns.push((pattern, vec![row])),
        }
    }
    for _ in 0..2_000 {
        let mut sum = vec![0.0; width];
        let mut products = vec![vec![0.0; width]; width];
        for (pattern, same) in &patterns {
            let seen: Vec<usize> = (0..width).filter(|item| pattern[*item]).collect();
            let gaps: Vec<usize> = (0..width).filter(|item| !pattern[*item]).collect();
            let inner: Vec<Vec<f64>> = seen
                .iter()
                .map(|a| seen.iter().map(|b| cov[*a][*b]).collect())
                .collect();
            // How each gap follows from what was seen.
            let slopes: Vec<Vec<f64>> = if gaps.is_empty() {
                Vec::new()
            } else {
                let inverse = inverted(&inner)?;
                gaps.iter()
                    .map(|gap| {
                        (0..seen.len())
                            .map(|to| {
                                (0..seen.len())
                                    .map(|from| cov[*gap][seen[from]] * inverse[from][to])
                                    .sum()
                            })
                            .collect()
                    })
                    .collect()
            };
            let count = same.len() as f64;
            for (at, a) in gaps.iter().enumerate() {
                for b in &gaps {
                    let told: f64 = (0..seen.len())
                        .map(|s| slopes[at][s] * cov[seen[s]][*b])
                        .sum();
                    products[*a][*b] += count * (cov[*a][*b] - told);
                }
            }
            for row in same {
                let mut full: Vec<f64> = row.iter().map(|value| value.unwrap_or(0.0)).collect();
                for (at, gap) in gaps.iter().enumerate() {
                    full[*gap] = mean[*gap]
                        + (0..seen.len())
                            .map(|s| slopes[at][s] * (full[seen[s]] - mean[seen[s]]))
                            .sum::<f64>();
                }
                for a in 0..width {
                    sum[a] += full[a];
                    for b in 0..width {
                        products[a][b] += full[a] * full[b];
                    }
                }
            }
        }
        let mut change = 0.0_f64;
        for a in 0..width {
            mean[a] = sum[a] / total;
        }
        for a in 0..width {
            for b in 0..width {
                let fresh = products[a][b] / total - mean[a] * mean[b];
                change = change.max((fresh - cov[a][b]).abs());
                cov[a][b] = fresh;
            }
        }
        if !change.is_finite() {
            return None;
        }
        if change < 1e-10 {
            return Some(cov);
        }
    }
    None
}

/// The inverse of a symmetric matrix, a little ridged where it has none.
fn inverted(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let mut work: Vec<Vec<f64>> = matrix
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let mut row = row.clone();
            row[at] += 1e-9;
            row.extend((0..size).map(|other| f64::from(u8::from(other == at))));
            row
        })
        .collect();
    for column in 0..size {
        let best = (column..size)
            .max_by(|a, b| work[*a][column].abs().total_cmp(&work[*b][column].abs()))?;
        work.swap(column, best);
        let pivot = work[column][column];
        if pivot.abs() < 1e-14 {
            return None;
        }
        for value in &mut work[column] {
            *value /= pivot;
        }
        let line = work[column].clone();
        for (at, row) in work.iter_mut().enumerate() {
            let times = row[column];
            if at != column && times != 0.0 {
                for (value, from) in row.iter_mut().zip(&line) {
                    *value -= times * from;
                }
            }
        }
    }
    Some(work.into_iter().map(|row| row[size..].to_vec()).collect())
}

fn alpha(cov: &[Vec<f64>]) -> Option<f64> {
    let count = cov.len() as f64;
    let whole: f64 = cov.iter().flatten().sum();
    let own: f64 = (0..cov.len()).map(|item| cov[item][item]).sum();
    (cov.len() > 1 && whole > 1e-12).then(|| count / (count - 1.0) * (1.0 - own / whole))
}

/// One factor that explains the covariances.
struct Factor {
    omega: f64,
    strained: bool,
}

fn one_factor(cov: &[Vec<f64>]) -> Option<Factor> {
    let size = cov.len();
    let spread: Vec<f64> = (0..size).map(|item| cov[item][item].sqrt()).collect();
    if spread.iter().any(|s| *s < 1e-9) {
        return None;
    }
    // Maximum likelihood does not depend on units, so it is done on correlations.
    let r = |a: usize, b: usize| cov[a][b] / (spread[a] * spread[b]);
    // Begins from the items' correlation with the sum of all, signs kept.
    let whole: f64 = (0..size)
        .map(|a| (0..size).map(|b| r(a, b)).sum::<f64>())
        .sum();
    let mut loading: Vec<f64> = (0..size)
        .map(|a| (0..size).map(|b| r(a, b)).sum::<f64>() / whole.max(1e-6).sqrt())
        .map(|start| start.clamp(-0.9, 0.9))
        .collect();
    let mut own: Vec<f64> = loading.iter().map(|l| (1.0 - l * l).max(0.1)).collect();
    for _ in 0..50_000 {
        let told: f64 = (0..size).map(|i| loading[i] * loading[i] / own[i]).sum();
        let beta: Vec<f64> = (0..size)
            .map(|i| loading[i] / own[i] / (1.0 + told))
            .collect();
        let with: Vec<f64> = (0..size)
            .map(|a| (0..size).map(|b| r(a, b) * beta[b]).sum())
            .collect();
        let second = 1.0 / (1.0 + told) + (0..size).map(|i| beta[i] * with[i]).sum::<f64>();
        let mut change = 0.0_f64;
        for i in 0..size {
            let fresh = with[i] / second;
            change = change.max((fresh - loading[i]).abs());
            loading[i] = fresh;
            own[i] = (1.0 - fresh * with[i]).max(OWN_LEAST);
        }
        if !change.is_finite() {
            return None;
        }
        if change < 1e-10 {
            let sum: f64 = (0..size).map(|i| loading[i] * spread[i]).sum();
            let rest: f64 = (0..size).map(|i| own[i] * spread[i] * spread[i]).sum();
            return Some(Factor {
                omega: sum * sum / (sum * sum + rest),
                strained: own.iter().any(|psi| *psi <= OWN_LEAST + 1e-9),
            });
        }
    }
    None
}
