//! Columns, order and heights: a layered drawing after Sugiyama.
//!
//! Ways back are turned round for the layout; every place stands one column right of all that lead
//! to it; long ways pass through the columns between on bends of their own; columns are put in
//! order so that few lines cross, and then each place moves towards its neighbours as far as the
//! others of its column let it.

use super::{PLACE_HEIGHT, PLACE_WIDTH, StoryGraph};

/// Room between two columns.
const BETWEEN: f32 = 96.0;
/// Room between two places of a column.
const APART: f32 = 14.0;
/// Height that a bend keeps free for its line.
const BEND: f32 = 8.0;
/// More bends than this are not worth their time: ways are drawn straight then.
const MOST_BENDS: usize = 60_000;
/// Rounds of putting columns in order.
const ROUNDS: usize = 10;

/// What stands in columns: a place, or the bend of a long way.
struct Spot {
    layer: usize,
    height: f32,
    before: Vec<usize>,
    after: Vec<usize>,
    y: f32,
}

pub(super) fn lay_out(graph: &mut StoryGraph) {
    let count = graph.places.len();
    if count == 0 {
        return;
    }
    let order = turn_ways_back(graph);
    let layers = layers_of(graph, &order);
    let mut spots: Vec<Spot> = layers
        .iter()
        .map(|layer| Spot {
            layer: *layer,
            height: PLACE_HEIGHT,
            before: Vec::new(),
            after: Vec::new(),
            y: 0.0,
        })
        .collect();
    let bends = add_bends(graph, &layers, &mut spots);
    let mut columns = columns_of(&spots, &order);
    put_in_order(&mut spots, &mut columns);
    set_heights(&mut spots, &columns);

    let top = spots
        .iter()
        .map(|spot| spot.y - spot.height / 2.0)
        .fold(f32::INFINITY, f32::min);
    for spot in &mut spots {
        spot.y += APART - top;
    }
    let x = |layer: usize| APART + PLACE_WIDTH / 2.0 + layer as f32 * (PLACE_WIDTH + BETWEEN);
    for (place, spot) in graph.places.iter_mut().zip(&spots) {
        place.layer = u32::try_from(spot.layer).unwrap_or(u32::MAX);
        place.x = x(spot.layer);
        place.y = spot.y;
    }
    for (way, bends) in graph.ways.iter_mut().zip(bends) {
        let (from, to) = (&graph.places[way.from], &graph.places[way.to]);
        // A way back leaves at the left and arrives at the right, as its line runs.
        let side = if way.is_back { -0.5 } else { 0.5 } * PLACE_WIDTH;
        let mut points = vec![(from.x + side, from.y)];
        let middle = bends
            .iter()
            .map(|bend| (x(spots[*bend].layer), spots[*bend].y));
        if way.is_back {
            points.extend(middle.rev());
        } else {
            points.extend(middle);
        }
        points.push((to.x - side, to.y));
        way.points = points;
    }
    let last = columns.len().saturating_sub(1);
    graph.width = x(last) + PLACE_WIDTH / 2.0 + APART;
    graph.height = spots
        .iter()
        .map(|spot| spot.y + spot.height / 2.0)
        .fold(0.0, f32::max)
        + APART;
}

/// Marks ways that lead back to a place that is still being followed; the places come back so that
/// each stands after all that lead to it.
fn turn_ways_back(graph: &mut StoryGraph) -> Vec<usize> {
    let count = graph.places.len();
    let mut onward = vec![Vec::new(); count];
    for (index, way) in graph.ways.iter().enumerate() {
        onward[way.from].push(index);
    }
    let start = graph.places.iter().position(|place| place.is_start);
    // 0 not seen, 1 being followed, 2 done.
    let mut state = vec![0_u8; count];
    let mut done = Vec::with_capacity(count);
    for first in start.into_iter().chain(0..count) {
        let mut way_down = vec![(first, 0_usize)];
        while let Some((at, next)) = way_down.pop() {
            if next == 0 {
                if state[at] != 0 {
                    continue;
                }
                state[at] = 1;
            }
            let Some(index) = onward[at].get(next) else {
                state[at] = 2;
                done.push(at);
                continue;
            };
            way_down.push((at, next + 1));
            let to = graph.ways[*index].to;
            match state[to] {
                0 => way_down.push((to, 0)),
                1 => graph.ways[*index].is_back = true,
                _ => {}
            }
        }
    }
    done.reverse();
    done
}

fn layers_of(graph: &StoryGraph, order: &[usize]) -> Vec<usize> {
    let count = graph.places.len();
    let mut onward = vec![Vec::new(); count];
    let mut has_before = vec![false; count];
    for way in graph.ways.iter().filter(|way| !way.is_back) {
        onward[way.from].push(way.to);
        has_before[way.to] = true;
    }
    let mut layers = vec![0_usize; count];
    for at in order {
        for to in &onward[*at] {
            layers[*to] = layers[*to].max(layers[*at] + 1);
        }
    }
    // What nothing leads to, such as an event, stands just left of where it leads.
    for at in 0..count {
        if !has_before[at] && !graph.places[at].is_start {
            let nearest = onward[at].iter().map(|to| layers[*to]).min();
            layers[at] = nearest.map_or(0, |nearest| nearest.saturating_sub(1));
        }
    }
    layers
}

/// Joins neighbours, and puts bends where a way passes through columns. The bends of each way come
/// back from left to right.
fn add_bends(graph: &StoryGraph, layers: &[usize], spots: &mut Vec<Spot>) -> Vec<Vec<usize>> {
    let spans: usize = graph
        .ways
        .iter()
        .map(|way| layers[way.from].abs_diff(layers[way.to]).saturating_sub(1))
        .sum();
    let mut all = Vec::with_capacity(graph.ways.len());
    for way in &graph.ways {
        let (left, right) = if layers[way.from] <= layers[way.to] {
            (way.from, way.to)
        } else {
            (way.to, way.from)
        };
        let mut bends = Vec::new();
        if left == right || layers[left] == layers[right] {
            all.push(bends);
            continue;
        }
        let mut last = left;
        if spans <= MOST_BENDS {
            for layer in layers[left] + 1..layers[right] {
                let bend = spots.len();
                spots.push(Spot {
                    layer,
                    height: BEND,
                    before: vec![last],
                    after: Vec::new(),
                    y: 0.0,
                });
                spots[last].after.push(bend);
                bends.push(bend);
                last = bend;
            }
        }
        spots[last].after.push(right);
        spots[right].before.push(last);
        all.push(bends);
    }
    all
}

fn columns_of(spots: &[Spot], order: &[usize]) -> Vec<Vec<usize>> {
    let deepest = spots.iter().map(|spot| spot.layer).max().unwrap_or(0);
    let mut columns = vec![Vec::new(); deepest + 1];
    for at in order.iter().copied().chain(order.len()..spots.len()) {
        columns[spots[at].layer].push(at);
    }
    columns
}

/// Puts each column in the order of its neighbours' middles, to the right and to the left in turn,
/// and keeps the best.
fn put_in_order(spots: &mut [Spot], columns: &mut Vec<Vec<usize>>) {
    let mut rank = vec![0_usize; spots.len()];
    let note = |column: &[usize], rank: &mut Vec<usize>| {
        for (position, at) in column.iter().enumerate() {
            rank[*at] = position;
        }
    };
    for column in columns.iter() {
        note(column, &mut rank);
    }
    let mut best = (crossings(spots, columns, &rank), columns.clone());
    for round in 0..ROUNDS {
        let rightwards = round % 2 == 0;
        let places: Vec<usize> = if rightwards {
            (1..columns.len()).collect()
        } else {
            (0..columns.len().saturating_sub(1)).rev().collect()
        };
        for place in places {
            let mut column = std::mem::take(&mut columns[place]);
            let mut keyed: Vec<(f32, usize)> = column
                .iter()
                .map(|at| {
                    let spot = &spots[*at];
                    let near = if rightwards {
                        &spot.before
                    } else {
                        &spot.after
                    };
                    let mut ranks: Vec<usize> = near.iter().map(|n| rank[*n]).collect();
                    ranks.sort_unstable();
                    let middle = match ranks.len() {
                        0 => rank[*at] as f32,
                        len if len % 2 == 1 => ranks[len / 2] as f32,
                        len => (ranks[len / 2 - 1] + ranks[len / 2]) as f32 / 2.0,
                    };
                    (middle, *at)
                })
                .collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            column.clear();
            column.extend(keyed.into_iter().map(|(_, at)| at));
            note(&column, &mut rank);
            columns[place] = column;
        }
        let now = crossings(spots, columns, &rank);
        if now < best.0 {
            best = (now, columns.clone());
        }
    }
    *columns = best.1;
}

/// How many pairs of lines cross, counted column by column with a Fenwick tree.
fn crossings(spots: &[Spot], columns: &[Vec<usize>], rank: &[usize]) -> u64 {
    let mut sum = 0;
    for (place, column) in columns.iter().enumerate() {
        let Some(next) = columns.get(place + 1) else {
            break;
        };
        let mut tree = vec![0_u64; next.len() + 1];
        let mut seen = 0;
        for at in column {
            let mut ends: Vec<usize> = spots[*at]
                .after
                .iter()
                .filter(|to| spots[**to].layer == place + 1)
                .map(|to| rank[*to])
                .collect();
            ends.sort_unstable();
            for end in &ends {
                let mut below = 0;
                let mut i = end + 1;
                while i > 0 {
                    below += tree[i];
                    i &= i - 1;
                }
                sum += seen - below;
            }
            for end in ends {
                seen += 1;
                let mut i = end + 1;
                while i < tree.len() {
                    tree[i] += 1;
                    i += i & i.wrapping_neg();
                }
            }
        }
    }
    sum
}

fn set_heights(spots: &mut [Spot], columns: &[Vec<usize>]) {
    for column in columns {
        let mut y = 0.0;
        for at in column {
            let spot = &mut spots[*at];
            spot.y = y + spot.height / 2.0;
            y += spot.height + APART;
        }
    }
    for round in 0..ROUNDS {
        let rightwards = round % 2 == 0;
        for index in 0..columns.len() {
            let column = if rightwards {
                &columns[index]
            } else {
                &columns[columns.len() - 1 - index]
            };
            let wanted: Vec<f32> = column
                .iter()
                .map(|at| {
                    let spot = &spots[*at];
                    let near = if rightwards {
                        &spot.before
                    } else {
                        &spot.after
                    };
                    if near.is_empty() {
                        spot.y
                    } else {
                        near.iter().map(|n| spots[*n].y).sum::<f32>() / near.len() as f32
                    }
                })
                .collect();
            let heights: Vec<f32> = column.iter().map(|at| spots[*at].height).collect();
            for (at, y) in column.iter().zip(settle(&wanted, &heights)) {
                spots[*at].y = y;
            }
        }
    }
}

/// Heights as near as can be to the wanted ones, in order and without overlap: what pushes against
/// its neighbour moves with it, as one block in the mean of what its members want.
fn settle(wanted: &[f32], heights: &[f32]) -> Vec<f32> {
    let mut offsets = Vec::with_capacity(wanted.len());
    let mut offset = 0.0;
    for (index, height) in heights.iter().enumerate() {
        if index > 0 {
            offset += (heights[index - 1] + height) / 2.0 + APART;
        }
        offsets.push(offset);
    }
    // Blocks of sum and count, each mean above the one before.
    let mut blocks: Vec<(f32, usize)> = Vec::new();
    for (want, offset) in wanted.iter().zip(&offsets) {
        let mut block = (want - offset, 1);
        while let Some((sum, count)) = blocks.last().copied()
            && sum / count as f32 >= block.0 / block.1 as f32
        {
            block = (block.0 + sum, block.1 + count);
            blocks.pop();
        }
        blocks.push(block);
    }
    let means = blocks
        .iter()
        .flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f32, *count));
    means
        .zip(&offsets)
        .map(|(mean, offset)| mean + offset)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_settles_without_overlap_and_near_to_what_it_wants() {
        let heights = [PLACE_HEIGHT; 4];
        let settled = settle(&[100.0, 100.0, 400.0, 90.0], &heights);
        for pair in settled.windows(2) {
            assert!(
                pair[1] - pair[0] >= PLACE_HEIGHT + APART - 0.01,
                "{settled:?}"
            );
        }
        let free = settle(&[0.0, 200.0], &[PLACE_HEIGHT; 2]);
        assert!((free[0] - 0.0).abs() < 0.01 && (free[1] - 200.0).abs() < 0.01);
    }
}
